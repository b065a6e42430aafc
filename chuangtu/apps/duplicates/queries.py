"""Reading the queue of pairs, as far as a viewer sees both records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chuangtu.apps.duplicates.models import Pair, Search
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.actions import TABLE as RECORDS
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import Viewer

STATES = tuple(Pair.State.values)
PAGE = 50
MOST_BY_ITSELF = 200_000
"""Organizations up to which the search runs by itself; it holds all of them in memory."""
_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A pair in the list; `names` are of those of the two records that are still there."""

    id: int
    first: int
    second: int
    names: Mapping[int, str]
    is_sure: bool
    reasons: Sequence[Mapping[str, Any]]
    state: str
    decided_by: str
    decided_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Compared:
    """An open pair with what both records say."""

    listed: Listed
    beside: registry.Beside


def list_pairs(
    *, viewer: Viewer, state: str = Pair.State.OPEN, after: int = 0, limit: int = PAGE
) -> list[Listed]:
    """Pairs in one state with a number above `after`, the sure ones of a page first.

    A decided pair is told while the record that stayed is there for the viewer.
    """
    found: list[Listed] = []
    while len(found) < limit:
        rows = list(Pair.objects.filter(state=state, id__gt=after).order_by("id")[:_LOOKED_AT])
        names = registry.names_of({n for e in rows for n in (e.first, e.second)}, viewer)
        found += [each for row in rows if (each := _listed(row, names)) is not None]
        if len(rows) < _LOOKED_AT:
            break
        after = rows[-1].pk
    return found[:limit]


def count_open(viewer: Viewer) -> int:
    """How many pairs wait for a decision of this viewer."""
    pairs = list(Pair.objects.filter(state=Pair.State.OPEN).values_list("first", "second"))
    there = registry.names_of({number for pair in pairs for number in pair}, viewer)
    return sum(first in there and second in there for first, second in pairs)


def get_pair(number: int, viewer: Viewer) -> Listed:
    """One pair, whatever its state.

    Raises:
        NotVisibleError: there is none for this viewer.
    """
    row = Pair.objects.filter(pk=number).first() if 0 < number < 2**63 else None
    names = registry.names_of((row.first, row.second), viewer) if row else {}
    found = _listed(row, names) if row else None
    if found is None:
        raise NotVisibleError(
            "没有这一对记录，或您无权查看。请回到列表。",
            "There is no such pair for you. Go back to the list.",
        )
    return found


def compare(pair: Listed, viewer: Viewer) -> Compared:
    """Both records of an open pair.

    Raises:
        NotVisibleError: one of them is not there for this viewer any more.
    """
    return Compared(pair, registry.side_by_side(pair.first, pair.second, viewer))


def last_search() -> Search | None:
    """The newest search; None before the first."""
    return Search.objects.order_by("-id").first()


def is_needed() -> bool:
    """Whether records changed since the newest search began."""
    done = last_search()
    return journal.last_line_of(RECORDS) > (done.entry if done else 0)


def is_due() -> bool:
    """Whether the platform searches by itself: a very large register is searched by command."""
    return is_needed() and registry.count_parties() <= MOST_BY_ITSELF


def _listed(row: Pair, names: Mapping[int, str]) -> Listed | None:
    there = {number: names[number] for number in (row.first, row.second) if number in names}
    # Of two that became one, the one that stayed is left.
    if len(there) < (1 if row.state == Pair.State.UNITED else 2):
        return None
    return Listed(
        id=row.pk,
        first=row.first,
        second=row.second,
        names=there,
        is_sure=row.verdict == "same",
        reasons=row.reasons,
        state=row.state,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
    )
