"""A record as the register said it on a past day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry.facts.deriving import FLAG
from chuangtu.apps.registry.facts.state import State, restore
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.registry.queries.records import visible_row
from chuangtu.apps.registry.queries.revisions import ALL_LINES, TABLE, open_lines, seen_of
from chuangtu.apps.registry.resolve.states import load_states
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Past:
    """A record then and now, as far as the viewer may see it.

    Attributes:
        kind: of the record.
        name: it bears now.
        values: field or part → then and now, as they stand in a state; absent is `None`.
        since: when what stood then was written.
        is_as_now: nothing that may be seen has changed since.
    """

    kind: str
    name: str
    values: Mapping[str, tuple[Any, Any]]
    since: datetime
    is_as_now: bool


def get_past(number: int, moment: datetime, viewer: Viewer) -> Past:
    """What the register said of a record at a moment, by the journal.

    Raises:
        NotVisibleError: there is no such record for this viewer, or there was none then.
    """
    row = visible_row(number, viewer)
    _, now = load_states(row.kind, [number])[number]
    then, since = _step_back(row, now, moment, viewer)
    shown_then, shown_now = seen_of(row, (then, now), viewer)
    names = [name for name in dict.fromkeys((*shown_now, *shown_then)) if name != FLAG]
    values = {name: (shown_then.get(name), shown_now.get(name)) for name in names}
    return Past(
        kind=row.kind,
        name=row.name,
        values=values,
        since=since,
        is_as_now=all(before == after for before, after in values.values()),
    )


def _step_back(
    row: Resource, now: State, moment: datetime, viewer: Viewer
) -> tuple[State, datetime]:
    """The state at the moment, and when it was written: the changes since, taken back."""
    lines = journal.list_of_row(table=TABLE, row=str(row.pk), limit=ALL_LINES)
    state = now
    for line, was_hidden in open_lines(row, lines, viewer):
        if line.at <= moment:
            return state, line.at
        if line.before is None or was_hidden:
            break
        state = restore(state, line.before)
    raise NotVisibleError(
        "那一天名录里还没有这条记录，或者还没有对您公开。请选晚一些的日期。",
        "On that day the register had no such record yet, or not for you. Choose a later day.",
    )
