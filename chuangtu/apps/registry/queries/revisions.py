"""The changes of one record, as far back as a viewer may look."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry.facts.merge import PUBLIC
from chuangtu.apps.registry.facts.payload import naming_roles
from chuangtu.apps.registry.facts.state import VISIBILITY_CODES, part_seen
from chuangtu.apps.registry.kinds import all_fields
from chuangtu.apps.registry.models import Relation, Resource
from chuangtu.apps.registry.queries.records import names_of, visible_row
from chuangtu.apps.registry.resolve.states import visible_ids
from chuangtu.terms.viewer import Viewer, Visibility

TABLE = "registry.resource"
ALL_LINES = 10_000
"""More changes than one record has."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a record: who, when, why, and each field before and after."""

    at: datetime
    by: str
    why: str
    act: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def history(number: int, viewer: Viewer, limit: int = 200) -> list[Revision]:
    """The changes of one record, newest first, fields hidden from the viewer left out.

    What was said while the record was hidden stays hidden, and a visitor is not told of a change
    of which nothing may be shown.

    Raises:
        NotVisibleError: there is no such record for this viewer.
    """
    row = visible_row(number, viewer)
    is_officer = viewer.can_see(Visibility.INTERNAL)
    shown = _shown(row.kind, viewer)
    lines = journal.list_of_row(table=TABLE, row=str(number), limit=limit)
    partners = _visible_partners(lines, viewer)
    found = (
        Revision(
            at=line.at,
            by=line.by if is_officer else "",
            why=line.why,
            act=line.act if is_officer else "",
            before=None if was_hidden else _only(line.before, shown, partners, viewer),
            after=_only(line.after, shown, partners, viewer),
        )
        for line, was_hidden in open_lines(row, lines, viewer)
    )
    return [each for each in found if is_officer or each.before != each.after]


def _shown(kind: str, viewer: Viewer) -> set[str]:
    """The fields and parts of a state that the viewer may see as they were."""
    shown = {each.name for each in all_fields(kind) if viewer.can_see(each.visibility)}
    shown |= {"sites", "names", "kind"}
    # Who else plays a part in a record may have been hidden then.
    return shown | {"relations"} if viewer.can_see(Visibility.INTERNAL) else shown


def seen_of(
    row: Resource, states: Sequence[Mapping[str, Any]], viewer: Viewer
) -> list[Mapping[str, Any]]:
    """Of states of a record what the viewer may see."""
    shown = _shown(row.kind, viewer)
    related = {each[1] for state in states for each in state.get("relations") or ()}
    partners = names_of(related, viewer)
    return [_only(each, shown, partners, viewer) or {} for each in states]


def open_lines(row: Resource, lines: Iterable[Any], viewer: Viewer) -> Iterator[tuple[Any, bool]]:
    """The lines written since the record may be seen; of the first, whether it opened it."""
    named_after = _NamedAfter(row, viewer)
    for line in lines:
        if named_after.was_closed(line):
            return
        named_after.step_back(line)
        was_hidden = not viewer.can_see(_visibility_in(line.before)) or named_after.is_hidden(line)
        yield line, was_hidden
        if was_hidden:
            return


class _NamedAfter:
    """Whom a record was named after, line by line back in time; it is as hidden as they are."""

    def __init__(self, row: Resource, viewer: Viewer) -> None:
        self._roles = naming_roles(row.kind)
        self._viewer = viewer
        self._opened: dict[int, Any] = {}
        rows = Relation.objects.filter(subject=row, role__in=self._roles) if self._roles else ()
        self._now = {each.object_id for each in rows}
        self._meet(self._now)

    def step_back(self, line: Any) -> None:
        """See the record as it was before a line."""
        relations = (line.before or {}).get("relations")
        if relations is not None:
            self._now = {each[1] for each in relations if each[0] in self._roles}
            self._meet(self._now)

    def was_closed(self, line: Any) -> bool:
        """Say whether one of them was still hidden when the line was written."""
        opened = (self._opened[each] for each in self._now)
        return any(each is not None and line.id < each.id for each in opened)

    def is_hidden(self, line: Any) -> bool:
        """Say whether one of them is hidden, or was until the act that wrote the line."""
        if self._now - self._seen:
            return True
        opened = (self._opened[each] for each in self._now)
        return any(each is not None and each.act == line.act for each in opened)

    def _meet(self, numbers: Collection[int]) -> None:
        self._seen = visible_ids(numbers, self._viewer)
        for each in self._seen - self._opened.keys():
            self._opened[each] = self._opening(each)
        self._opened |= dict.fromkeys(numbers - self._opened.keys())

    def _opening(self, number: int) -> Any:
        """The line that made a record visible that was hidden before; `None` without one."""
        lines = journal.list_of_row(table=TABLE, row=str(number), limit=ALL_LINES)
        hidden = (e for e in lines if not self._viewer.can_see(_visibility_in(e.before)))
        return next(hidden, None)


def _visibility_in(values: Mapping[str, Any] | None) -> Visibility:
    return VISIBILITY_CODES[(values or {}).get("visibility") or PUBLIC]


def _visible_partners(lines: Iterable[Any], viewer: Viewer) -> Collection[int]:
    """Of the records that lines of the journal relate to, those there are for this viewer."""
    states = [each for line in lines for each in (line.before, line.after) if each]
    related = {each[1] for state in states for each in state.get("relations") or ()}
    return names_of(related, viewer)


def _only(
    values: Mapping[str, Any] | None, shown: set[str], partners: Collection[int], viewer: Viewer
) -> Mapping[str, Any] | None:
    if values is None:
        return None
    told = {n: part_seen(n, each, viewer) for n, each in values.items() if n in shown}
    if told.get("relations"):
        told["relations"] = [each for each in told["relations"] if each[1] in partners]
    return told
