"""What one record shows: values, position, names, sites, relations and sources as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.state import common_fields, part_fields, stored_fields
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.terms.kind import FieldType
from chuangtu.terms.viewer import Visibility


@dataclass(frozen=True, slots=True)
class Related:
    """The other end of a relation, as this record shows it."""

    role: str
    id: int
    kind: str
    name: str
    visibility: int
    longitude: float | None
    latitude: float | None
    precision: str
    town: str
    share: Decimal | None
    since: date | None
    until: date | None


@cache
def naming_roles(kind: str) -> frozenset[str]:
    """Roles whose players' names stand in the names of records of this kind.

    Such a record is seen no wider than those it is named after.
    """
    declared = KINDS[kind]
    return frozenset(
        role for name in declared.name_from if (role := declared.by_name[name].role) is not None
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """What one record is published from.

    Attributes:
        values: column → value, of the record's row and of its kind's table.
        names: (kind, text, since, until, class that may see it).
        sites: column values, see `site_payload`.
        related: relations in which the record is the subject.
        sources: statement → source as shown.
        areas: codes of the areas whose shape holds the position.
    """

    values: Mapping[str, Any]
    names: list[tuple[Any, ...]]
    sites: list[tuple[Any, ...]]
    related: list[Related]
    sources: Mapping[int, Mapping[str, Any]]


_SHOWN_COMMON = tuple(
    each
    for each in common_fields()
    if each.name not in ("name", "longitude", "latitude", "precision", "visibility", "crs")
)


def payload_of(kind: str, whole: Whole, place: tuple[Any, ...]) -> dict[str, Any]:
    values = whole.values
    longitude = place[0]
    payload: dict[str, Any] = {"values": _values(kind, values, place)}
    if longitude is not None:
        payload["position"] = _position(values, place)
    if "town" in payload["values"] and not values["town"]:
        payload["town_of"] = place[4]
    if whole.names:
        payload["names"] = [name_payload(each) for each in whole.names]
    if whole.sites:
        payload["sites"] = [site_payload(each) for each in whole.sites]
    if whole.related:
        roles = roles_of(kind)
        payload["relations"] = [relation_payload(each, roles) for each in whole.related]
    payload["sources"] = {name: whole.sources[each] for name, each in values["statements"].items()}
    payload["changed_at"] = values["changed_at"].isoformat()
    payload["version"] = values["version"]
    return payload


def _values(kind: str, values: Mapping[str, Any], place: tuple[Any, ...]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, write in _shown(kind):
        value = values[name]
        if value is not None and value != "" and value != []:
            shown[name] = write(value) if write else value
    _, _, precision, town, _ = place
    if town:
        shown["town"] = town
    shown["precision"] = precision
    if values["visibility"]:
        shown["visibility"] = Visibility(values["visibility"]).name.lower()
    return shown


def _position(values: Mapping[str, Any], place: tuple[Any, ...]) -> dict[str, Any]:
    longitude, latitude, precision, _, placed_by = place
    position = {
        "longitude": longitude,
        "latitude": latitude,
        "precision": precision,
        "site": values["placed_by"] or None,
        "of": placed_by,
    }
    if values["given_longitude"] is not None:
        position["given"] = {
            "longitude": values["given_longitude"],
            "latitude": values["given_latitude"],
            "crs": values["crs"],
        }
    return position


@cache
def _shown(kind: str) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    writers: Mapping[FieldType, Callable[[Any], Any]] = {
        FieldType.DATE: date.isoformat,
        FieldType.DECIMAL: lambda value: f"{value:f}",
    }
    fields = (*_SHOWN_COMMON, *stored_fields(kind))
    return tuple((each.name, writers.get(each.type)) for each in fields)


def _iso(day: date | datetime | None) -> str | None:
    return None if day is None else day.isoformat()


def name_payload(name: tuple[Any, ...]) -> dict[str, Any]:
    """A name as JSON: (kind, text, since, until, visibility)."""
    kind, text, since, until, visibility = name
    said = {"kind": kind, "text": text, "since": _iso(since), "until": _iso(until)}
    return {**said, "visibility": visibility} if visibility else said


def site_payload(site: tuple[Any, ...]) -> dict[str, Any]:
    """A site as JSON; position in WGS 84 and as it was given."""
    role, address, longitude, latitude, precision, x, y, crs, since, until = site
    return {
        "role": role,
        "address": address,
        "longitude": longitude,
        "latitude": latitude,
        "precision": precision,
        "given": None if x is None else {"longitude": x, "latitude": y, "crs": crs},
        "since": _iso(since),
        "until": _iso(until),
    }


def relation_payload(related: Related, roles: Mapping[str, int]) -> dict[str, Any]:
    """A relation as JSON; `visibility` is the class that may see it."""
    return {
        "role": related.role,
        "id": related.id,
        "kind": related.kind,
        "name": related.name,
        "share": None if related.share is None else f"{related.share:f}",
        "since": _iso(related.since),
        "until": _iso(related.until),
        "visibility": max(related.visibility, roles.get(related.role, 0)),
    }


@cache
def roles_of(kind: str) -> Mapping[str, int]:
    """Role → class that may see who plays it."""
    return {f.role: int(f.visibility) for f in part_fields(kind) if f.role}
