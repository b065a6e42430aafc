"""What became of each row when the file was written: not always what the preview said.

Between the two another file may have brought the same rows. The lines are kept beside those of
the preview, which stay true until the writing is: it may still be taken back as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import closing
from typing import Any

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.facts import MARKS
from chuangtu.apps.registry.actions import Applied, Outcome
from chuangtu.apps.registry.facts import Finding


def keep_result(batch: int, applied: Applied, redrawn: Collection[int]) -> dict[str, int]:
    """Keep a line for each row, and count them; `redrawn` rows have a new shape."""
    places = {line["row"]: n for n, line in enumerate(shelf.read_lines(batch, "rows"))}
    counts: Counter[str] = Counter()
    with closing(shelf.LineWriter(batch, "result")) as lines:
        for line in shelf.read_lines(batch, "preview"):
            place = places.get(line["number"])
            # A row with a cell that cannot be used was not given to the register.
            told = line if place is None else _told(line, place, applied, place in redrawn)
            counts[told["outcome"]] += 1
            lines.write(told, MARKS[Outcome(told["outcome"])])
        lines.keep()
    return {each.value: counts[each.value] for each in Outcome}


def _told(line: dict[str, Any], place: int, applied: Applied, is_redrawn: bool) -> dict[str, Any]:
    written = applied.outcomes[place]
    outcome = Outcome.CHANGED if is_redrawn and written is Outcome.SAME else written
    told = {
        **{name: value for name, value in line.items() if name != "changes"},
        "outcome": outcome.value,
        "id": applied.ids.get(place, line["id"]),
    }
    changes = {
        name: change
        for name, change in line.get("changes", {}).items()
        if (is_redrawn if name == "shape" else written is Outcome.CHANGED)
    }
    if changes:
        told["changes"] = changes
    if outcome.value != line["outcome"] and outcome in (Outcome.WRONG, Outcome.DOUBTFUL):
        told["findings"] = [_finding(line, each) for each in applied.findings.get(place, ())]
    return told


def _finding(line: dict[str, Any], found: Finding) -> dict[str, Any]:
    """What was found only while writing; the file is closed, so the place is the whole row."""
    return {
        "field": found.field,
        "place": {**line["place"], "column": 0, "header": "", "cell": ""},
        "value": found.value,
        "zh": found.zh,
        "en": found.en,
        "is_fatal": found.is_fatal,
    }
