"""Which tiles and which Selections are measured: drawn from the records, from a seed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from benchmarks.atlas_records import AREAS, FACETS, KINDS
from chuangtu.engines.atlas.address import Address
from chuangtu.engines.atlas.model import Atlas
from chuangtu.engines.atlas.uninterleave import uninterleave
from chuangtu.terms.place import Box, Circle, NamedArea, Polygon
from chuangtu.terms.selection import Range, Selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR

TODAY = date(2026, 1, 1)
ZOOMS = range(15)
EVERYTHING = Selection(viewer=ADMINISTRATOR)
THREE_KINDS = Selection(kinds=(KINDS[0], KINDS[3], KINDS[8]), viewer=ADMINISTRATOR)
VISITOR_TODAY = Selection(as_of=TODAY)
EIGHT_KINDS_TODAY = Selection(kinds=KINDS[:8], as_of=TODAY, viewer=OFFICER)


def addresses(atlas: Atlas, zoom: int, most: int, chance: np.random.Generator) -> list[Address]:
    """Tiles around records taken at random: crowded places come first, as on a screen."""
    rows = chance.integers(0, atlas.columns.located, most * 3)
    codes = np.unique(atlas.columns.codes[np.sort(rows)] >> np.uint64(2 * (28 - zoom)))
    return [_address(zoom, each) for each in chance.permutation(codes)[:most].tolist()]


def any_tiles(atlas: Atlas, zoom: int, most: int, chance: np.random.Generator) -> list[Address]:
    """Tiles taken evenly among all that hold a record: nearly empty ones as they are met."""
    codes = np.unique(atlas.columns.codes[: atlas.columns.located] >> np.uint64(2 * (28 - zoom)))
    return [_address(zoom, each) for each in chance.permutation(codes)[:most].tolist()]


def _address(zoom: int, code: int) -> Address:
    column, row = uninterleave(np.array([code], np.uint64))
    return Address(zoom, int(column[0]), int(row[0]))


def three_filters(chance: np.random.Generator) -> Selection:
    """Three attribute filters beside permission and day."""
    names = chance.choice(list(FACETS), 3, replace=False)
    return Selection(
        facets={str(name): some_values(str(name), chance) for name in names}, as_of=TODAY
    )


def some_values(name: str, chance: np.random.Generator) -> tuple[str, ...]:
    """A few values or most of them: both are asked."""
    size = FACETS[name]
    many = max(int((size - 1) * chance.choice([0.15, 0.3, 0.6, 0.9])), 1)
    codes = chance.choice(np.arange(1, size), min(many, 500), replace=False)
    return tuple(f"{name}-{code:04}" for code in codes)


def any_selection(chance: np.random.Generator) -> Selection:
    """A Selection of any make: each part is there or not, by lot."""
    facets = {n: some_values(n, chance) for n in FACETS if chance.random() < 0.2}
    kinds = tuple(chance.choice(KINDS, int(chance.integers(1, 9)), replace=False))
    low = Decimal(int(chance.integers(0, 1_000)))
    ranges = {"area_sqm": Range(low, low + Decimal("5000.5"))}
    areas = (an_area(chance),) if chance.random() < 0.4 else ()
    return Selection(
        kinds=tuple(str(kind) for kind in kinds) if chance.random() < 0.3 else (),
        facets=facets,
        ranges=ranges if chance.random() < 0.2 else {},
        areas=areas,
        as_of=TODAY if chance.random() < 0.8 else None,
        viewer=(VISITOR, OFFICER, ADMINISTRATOR)[int(chance.integers(3))],
    )


def an_area(chance: np.random.Generator) -> Box | Circle | Polygon | NamedArea:
    """A box, circle, star-shaped ring or named area, from a street to half a country."""
    x, y = float(chance.uniform(100, 122)), float(chance.uniform(22, 40))
    size = float(chance.choice([0.05, 0.5, 5.0, 15.0]))
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = size * chance.uniform(0.4, 1.0, 24)
    ring = zip(x + reach * np.cos(turns), y + reach * np.sin(turns), strict=True)
    made = (
        Box(x - size, y - size, x + size, y + size),
        Circle(x, y, min(size * 60_000, 900_000)),
        Polygon(tuple((float(lon), float(lat)) for lon, lat in ring)),
        NamedArea(f"area-{int(chance.integers(1, AREAS)):04}"),
    )
    return made[int(chance.integers(4))]
