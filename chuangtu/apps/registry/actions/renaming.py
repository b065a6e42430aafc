"""Records that are named after another follow it when it takes another name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuangtu.apps.registry.facts.merge import derived_name
from chuangtu.apps.registry.facts.payload import naming_roles
from chuangtu.apps.registry.facts.state import State
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Relation
from chuangtu.apps.registry.resolve.parties import names_of
from chuangtu.apps.registry.resolve.states import load_states


@dataclass(frozen=True, slots=True)
class Update:
    """One record's state before and after."""

    id: int
    version: int
    before: State
    after: State


def renamed_after(updates: Sequence[Update]) -> Iterator[tuple[str, list[Update]]]:
    """The updates, by kind, of records whose derived name these updates outdate.

    A record whose name somebody gave keeps it.
    """
    taken = {each.id: each for each in updates if each.before["name"] != each.after["name"]}
    if not taken:
        return
    named: dict[str, set[int]] = defaultdict(set)
    rows = Relation.objects.filter(object_id__in=taken, subject__kind__in=_DERIVING)
    for number, kind, role in rows.values_list("subject_id", "subject__kind", "role"):
        if role in naming_roles(kind):
            named[kind].add(number)
    for kind in sorted(named):
        follow = _follow(kind, sorted(named[kind]), taken)
        if follow:
            yield kind, follow


_DERIVING = [name for name, each in KINDS.items() if each.name_from]


def _follow(kind: str, numbers: list[int], taken: dict[int, Update]) -> list[Update]:
    held = load_states(kind, numbers)
    parties = {r[1] for _, state in held.values() for r in state.get("relations", ())}
    now = names_of(parties)
    once = now | {number: each.before["name"] for number, each in taken.items()}
    follow = []
    for number, (version, state) in held.items():
        name = derived_name(kind, state, now)
        if state["name"] == derived_name(kind, state, once) and name != state["name"]:
            said = next(each for r in state["relations"] if (each := taken.get(r[1])))
            source = said.after["statements"]
            statements = {**state["statements"], "name": source.get("name", source[""])}
            after = {**state, "name": name, "statements": statements}
            follow.append(Update(number, version, state, after))
    return follow
