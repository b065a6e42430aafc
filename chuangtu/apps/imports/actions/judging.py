"""Judged once: what a preview found is kept for the writing of files with new records only.

Looking at each row again while writing takes a fifth of the whole time. It is spared where
nothing can have changed the judgement: every row is new, names only what is registered, nobody
decided anything by hand, and the journal has no line since but those of imports themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from chuangtu import __version__
from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.actions.bringing import TABLE
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import actions as registry
from chuangtu.apps.registry.actions import Applied, Judged, Outcome, Planned

_NAME = "judged"


class Keeper:
    """Keeps what a preview finds, as long as it may be written as it is."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch.pk
        # Of a preview that is killed, nothing older may be taken for its finding.
        shelf.drop_lines(batch.pk, _NAME)
        self._lines = shelf.LineWriter(batch.pk, _NAME)
        self._is_fit = not batch.creates_parties and not batch.decisions
        entry, hashed = journal.last_entry()
        try:
            self._lines.write({"entry": entry, "hash": hashed, "version": __version__})
        except BaseException:
            self._lines.close()
            raise

    def add(self, plan: Planned) -> None:
        """Take note of a row that can be used."""
        relations = plan.after.get("relations", ())
        # A record that is only promised has a negative number.
        self._is_fit &= plan.outcome is Outcome.NEW and all(each[1] > 0 for each in relations)
        if self._is_fit:
            day = plan.values.get("source_date")
            said = (plan.values.get("source"), None if day is None else day.isoformat())
            self._lines.write({"after": plan.after, "said": said})

    def keep(self) -> None:
        """End the file; what may not be written as it is, is not kept."""
        if self._is_fit:
            self._lines.keep()
        else:
            shelf.drop_lines(self._batch, _NAME)

    def close(self) -> None:
        """Let go of the file."""
        self._lines.close()


def write_judged(
    batch: ImportBatch, progress: Callable[[int], None], *, by: str, at: datetime
) -> Applied | None:
    """Write the rows as they were judged; `None`, with nothing written, where that may not be."""
    if batch.decisions or batch.creates_parties or not shelf.has_lines(batch.pk, _NAME):
        return None
    lines = shelf.read_lines(batch.pk, _NAME)
    first = next(lines)
    if first["version"] != __version__:
        return None
    return registry.insert_judged(
        kind=batch.kind,
        rows=_rows(lines),
        since=(first["entry"], first["hash"]),
        apart_from=TABLE,
        statements=registry.Statements(
            batch.source, batch.source_date, batch.source_url, batch.act, by, at
        ),
        progress=progress,
    )


def _rows(lines: Iterator[shelf.Line]) -> Iterator[Judged]:
    for line in lines:
        source, day = line["said"]
        yield Judged(line["after"], source, None if day is None else date.fromisoformat(day))
