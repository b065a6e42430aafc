"""Records that are named after another follow it when it takes another name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chuangtu.apps.registry.facts.deriving import DERIVING, FLAG, derived_name, is_derived
from chuangtu.apps.registry.facts.payload import naming_roles
from chuangtu.apps.registry.facts.state import State
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
    rows = Relation.objects.filter(object_id__in=taken, subject__kind__in=DERIVING)
    for number, kind, role in rows.values_list("subject_id", "subject__kind", "role"):
        if role in naming_roles(kind):
            named[kind].add(number)
    for kind in sorted(named):
        follow = _follow(kind, sorted(named[kind]), taken)
        if follow:
            yield kind, follow


def _follow(kind: str, numbers: list[int], taken: dict[int, Update]) -> list[Update]:
    held = load_states(kind, numbers)
    now = names_of(_parties([state for _, state in held.values()]))
    once = now | {number: each.before["name"] for number, each in taken.items()}
    follow = []
    for number, (version, state) in held.items():
        name = derived_name(kind, state, now)
        if is_derived(kind, state, once) and name != state["name"]:
            said = next(each for r in state["relations"] if (each := taken.get(r[1])))
            source = said.after["statements"]
            statements = {**state["statements"], "name": source.get("name", source[""])}
            after = {**state, "name": name, FLAG: True, "statements": statements}
            follow.append(Update(number, version, state, after))
    return follow


def named_as_now(kind: str, updates: Sequence[Update]) -> list[Update]:
    """The updates with every derived name as it follows from the register as it is.

    Who was named when an old state was kept may have taken another name since.
    """
    if kind not in DERIVING:
        return list(updates)
    names = names_of(_parties([each.after for each in updates]))
    return [replace(each, after=_named(kind, each.after, names)) for each in updates]


def states_named_as_now(kind: str, states: Sequence[State]) -> list[State]:
    """The same of states alone."""
    if kind not in DERIVING:
        return list(states)
    names = names_of(_parties(states))
    return [_named(kind, each, names) for each in states]


def _named(kind: str, state: State, names: Mapping[int, str]) -> State:
    if not state.get(FLAG) or not _naming(kind, state) <= names.keys():
        return state
    return {**state, "name": derived_name(kind, state, names)}


def _naming(kind: str, state: State) -> set[int]:
    """The records that stand in the name."""
    roles = naming_roles(kind)
    return {each[1] for each in state.get("relations", ()) if each[0] in roles}


def _parties(states: Sequence[State]) -> Collection[int]:
    return {each[1] for state in states for each in state.get("relations", ())}
