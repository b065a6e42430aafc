"""Positions strictly inside a district, gathered around its towns and zones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from chuangtu.engines.sample.model import Floats, Ground, Ints

# About 120 m cells for a district: what the cells at the edge lose is not seen.
_CELLS = 256
_ROUNDS = 4
# One standard deviation, in degrees of latitude: zones are denser than towns.
_ZONE_SPREAD, _TOWN_SPREAD = 0.0065, 0.013
_IN_ZONES, _IN_TOWNS = 0.45, 0.45


@dataclass(frozen=True)
class Scattered:
    """Positions with the town of each (index into the ground's) and its zone (-1 for none)."""

    longitude: Floats
    latitude: Floats
    town: Ints
    zone: Ints


@dataclass(frozen=True)
class _Mask:
    """A grid over the ground: which cells lie wholly inside, and the nearest town of each."""

    west: float
    south: float
    width: float
    height: float
    inside: NDArray[np.bool_]
    town: NDArray[np.int64]
    cells: NDArray[np.int64]


def scatter(ground: Ground, count: int, rng: np.random.Generator) -> Scattered:
    """Draw positions: 45 % around zones, 45 % around towns, the rest anywhere.

    Where the ground has no zones their share goes to the towns. Every position is inside the
    boundary; its town is the nearest one.
    """
    mask = _mask(ground)
    centres_x, centres_y, chances, spreads = _centres(ground)
    centre = rng.choice(len(chances), size=count, p=chances)
    x, y = np.empty(count), np.empty(count)
    left = np.arange(count)
    for _ in range(_ROUNDS):
        at = centre[left]
        x[left] = centres_x[at] + rng.standard_normal(len(left)) * spreads[at] * 1.16
        y[left] = centres_y[at] + rng.standard_normal(len(left)) * spreads[at]
        left = left[~_is_inside(mask, x[left], y[left])]
    # What never fell inside, and what belongs nowhere in particular, goes anywhere inside.
    anywhere = np.union1d(left, np.flatnonzero(centre == len(chances) - 1))
    cell = rng.choice(mask.cells, size=len(anywhere))
    x[anywhere] = mask.west + (cell % _CELLS + rng.random(len(anywhere))) * mask.width
    y[anywhere] = mask.south + (cell // _CELLS + rng.random(len(anywhere))) * mask.height
    zone = np.where(centre < len(ground.zones), centre, -1)
    zone[anywhere] = -1
    return Scattered(x, y, mask.town[_cell(mask, x, y)], zone)


def _centres(ground: Ground) -> tuple[Floats, Floats, Floats, Floats]:
    """Zones, then towns, then the last one for anywhere: place, chance and spread of each."""
    zones, towns = ground.zones, ground.towns
    zone_weights = np.array([each.weight for each in zones])
    town_weights = np.array([each.weight for each in towns])
    in_zones = _IN_ZONES if zones else 0.0
    in_towns = _IN_ZONES + _IN_TOWNS - in_zones
    chances = np.concatenate(
        [
            zone_weights / zone_weights.sum() * in_zones if zones else zone_weights,
            town_weights / town_weights.sum() * in_towns,
            [1 - in_zones - in_towns],
        ]
    )
    places = [(each.longitude, each.latitude) for each in zones]
    places += [(each.longitude, each.latitude) for each in (*towns, towns[0])]
    x, y = np.array(places).T
    spreads = np.repeat([_ZONE_SPREAD, _TOWN_SPREAD], [len(zones), len(towns) + 1])
    return x, y, chances / chances.sum(), spreads


@lru_cache(maxsize=4)
def _mask(ground: Ground) -> _Mask:
    boundary = shapely.from_geojson(ground.boundary)
    shapely.prepare(boundary)
    west, south, east, north = boundary.bounds
    width, height = (east - west) / _CELLS, (north - south) / _CELLS
    column, row = np.meshgrid(np.arange(_CELLS), np.arange(_CELLS))
    x, y = west + column.ravel() * width, south + row.ravel() * height
    boxes = shapely.box(x, y, x + width, y + height)
    inside = shapely.contains_properly(boundary, boxes)
    middle_x, middle_y = x + width / 2, y + height / 2
    shrink = np.cos(np.radians((south + north) / 2))
    distance = [
        ((middle_x - each.longitude) * shrink) ** 2 + (middle_y - each.latitude) ** 2
        for each in ground.towns
    ]
    return _Mask(
        west, south, width, height, inside, np.argmin(distance, axis=0), np.flatnonzero(inside)
    )


def _cell(mask: _Mask, x: Floats, y: Floats) -> NDArray[np.int64]:
    column = np.clip(((x - mask.west) / mask.width).astype(np.int64), 0, _CELLS - 1)
    row = np.clip(((y - mask.south) / mask.height).astype(np.int64), 0, _CELLS - 1)
    cell: NDArray[np.int64] = row * _CELLS + column
    return cell


def _is_inside(mask: _Mask, x: Floats, y: Floats) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = mask.inside[_cell(mask, x, y)]
    # Outside the grid, cells are clipped to its rim, which is never wholly inside.
    return found
