"""Where to look for a record that became one with another."""

from __future__ import annotations

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry.facts.succession import successor_in
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.registry.queries.revisions import TABLE
from chuangtu.apps.registry.resolve.states import visible_ids
from chuangtu.terms.viewer import Viewer

_MOST_STEPS = 50
"""A record that stayed may have gone later; nobody merges one oftener than this."""


def find_successor(number: int, viewer: Viewer) -> int | None:
    """The record that stayed when this one was merged, if there is one for this viewer."""
    for _ in range(_MOST_STEPS):
        if Resource.objects.filter(id=number).exists():
            return number if visible_ids([number], viewer) else None
        lines = journal.list_of_row(table=TABLE, row=str(number), limit=1)
        into = successor_in(lines[0].act, number) if lines else None
        if into is None:
            return None
        number = into
    return None
