"""The whole of one record as JSON: what the journal keeps and an undo restores.

A state is a flat mapping: field name → value (days in ISO form, decimals as text), unknown fields
absent; beside them the lists `names`, `sites`, `relations` and the mapping `statements`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.terms.coordinates import Crs, convert
from chuangtu.terms.kind import Field, FieldType
from chuangtu.terms.place import Precision
from chuangtu.terms.viewer import Visibility

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


def as_json(value: Any) -> Any:
    """A value as it stands in a state."""
    if isinstance(value, datetime):
        return value.isoformat()
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


def wgs84(
    longitude: float | None, latitude: float | None, crs: str | None
) -> tuple[float | None, float | None]:
    """The position in WGS 84, if there is one."""
    if longitude is None or latitude is None or not crs:
        return None, None
    return convert(float(longitude), float(latitude), Crs(crs), Crs.WGS84)


def shown_place(state: Mapping[str, Any]) -> tuple[float | None, float | None, str, str]:
    """Where the record is shown: its own position, else that of its registered site.

    Returns:
        Longitude and latitude (WGS 84), precision, and the role of the site that gave it.
    """
    x, y = wgs84(state.get("longitude"), state.get("latitude"), state.get("crs"))
    precision = state.get("precision", Precision.EXACT.value)
    if x is not None and precision != Precision.NONE:
        return x, y, precision, "operating"
    for wanted in ("registered", "operating"):
        for role, _, given_x, given_y, crs, site_precision, *_ in state.get("sites", ()):
            x, y = wgs84(given_x, given_y, crs)
            if role == wanted and x is not None:
                return x, y, site_precision or Precision.EXACT.value, wanted
    return None, None, Precision.NONE.value, ""


def resource_columns(kind: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the record's row, derived ones included."""
    starts, ends = span(kind, state)
    longitude, latitude, precision, placed_by = shown_place(state)
    return {
        "kind": kind,
        "name": state["name"],
        "name_key": name_key(state["name"]),
        "name_en": state.get("name_en", ""),
        "description": state.get("description", ""),
        "town": state.get("town", ""),
        "zone": state.get("zone", ""),
        "address": state.get("address", ""),
        "given_longitude": _float(state.get("longitude")),
        "given_latitude": _float(state.get("latitude")),
        "given_precision": state.get("precision", ""),
        "crs": state.get("crs", ""),
        "longitude": longitude,
        "latitude": latitude,
        "precision": precision,
        "placed_by": placed_by,
        "url": state.get("url", ""),
        "valid_from": _day(state.get("valid_from")),
        "valid_until": _day(state.get("valid_until")),
        "starts_on": _day(starts),
        "ends_on": _day(ends),
        "visibility": VISIBILITY_CODES[state.get("visibility", "public")].value,
        "is_example": state.get("is_example"),
        "statements": state["statements"],
    }


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def detail_columns(kind: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the kind's own table."""
    found = {}
    for each in stored_fields(kind):
        value = state.get(each.name)
        if each.type in TEXT_TYPES:
            found[each.name] = value or ""
        elif each.type in (FieldType.TEXTS, FieldType.CODES):
            found[each.name] = value or []
        else:
            found[each.name] = from_json(each, value)
    return found


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
    for each in stored_fields(kind):
        value = row[each.name]
        if value is not None and value != "" and value != []:
            state[each.name] = as_json(value)
    state.update({name: found for name, found in parts.items() if found})
    return state


def difference(before: State, after: State) -> tuple[State, State]:
    """What differs, on both sides; an absent key stands as `None`."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def restore(state: State, changed: Mapping[str, Any]) -> State:
    """The state with the changed keys set; `None` removes one."""
    merged = {**state, **changed}
    return {key: value for key, value in merged.items() if value is not None}
