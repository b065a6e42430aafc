"""Read GeoJSON: every property with its exact digits, every feature by its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely

from chuangtu.engines.tables.crs import settled_crs
from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import Cell, Fault, Place, Shape, Table
from chuangtu.engines.tables.sentences import fault, refuse


def read_geojson(path: Path, name: str, crs: str | None, limits: Limits) -> Table:
    """Read a FeatureCollection; its headers are the properties, first seen first.

    Raises:
        TableError: `broken_json`, `cut_json`, `deep_json`, `not_geojson`, `null_feature`,
            `not_feature`, `header_only`, `missing_crs`, `unknown_crs`, `too_many_columns` or
            `too_many_rows`.
    """
    place = Place(name, Shape.FEATURES)
    collection = _parsed(path, place)
    features = _features(collection, place)
    if len(features) > limits.rows:
        raise refuse("too_many_rows", place, limit=limits.rows)
    headers = tuple(dict.fromkeys(key for each in features for key in each["properties"] or {}))
    if len(headers) > limits.columns:
        raise refuse("too_many_columns", place, count=len(headers), limit=limits.columns)
    rows = [_row(each["properties"] or {}, headers) for each in features]
    system, notices = settled_crs(_stated_crs(collection), crs, place)
    shapes, broken = _geometries([each["geometry"] for each in features])
    geometries, torn = system.convert(shapes)
    return Table(
        name,
        Shape.FEATURES,
        headers,
        tuple(range(1, len(headers) + 1)),
        rows,
        range(1, len(rows) + 1),
        geometries=geometries,
        crs=system.name,
        broken={**torn, **broken},
        notices=notices,
    )


def _parsed(path: Path, place: Place) -> Any:
    try:
        return orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        if "memory" in error.msg:
            raise MemoryError from error
        where = Place(place.file, Shape.LINES, row=error.lineno, column=error.colno)
        raise refuse(_trouble(error.msg), where) from error


def _trouble(said: str) -> str:
    """Which trouble the parser means."""
    if "unexpected end" in said:
        return "cut_json"
    return "deep_json" if "depth limit" in said else "broken_json"


def _features(collection: Any, place: Place) -> list[dict[str, Any]]:
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise refuse("not_geojson", place)
    features = collection.get("features")
    if not isinstance(features, list):
        raise refuse("not_geojson", place)
    for number, each in enumerate(features, start=1):
        if not _is_feature(each):
            where = replace(place, row=number)
            raise refuse("null_feature" if each is None else "not_feature", where)
    if not features:
        raise refuse("header_only", place)
    return features


def _is_feature(each: Any) -> bool:
    return (
        isinstance(each, dict)
        and each.get("type") == "Feature"
        and isinstance(each.get("properties", 0), dict | None)
        and isinstance(each.get("geometry", 0), dict | None)
    )


def _stated_crs(collection: dict[str, Any]) -> str | None:
    stated = collection.get("crs")
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _row(properties: dict[str, Any], headers: Sequence[str]) -> list[Cell]:
    return [_cell(properties.get(each)) for each in headers]


def _cell(value: Any) -> Cell:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "；".join(value)
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    return None if value == "" else value


def _geometries(values: list[Any]) -> tuple[list[Any], dict[int, Fault]]:
    texts = [None if each is None else orjson.dumps(each).decode() for each in values]
    shapes = shapely.from_geojson(np.array(texts, dtype=object), on_invalid="ignore")
    broken = {
        n: fault("bad_geometry")
        for n, (text, shape) in enumerate(zip(texts, shapes, strict=True))
        if text is not None and shape is None
    }
    return list(shapes), broken
