"""By what a record is known: the keys its kind declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.merge import PARTY_TYPES
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.terms.kind import FieldType

Key = tuple[int, tuple[Any, ...]]
"""Number of the group of fields, and their values."""
_NUMBERS = (FieldType.TEXT, FieldType.USCC)
"""What codes and numbers are written in."""


def keys_of(kind: str, state: Mapping[str, Any]) -> Iterator[Key]:
    """The keys of a state, surest first.

    All fields of a group must be known; of the last group one is enough, so that a row that says
    little still finds itself again.
    """
    groups = KINDS[kind].identity
    for number, group in enumerate(groups):
        values = tuple([identity_value(kind, name, state) for name in group])
        unknown = values.count(None)
        if not unknown or (number == len(groups) - 1 and unknown < len(values)):
            yield number, values


def identity_value(kind: str, name: str, state: Mapping[str, Any]) -> Any:
    """One field's value as it is compared; `None` when unknown."""
    if name == "name":
        return name_key(state["name"]) if state.get("name") else None
    role = _role_of(kind, name)
    if role is not None:
        found = [each[1] for each in state.get("relations", ()) if each[0] == role]
        return tuple(sorted(found)) or None
    value = state.get(name)
    return tuple(value) if isinstance(value, list) else value


@cache
def _role_of(kind: str, name: str) -> str | None:
    """The role of the parties that a field names; `None` for a field of another type."""
    field = KINDS[kind].by_name.get(name)
    return field.role if field is not None and field.type in PARTY_TYPES else None


@cache
def number_of(kind: str, group: int) -> str | None:
    """The field of a group that holds a code or number; `None` where names tell things apart."""
    names = KINDS[kind].identity[group]
    own = KINDS[kind].by_name
    numbers = (each for each in names if each in own and own[each].type in _NUMBERS)
    return None if "name" in names else next(numbers, None)


def numbers_in(kind: str, state: Mapping[str, Any]) -> Iterator[Key]:
    """Those keys of a state that are codes or numbers."""
    return (each for each in keys_of(kind, state) if number_of(kind, each[0]) is not None)


def pivot(kind: str, key: Key) -> tuple[str, Any]:
    """The field of a key by which few records are found, with its value."""
    names = KINDS[kind].identity[key[0]]
    filled = [
        (name, value) for name, value in zip(names, key[1], strict=True) if value is not None
    ]
    return min(filled, key=lambda each: _breadth(kind, each[0]))


def _breadth(kind: str, name: str) -> int:
    field = KINDS[kind].by_name.get(name)
    if name == "name":
        return 1
    if field is None:
        return 3
    if field.type in _NUMBERS:
        return 0
    return 2 if field.type in PARTY_TYPES else 3
