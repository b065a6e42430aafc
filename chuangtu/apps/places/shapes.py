"""A shape as files give it, in any of the four systems, made into WGS 84 GeoJSON or refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import shapely

from chuangtu.engines.tables.model import Table
from chuangtu.terms.coordinates import Crs, convert
from chuangtu.terms.errors import ChuangtuError

# About 1 cm: finer than any boundary is known, and the text stays short.
_DECIMALS = 7
MOST_POINTS = 100_000
"""Corners of one shape, which every visitor's map has to load."""


_HEADERS = {
    "code": ("code", "代码", "区划代码", "行政区划代码", "区域代码", "gb"),
    "name": ("name", "名称", "街镇", "街道", "园区", "区域名称", "mc"),
}


# What GEOS says of a polygon that is not valid.
_REASONS = {
    "self-intersection": "自相交",
    "ring self-intersection": "环自相交",
    "hole lies outside shell": "洞在外环之外",
    "holes are nested": "洞中有洞",
    "interior is disconnected": "内部不连通",
    "nested shells": "面中有面",
    "duplicate rings": "环重复",
    "too few points in geometry component": "点数不足",
}


class ShapeError(ChuangtuError):
    """A shape that cannot be taken; the sentence says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon in WGS 84 as GeoJSON text, and a point inside it to write its name at."""

    geojson: str
    longitude: float
    latitude: float


def read_shape(
    geometry: Mapping[str, Any] | shapely.Geometry | None, crs: Crs, *, where: str
) -> Shape:
    """Read one polygon.

    Args:
        geometry: a Polygon or MultiPolygon, as GeoJSON or as read already.
        crs: the system of its coordinates.
        where: what to call it in an error, for people.

    Raises:
        ShapeError: it cannot be taken.
    """
    given = _read(geometry, where)
    if given.geom_type not in ("Polygon", "MultiPolygon"):
        raise _not_an_area(where, given.geom_type)
    if (count := int(shapely.get_num_coordinates(given))) > MOST_POINTS:
        raise ShapeError(
            f"{where}的图形有 {count:,} 个点，至多 {MOST_POINTS:,} 个。请先简化再导入。",
            f"{where}: the shape has {count:,} points; {MOST_POINTS:,} at most are taken."
            " Simplify it first.",
        )
    west, south, east, north = given.bounds
    if given.is_empty or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ShapeError(
            f"{where}的坐标不是经纬度。请先投影到经纬度（先经度后纬度）再导入。",
            f"{where}: its coordinates are not longitude and latitude."
            " Project it to degrees first, longitude before latitude.",
        )
    if not given.is_valid:
        zh, en = _reason(given)
        raise ShapeError(
            f"{where}的图形有误（{zh}）。请在 GIS 软件中修正后再导入。",
            f"{where}: the shape is not valid ({en}). Mend it in a GIS program and import again.",
        )
    turned = _on_grid(shapely.transform(given, lambda points: _turned(points, crs)), where)
    centre = centre_of(turned)
    return Shape(shapely.to_geojson(turned), *centre)


def _read(geometry: Mapping[str, Any] | shapely.Geometry | None, where: str) -> shapely.Geometry:
    if isinstance(geometry, shapely.Geometry):
        return geometry
    kind = (geometry or {}).get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _not_an_area(where, str(kind or ""))
    try:
        return shapely.from_geojson(orjson.dumps(geometry).decode())
    except (shapely.GEOSException, orjson.JSONEncodeError):
        raise _unreadable(where) from None


def _not_an_area(where: str, kind: str) -> ShapeError:
    return ShapeError(
        f"{where}不是面（{kind or '空'}）。请提供 Polygon 或 MultiPolygon。",
        f"{where}: {kind or 'nothing'} is not an area. Give a Polygon or a MultiPolygon.",
    )


def _unreadable(where: str) -> ShapeError:
    return ShapeError(
        f"{where}的坐标读不出来。请检查每个环至少四个点且首尾相同。",
        f"{where}: its coordinates cannot be read."
        " Every ring needs four points or more, the last equal to the first.",
    )


def _reason(shape: shapely.Geometry) -> tuple[str, str]:
    """Why a shape is not valid, and where."""
    what, _, spot = shapely.is_valid_reason(shape).rstrip("]").partition("[")
    there = spot.replace(" ", ", ")
    zh = _REASONS.get(what.casefold(), what)
    return (f"{zh}，在 {there}", f"{what} at {there}") if there else (zh, what)


def features_of(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a file of shapes as features with the properties `code` and `name`."""
    headers = [header.strip().casefold() for header in table.headers]
    columns = {
        property_: next((headers.index(each) for each in spellings if each in headers), None)
        for property_, spellings in _HEADERS.items()
    }
    for row, wkb in zip(table.rows, table.geometries or (), strict=True):
        yield {
            "geometry": shapely.from_wkb(wkb) if wkb else None,
            "properties": {
                name: None if column is None else str(row[column] or "")
                for name, column in columns.items()
            },
        }


def centre_of(shape: shapely.Geometry) -> tuple[float, float]:
    """The middle of a shape, moved inside it where the middle lies outside."""
    middle = shape.centroid
    if not shape.contains(middle):
        middle = shape.representative_point()
    return round(middle.x, 6), round(middle.y, 6)


def _turned(points: np.ndarray, crs: Crs) -> np.ndarray:
    return np.column_stack(convert(points[:, 0], points[:, 1], crs, Crs.WGS84))


def _rounded(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: np.round(points, _DECIMALS))


def _on_grid(shape: shapely.Geometry, where: str) -> shapely.Geometry:
    """The shape with as many decimals as are kept, and still valid.

    What is narrower than the last decimal falls together when it is rounded. A shape that has been
    through here once is not altered again.
    """
    rounded = _rounded(shape)
    if rounded.is_valid:
        return rounded
    if shape.is_valid:
        snapped = _rounded(shapely.set_precision(shape, 10.0**-_DECIMALS))
        if snapped.is_valid and snapped.geom_type in ("Polygon", "MultiPolygon") and snapped.area:
            return snapped
    raise ShapeError(
        f"{where}的图形太小或太窄（不到 1 厘米），保留 {_DECIMALS} 位小数后不再成面。"
        "请检查坐标系和图形。",
        f"{where}: the shape is smaller or narrower than a centimetre and is no area any more with"
        f" {_DECIMALS} decimals. Check its coordinate system and the shape.",
    )
