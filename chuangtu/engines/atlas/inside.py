"""Whether positions lie in an area, asked of the degrees as given."""

from __future__ import annotations

from functools import lru_cache
from threading import get_ident
from typing import Any

import numpy as np
import shapely

from chuangtu.engines.atlas.crossings import crossings
from chuangtu.engines.atlas.model import Bools, Drawn, Floats, Shape
from chuangtu.terms.errors import ParameterError
from chuangtu.terms.place import Box, Circle, Polygon

RADIUS_M = 6_371_008.8
"""The sphere of `terms.place.Circle`."""
MOST_CROSSINGS = 200
"""Of a drawn ring with itself. GEOS needs 0.02 s for so many, and minutes for what a thousand
corners at random make."""


def inside(area: Drawn, longitude: Floats, latitude: Floats) -> Bools:
    """Say for each position whether the area holds it; edges belong to the area.

    Args:
        area: a box, a circle, a drawn ring or a shape. A ring that crosses itself is taken as
            the parts an even-odd filling would colour.
        longitude: degrees, WGS 84; NaN is in no area.
        latitude: degrees, WGS 84.

    Returns:
        True for each position inside or on the edge.

    Raises:
        ParameterError: a drawn ring meets itself more than `MOST_CROSSINGS` times.

    >>> inside(Box(121, 31, 122, 32), np.array([121.0, 123.0]), np.array([31.5, 31.5])).tolist()
    [True, False]
    """
    if isinstance(area, Box):
        return (
            (longitude >= area.west)
            & (longitude <= area.east)
            & (latitude >= area.south)
            & (latitude <= area.north)
        )
    if isinstance(area, Circle):
        return distance_m(area, longitude, latitude) <= area.radius_m
    found: Bools = shapely.intersects_xy(shape(area), longitude, latitude)
    return found


def shape(area: Polygon | Shape) -> Any:
    """Give the area as a prepared, valid geometry that is the calling thread's alone.

    GEOS keeps the state of a question inside the prepared geometry it asks: two threads that
    share one end the process. https://libgeos.org/usage/c_api/ (thread safety)
    """
    return _prepared(area, get_ident())


@lru_cache(maxsize=128)
def _prepared(area: Polygon | Shape, _thread: int) -> Any:
    drawn = shapely.from_wkb(area.wkb) if isinstance(area, Shape) else _drawn(area)
    shapely.prepare(drawn)
    return drawn


def _drawn(area: Polygon) -> Any:
    drawn = shapely.Polygon(area.ring)
    if drawn.is_valid:
        return drawn
    count = crossings(np.array(area.ring, np.float64))
    if count > MOST_CROSSINGS:
        raise ParameterError(
            "polygon",
            f"多边形的边自己相交 {count} 次，最多 {MOST_CROSSINGS} 次。"
            "请沿外围重新画，或用几个小区域。",
            f"The edges of the polygon cross one another {count} times; at most {MOST_CROSSINGS}"
            " are taken. Draw it again along its outside, or use several smaller ones.",
        )
    return shapely.make_valid(drawn)


def distance_m(area: Circle, longitude: Floats, latitude: Floats) -> Floats:
    """Metres from the centre: haversine, which keeps its digits at short distances."""
    north, centre = np.radians(latitude), np.radians(area.latitude)
    half_lat = np.sin((north - centre) / 2.0)
    half_lon = np.sin(np.radians(longitude - area.longitude) / 2.0)
    chord = half_lat * half_lat + np.cos(north) * np.cos(centre) * half_lon * half_lon
    metres: Floats = 2.0 * RADIUS_M * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return metres
