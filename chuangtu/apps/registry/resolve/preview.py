"""What a file would do, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from chuangtu.apps.registry.resolve.acquaintance import Acquaintance, names_its_own_kind
from chuangtu.apps.registry.resolve.plan import Planned, Planner
from chuangtu.apps.registry.resolve.surroundings import look_around
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer

BATCH = 2_000


def match_rows(
    kind: str,
    rows: Iterable[Mapping[str, Any]],
    *,
    source_date: date | None = None,
    creates_parties: bool = False,
    decisions: Mapping[int, int | None] | None = None,
    viewer: Viewer = ADMINISTRATOR,
) -> Iterator[Planned]:
    """For each row, in order, what `apply_rows` would do with it; nothing is written.

    A new party that `creates_parties` would register has a negative id here.
    """
    planner = Planner(
        kind=kind,
        people=Acquaintance(viewer),
        around=look_around(),
        viewer=viewer,
        said_on=source_date,
        decisions=decisions or {},
    )
    first, provisional = 0, 0
    if names_its_own_kind(kind):
        rows = list(rows)
        provisional = _promise(planner.people, kind, rows)
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        cleaned = planner.read(batch)
        if creates_parties:
            for stranger in planner.people.strangers():
                provisional -= 1
                planner.people.introduce(stranger, provisional)
        yield from planner.plan(cleaned, range(first, first + len(batch)))
        first += len(batch)


def _promise(people: Acquaintance, kind: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Make known who the file itself will register; return the last provisional id."""
    provisional = 0
    for row in rows:
        called = [str(row[each]) for each in ("name", "uscc") if row.get(each)]
        provisional -= 1
        for each in called:
            people.promise(kind, each, provisional)
    return provisional
