"""Names that follow from what a record says: a title held by somebody, a station hosted by one.

Such a name follows whenever what it is made of changes; a name that somebody gave stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.state import State
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.terms.kind import Choice, FieldType

FLAG = "has_derived_name"
"""Key of a state whose name nobody gave; absent from one that is named by somebody."""
DERIVING = tuple(name for name, each in KINDS.items() if each.name_from)
"""Kinds whose records are named by what they say when nobody names them."""
_PARTIES = (FieldType.PARTY, FieldType.PARTIES)


def derived_name(kind: str, state: State, names: Mapping[int, str]) -> str:
    """The name that follows from what the kind declares; empty where it declares nothing."""
    parts: list[str] = []
    for name in KINDS[kind].name_from:
        field = KINDS[kind].by_name[name]
        if field.type in _PARTIES:
            ids = [each[1] for each in state.get("relations", []) if each[0] == field.role]
            parts.extend(names.get(each, "") for each in ids)
        else:
            parts.append(_label(field.choices, state.get(name)))
    return " · ".join(each for each in parts if each)[:300]


def is_derived(kind: str, state: State, names: Mapping[int, str]) -> bool:
    """Say whether nobody gave a record its name.

    A name is taken for derived also where it is what would be derived: who writes the same words
    means the same, and older records carry no flag.
    """
    if kind not in DERIVING:
        return False
    return bool(state.get(FLAG)) or _is_same(state["name"], derived_name(kind, state, names))


def settle_name(
    kind: str,
    before: State | None,
    after: State,
    said: str | None,
    names: Mapping[int, str],
    *,
    is_cleared: bool,
) -> None:
    """Give a record of a row the name that it is to bear.

    Args:
        kind: name of the kind.
        before: the state so far, `None` for a new record.
        after: the state that follows but for its name; changed in place.
        said: the name that the row gives, if it gives one.
        names: id → name of the records that may stand in the name.
        is_cleared: the row takes a given name away.
    """
    if kind not in DERIVING:
        if said:
            after["name"] = said
        return
    derived = derived_name(kind, after, names)
    is_given = bool(said) and not (before and _is_same(str(said), before["name"]))
    if is_given and not _is_same(str(said), derived):
        after["name"] = said
        after.pop(FLAG, None)
    elif before is None or is_given or is_cleared or is_derived(kind, before, names):
        if before is None or before["name"] != derived or is_cleared:
            after[FLAG] = True
        after["name"] = derived


def _is_same(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)


def _label(choices: Iterable[Choice], code: Any) -> str:
    return next((each.zh for each in choices if each.code == code), str(code or ""))
