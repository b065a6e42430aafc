"""Rows of places as plain values: for the journal, for readers, for the map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from chuangtu.apps.places.models import Area, Region
from chuangtu.terms.place import Box

AREA_FIELDS = (
    "kind",
    "name",
    "name_en",
    "other_names",
    "geometry",
    "crs",
    "longitude",
    "latitude",
    "precision",
    "source",
    "source_url",
    "source_date",
)
FOR_RECORD, WITHDRAW, RESTORE = "record's shape", "withdraw", "restore"
"""Why an area changes with a record: drawn for it, off the map with it, back with it."""
TOWN_ENDINGS = ("街道", "镇", "乡", "工业区")
REGION_FIELDS = ("name", "name_en", "parent_id", "level", "source", "source_date", "set_up_at")


@dataclass(frozen=True, slots=True)
class District:
    """The district this platform serves. `boundary` is GeoJSON text, empty if none is known."""

    code: str
    name: str
    name_en: str
    bbox: Box
    centre: tuple[float, float]
    precision: str
    boundary: str
    source: str
    source_url: str
    source_date: date


@dataclass(frozen=True, slots=True)
class Place:
    """An area as readers see it, without its shape."""

    code: str
    kind: str
    name: str
    name_en: str
    other_names: tuple[str, ...]
    region: str
    longitude: float | None
    latitude: float | None
    precision: str
    has_shape: bool
    source: str
    source_url: str
    source_date: date


def place(area: Area) -> Place:
    return Place(
        code=area.code,
        kind=area.kind,
        name=area.name,
        name_en=area.name_en,
        other_names=tuple(area.other_names),
        region=area.region_id,
        longitude=area.longitude,
        latitude=area.latitude,
        precision=area.precision,
        has_shape=bool(area.geometry),
        source=area.source,
        source_url=area.source_url,
        source_date=area.source_date,
    )


def spellings(town: Place) -> tuple[str, ...]:
    """The town's other names, and every name without the word for what it is."""
    names = (town.name, *town.other_names)
    bare = [
        name.removesuffix(ending)
        for name in names
        for ending in TOWN_ENDINGS
        if name.endswith(ending) and len(name) - len(ending) >= 2
    ]
    return tuple(dict.fromkeys(each for each in (*names[1:], *bare) if each != town.name))


def area_values(area: Area) -> dict[str, Any]:
    return {name: _json(getattr(area, name)) for name in (*AREA_FIELDS, "region_id")}


def region_values(region: Region) -> dict[str, Any]:
    return {name: _json(getattr(region, name)) for name in REGION_FIELDS}


def feature(area: Area, role: str) -> dict[str, Any] | None:
    """The area for a map: its shape, else its centre, else nothing."""
    if area.geometry:
        geometry = orjson.loads(area.geometry)
    elif area.longitude is not None:
        geometry = {"type": "Point", "coordinates": [area.longitude, area.latitude]}
    else:
        return None
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            "code": area.code,
            "kind": area.kind,
            "role": role,
            "name": area.name,
            "name_en": area.name_en,
            "precision": area.precision,
            "crs_given": area.crs,
            "source": area.source,
            "source_url": area.source_url,
            "source_date": area.source_date.isoformat(),
        },
    }


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
