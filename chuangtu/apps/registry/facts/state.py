"""The whole of one record as JSON: what the journal keeps and an undo restores.

A state is a flat mapping: field name → value (days in ISO form, decimals as text), unknown fields
absent; beside them the lists `names`, `sites`, `relations` and the mapping `statements`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.position import Shown
from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.terms.kind import Field, FieldType
from chuangtu.terms.viewer import Viewer, Visibility

State = dict[str, Any]

NOT_STORED = frozenset({"source", "source_date"})
"""Fields of a row that say where it comes from; they become a statement."""
TEXT_TYPES = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.CODE,
        FieldType.USCC,
        FieldType.INDUSTRY,
        FieldType.TOWN,
        FieldType.AREA,
        FieldType.URL,
    }
)
VISIBILITY_CODES = {each.name.lower(): each for each in Visibility}


@cache
def stored_fields(kind: str) -> tuple[Field, ...]:
    """The kind's own fields that stand in its own table."""
    return tuple(each for each in KINDS[kind].fields if each.role is None)


@cache
def part_fields(kind: str) -> tuple[Field, ...]:
    """The kind's own fields that stand in the tables of names, sites and relations."""
    return tuple(each for each in KINDS[kind].fields if each.role is not None)


@cache
def common_fields() -> tuple[Field, ...]:
    """The common fields that stand in the record's row."""
    return tuple(each for each in COMMON if each.name not in NOT_STORED)


_AS_IT_IS = frozenset({str, int, bool, float, type(None)})


def as_json(value: Any) -> Any:
    """A value as it stands in a state."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
    return value


def from_json(field: Field, value: Any) -> Any:
    """The value of a field that stands in a state."""
    if value is None:
        return None
    if field.type is FieldType.DATE:
        return date.fromisoformat(value)
    if field.type is FieldType.DECIMAL:
        return Decimal(str(value))
    if field.type in (FieldType.TEXTS, FieldType.CODES):
        return tuple(value)
    return value


def span(kind: str, state: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """From which day the record holds and from which no longer, ISO; `None` is open."""
    declared = KINDS[kind]
    starts = [state[each] for each in declared.starts if state.get(each)]
    ends = [state[each] for each in declared.ends if state.get(each)]
    return (max(starts) if starts else None, min(ends) if ends else None)


WRITTEN = (
    "kind",
    "name",
    "name_key",
    "name_en",
    "description",
    "town",
    "zone",
    "address",
    "given_longitude",
    "given_latitude",
    "given_precision",
    "crs",
    "longitude",
    "latitude",
    "precision",
    "placed_by",
    "url",
    "valid_from",
    "valid_until",
    "starts_on",
    "ends_on",
    "visibility",
    "is_example",
    "statements",
    "has_derived_name",
)
"""Columns of the record's row in the order of `resource_row`."""


def resource_row(kind: str, state: Mapping[str, Any], shown: Shown) -> tuple[Any, ...]:
    """The record's row, derived columns included, as the database reads it."""
    starts, ends = span(kind, state)
    known = state.get
    return (
        kind,
        state["name"],
        name_key(state["name"]),
        known("name_en", ""),
        known("description", ""),
        known("town", ""),
        known("zone", ""),
        known("address", ""),
        known("longitude"),
        known("latitude"),
        known("precision", ""),
        known("crs", ""),
        *shown,
        known("url", ""),
        known("valid_from"),
        known("valid_until"),
        starts,
        ends,
        VISIBILITY_CODES[known("visibility", "public")].value,
        known("is_example"),
        state["statements"],
        known("has_derived_name", False),
    )


def detail_row(kind: str, state: Mapping[str, Any]) -> tuple[Any, ...]:
    """The kind's own row in the order of `stored_fields`, as the database reads it."""
    return tuple(state.get(name, empty) for name, empty in _empties(kind))


@cache
def _empties(kind: str) -> tuple[tuple[str, Any], ...]:
    """What stands in a column whose field is unknown."""
    lists = (FieldType.TEXTS, FieldType.CODES)
    return tuple(
        (each.name, "" if each.type in TEXT_TYPES else [] if each.type in lists else None)
        for each in stored_fields(kind)
    )


RESOURCE_STATE = (
    ("name", "name"),
    ("name_en", "name_en"),
    ("description", "description"),
    ("town", "town"),
    ("zone", "zone"),
    ("address", "address"),
    ("longitude", "given_longitude"),
    ("latitude", "given_latitude"),
    ("crs", "crs"),
    ("precision", "given_precision"),
    ("url", "url"),
    ("valid_from", "valid_from"),
    ("valid_until", "valid_until"),
    ("is_example", "is_example"),
    ("statements", "statements"),
)
"""State key → column of the record's row, for those that stand there as they are."""


def read_state(kind: str, row: Mapping[str, Any], parts: Mapping[str, list[Any]]) -> State:
    """The state of a record from its columns and its names, sites and relations."""
    state: State = {}
    for key, column in RESOURCE_STATE:
        value = row[column]
        if value is not None and value != "":
            state[key] = as_json(value)
    if row["visibility"] != Visibility.PUBLIC:
        state["visibility"] = Visibility(row["visibility"]).name.lower()
    if row["has_derived_name"]:
        state["has_derived_name"] = True
    for each in stored_fields(kind):
        value = row[each.name]
        if value is not None and value != "" and value != []:
            state[each.name] = as_json(value)
    state.update({name: found for name, found in parts.items() if found})
    return state


def name_class(visibility: int) -> list[str]:
    """What follows a name in a state: the class that may see it, nothing when everybody may."""
    return [Visibility(visibility).name.lower()] if visibility else []


def visibility_of_name(entry: Sequence[Any]) -> Visibility:
    """The class that may see a name of a state: kind, text, since, until, and perhaps a class."""
    return VISIBILITY_CODES[entry[4]] if len(entry) > 4 else Visibility.PUBLIC


def part_seen(name: str, value: Any, viewer: Viewer) -> Any:
    """A value of a state without the other names that are hidden from the viewer."""
    if name != "names" or not value:
        return value
    return [each[:4] for each in value if viewer.can_see(visibility_of_name(each))]


def difference(before: State, after: State) -> tuple[State, State]:
    """What differs, on both sides; an absent key stands as `None`."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def restore(state: State, changed: Mapping[str, Any]) -> State:
    """The state with the changed keys set; `None` removes one."""
    merged = {**state, **changed}
    return {key: value for key, value in merged.items() if value is not None}
