"""Cells of the curve that an area holds or touches, so that few positions need a test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from chuangtu.engines.atlas.inside import RADIUS_M, distance_m, shape
from chuangtu.engines.atlas.interleave import interleave
from chuangtu.engines.atlas.model import BITS, Array, Bools, Codes, Drawn, Floats, Integers
from chuangtu.terms.place import Box, Circle

_MOST_CELLS = 400
"""Border cells are cut no finer once there are this many."""
_MARGIN = 2.0
"""Units of 2**-28 by which a cell is widened: more than rounding moves a position."""


@dataclass(frozen=True, eq=False, slots=True)
class Cover:
    """Ascending stretches of the curve, `last` excluded; `whole` when all of it is inside."""

    first: Codes
    last: Codes
    whole: Bools


@lru_cache(maxsize=128)
def cover(area: Drawn) -> Cover:
    """Cut an area into stretches of the curve that lie inside it and stretches to be tested.

    Args:
        area: a box, a circle, a drawn ring or a shape.

    Returns:
        Stretches that together hold every position of the area. A position in a `whole` stretch
        is in the area; one in another stretch has to be asked with `inside`.
    """
    x, y = np.zeros(1, np.int64), np.zeros(1, np.int64)
    found: list[tuple[Integers, Integers, int, bool]] = []
    zoom = 0
    while True:
        within, touching = _classify(area, x, y, zoom)
        found.append((x[within], y[within], zoom, True))
        border = touching & ~within
        x, y = x[border], y[border]
        if zoom == BITS or len(x) > _MOST_CELLS or not len(x):
            found.append((x, y, zoom, False))
            return _stretches(found)
        x = (2 * x[:, None] + np.array([0, 1, 0, 1])).ravel()
        y = (2 * y[:, None] + np.array([0, 0, 1, 1])).ravel()
        zoom += 1


def _stretches(found: list[tuple[Integers, Integers, int, bool]]) -> Cover:
    firsts, lasts, wholes = [], [], []
    for x, y, zoom, whole in found:
        shift = np.uint64(2 * (BITS - zoom))
        index = interleave(x, y)
        firsts.append(index << shift)
        lasts.append((index + np.uint64(1)) << shift)
        wholes.append(np.full(len(x), whole))
    first = np.concatenate(firsts)
    order = np.argsort(first)
    return Cover(first[order], np.concatenate(lasts)[order], np.concatenate(wholes)[order])


def _classify(area: Drawn, x: Integers, y: Integers, zoom: int) -> tuple[Bools, Bools]:
    """Say which cells are surely inside, and which may touch the area."""
    west, south, east, north = _bounds(x, y, zoom)
    if isinstance(area, Box):
        within = (
            (west >= area.west)
            & (east <= area.east)
            & (south >= area.south)
            & (north <= area.north)
        )
        touching = (
            (west <= area.east)
            & (east >= area.west)
            & (south <= area.north)
            & (north >= area.south)
        )
        return within, touching
    if isinstance(area, Circle):
        return _classify_circle(area, west, south, east, north)
    cells = shapely.box(west, south, east, north)
    touching = shapely.intersects(shape(area), cells)
    within = touching.copy()
    within[touching] = shapely.contains_properly(shape(area), cells[touching])
    return within, touching


def _bounds(x: Integers, y: Integers, zoom: int) -> tuple[Floats, Floats, Floats, Floats]:
    size, margin = 1.0 / (1 << zoom), _MARGIN / (1 << BITS)
    west: Array = (x * size - margin) * 360.0 - 180.0
    east: Array = ((x + 1) * size + margin) * 360.0 - 180.0
    north, south = _latitude(y * size - margin), _latitude((y + 1) * size + margin)
    # Positions past the map's edge stand in its first and last row.
    north[y == 0] = 90.0
    south[y == (1 << zoom) - 1] = -90.0
    return west, south, east, north


def _latitude(across: Array) -> Floats:
    degrees: Floats = np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * across))))
    return degrees


def _classify_circle(
    area: Circle, west: Floats, south: Floats, east: Floats, north: Floats
) -> tuple[Bools, Bools]:
    middle_lat = (south + north) / 2.0
    # From a cell's middle go along the meridian, then along the parallel: nothing is farther.
    nearest = np.where((south <= 0) & (north >= 0), 0.0, np.minimum(abs(south), abs(north)))
    across = np.radians(east - west) / 2.0 * np.cos(np.radians(nearest))
    reach = RADIUS_M * (np.radians(north - south) / 2.0 + across) + 0.01
    away = distance_m(area, (west + east) / 2.0, middle_lat)
    return away + reach <= area.radius_m, away - reach <= area.radius_m
