"""Two records of one thing → the one that stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chuangtu.apps.registry.facts.citing import borrow, restate
from chuangtu.apps.registry.facts.deriving import FLAG
from chuangtu.apps.registry.facts.merge import PARTY_TYPES
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.state import State, common_fields, part_fields, stored_fields
from chuangtu.terms.kind import Field

PLACE = ("longitude", "latitude", "crs", "precision")
"""Fields that say one thing together: they come from one of the two records."""
_KEEPS_ITS_OWN = frozenset({"visibility", "is_example"})


@dataclass(frozen=True, slots=True)
class Difference:
    """What two records say of one field, neither being silent; ids where a field names records."""

    field: Field
    kept: Any
    dropped: Any


def differences(kind: str, kept: State, dropped: State) -> Iterator[Difference]:
    """The fields of which the two say different things, so that only one can stay.

    Names, sites and lists of related records are joined and do not differ.
    """
    for field in (*common_fields(), *stored_fields(kind)):
        if field.name in _KEEPS_ITS_OWN or field.name in PLACE[1:]:
            continue
        names = PLACE if field.name == PLACE[0] else (field.name,)
        mine, theirs = (tuple(e.get(n) for n in names) for e in (kept, dropped))
        if mine[0] is not None and theirs[0] is not None and mine != theirs:
            yield Difference(field, kept[field.name], dropped[field.name])
    for field in _single_parties(kind):
        own, other = (_related(each, field.role) for each in (kept, dropped))
        if own and other and own != other:
            yield Difference(field, own[0], other[0])


def unite(
    kind: str,
    kept: State,
    dropped: State,
    *,
    ids: tuple[int, int],
    takes: Collection[str] = (),
    name_kind: str = "variant",
) -> State:
    """The state of the record that stays.

    What only one of the two says is kept with its source; where both speak the kept one holds,
    but for the fields in `takes`.

    Args:
        kind: of both.
        kept: state of the record that stays.
        dropped: state of the one that goes.
        ids: the two numbers, the kept one first; neither stays related to itself.
        takes: fields of which the dropped one's value holds; a position counts as its longitude.
        name_kind: what the name that goes is to the record from now on, a code of `name_kind`.
    """
    after = {**kept, "statements": {}}
    said = dict(kept["statements"])
    for names in _groups(kind):
        if names[0] in dropped and (names[0] in takes or names[0] not in kept):
            for name in names:
                _take(name, after, said, dropped)
    _unite_lists(kind, after, dropped, ids, takes)
    _keep_other_name(after, kept, dropped, name_kind)
    restate(said, kept, after, said[""], borrow(dropped) | _names_said(kept, dropped, name_kind))
    after["statements"] = said
    return {key: value for key, value in after.items() if value not in (None, "", [])}


def point_to(state: State, gone: int, instead: int) -> State:
    """The state of a record that named one which goes, naming the one that stays."""
    relations = _once(
        [role, instead if number == gone else number, *rest]
        for role, number, *rest in state["relations"]
    )
    after = {**state, "relations": sorted(relations, key=_order), "statements": {}}
    said = dict(state["statements"])
    borrowed = {
        (part, _moved(content, gone, instead)): statement
        for (part, content), statement in borrow(state).items()
    }
    restate(said, state, after, said[""], borrowed)
    after["statements"] = said
    return after


def _groups(kind: str) -> Iterator[tuple[str, ...]]:
    yield PLACE
    for field in (*common_fields(), *stored_fields(kind)):
        if field.name not in PLACE and field.name not in _KEEPS_ITS_OWN:
            yield (field.name,)


def _take(name: str, after: State, said: dict[str, int], dropped: State) -> None:
    said.pop(name, None)
    after.pop(name, None)
    if name in dropped:
        after[name] = dropped[name]
        said[name] = dropped["statements"].get(name, dropped["statements"][""])
    if name == "name":
        after.pop(FLAG, None)
        if FLAG in dropped:
            after[FLAG] = True


def _unite_lists(
    kind: str, after: State, dropped: State, ids: tuple[int, int], takes: Collection[str]
) -> None:
    single = {field.role: field.name in takes for field in _single_parties(kind)}
    both = [list(after.get("relations", ())), list(dropped.get("relations", ()))]
    for role, is_taken in single.items():
        if all(_related({"relations": each}, role) for each in both):
            loser = both[0 if is_taken else 1]
            loser[:] = [each for each in loser if each[0] != role]
    after["relations"] = _once(each for some in both for each in some if each[1] not in ids)
    after["sites"] = _once([*after.get("sites", ()), *dropped.get("sites", ())])
    after["names"] = _once([*after.get("names", ()), *dropped.get("names", ())])
    for part in ("relations", "sites", "names"):
        after[part] = sorted(after[part], key=_order)


def _keep_other_name(after: State, kept: State, dropped: State, name_kind: str) -> None:
    """The name that is given up still leads to the record."""
    other = _given_up(after, kept, dropped)
    known = {name_key(after["name"]), *(name_key(each[1]) for each in after["names"])}
    if name_key(other) not in known:
        after["names"] = sorted([*after["names"], [name_kind, other, None, None]], key=_order)


def _names_said(kept: State, dropped: State, name_kind: str) -> dict[Any, int]:
    """Who said the two names, should one of them become another name of the record."""
    return {
        ("names", (name_kind, each["name"], None, None)): each["statements"].get(
            "name", each["statements"][""]
        )
        for each in (kept, dropped)
    }


def _given_up(after: State, kept: State, dropped: State) -> str:
    other: str = dropped["name"] if after["name"] == kept["name"] else kept["name"]
    return other


def _single_parties(kind: str) -> Iterator[Field]:
    """The kind's fields that name one record only."""
    for field in part_fields(kind):
        if field.type is PARTY_TYPES[0]:
            yield field


def _related(state: Mapping[str, Any], role: str | None) -> list[int]:
    return [each[1] for each in state.get("relations", ()) if each[0] == role]


def _once(entries: Iterable[list[Any]]) -> list[list[Any]]:
    """The first entry of each role and record, name or address."""
    found: dict[tuple[Any, Any], list[Any]] = {}
    for each in entries:
        found.setdefault((each[0], each[1]), each)
    return list(found.values())


def _moved(content: tuple[Any, ...], gone: int, instead: int) -> tuple[Any, ...]:
    return tuple(
        instead if each == gone and place == 1 else each for place, each in enumerate(content)
    )


def _order(entry: list[Any]) -> tuple[str, ...]:
    first, second, *rest = entry
    shown = f"{second:020d}" if isinstance(second, int) else str(second)
    return (str(first), shown, *map(str, rest))
