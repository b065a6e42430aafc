"""One tile of the map: counts on a grid, or the records themselves where they are few."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.address import GRID_BITS, Address
from chuangtu.engines.atlas.cells import Points, cells
from chuangtu.engines.atlas.encode import EXTENT, encode
from chuangtu.engines.atlas.model import BITS, Chosen, Codes, Hits, Integers, View
from chuangtu.engines.atlas.uninterleave import uninterleave
from chuangtu.terms.selection import Selection

POINTS_FROM_ZOOM = 12
"""From this zoom on a tile shows up to `MOST_POINTS` records one by one."""
MOST_POINTS = 8_000
"""Points of a tile at most: a point takes under 50 bytes, a tile stays under 500 kB."""
FEW_POINTS = 500
"""Points of a tile of a lower zoom: so few are shown one by one at any zoom."""


def tile(
    view: View,
    selection: Selection,
    address: Address,
    *,
    hits: Hits | None = None,
    chosen: Chosen | None = None,
) -> bytes:
    """Write the tile of a Selection.

    A record stands in the one tile and cell its Morton code names; nothing is repeated at the
    edges. So the counts of four children sum to their parent's, and those of a zoom to the
    records that have a position.

    Args:
        view: base and overlay.
        selection: what is asked.
        address: which tile.
        hits: what the Selection's words match.
        chosen: the answer of `select`, if at hand.

    Returns:
        A Mapbox Vector Tile, empty for no record. Either layer `points`, each feature with `id`,
        `kind` and a `count` of 1, or layer `grid`: one point in the middle of each of 128 × 128
        cells with records, with their `count`. At the deepest zoom a crowded cell stays a
        feature with its count; its records are listed by a box around it.
    """
    found = cells(
        view, selection, address, most=most_points(address.zoom), hits=hits, chosen=chosen
    )
    if isinstance(found, Points):
        x, y = _within(found.codes, address)
        return encode("points", x, y, np.ones(len(x), np.int64), found.marks)
    filled = np.flatnonzero(found)
    x, y = _cell_middles(filled)
    return encode("grid", x, y, found[filled], None)


def most_points(zoom: int) -> int:
    """Say how many records a tile of this zoom shows one by one at most."""
    return MOST_POINTS if zoom >= POINTS_FROM_ZOOM else FEW_POINTS


def _cell_middles(filled: Integers) -> tuple[Integers, Integers]:
    x, y = uninterleave(filled.astype(np.uint64))
    size = EXTENT >> GRID_BITS
    return x * size + size // 2, y * size + size // 2


def _within(codes: Codes, address: Address) -> tuple[Integers, Integers]:
    """Whole units inside the tile; deeper than the code knows, units are left out evenly."""
    x, y = uninterleave(codes)
    side = BITS - address.zoom
    low = (1 << side) - 1
    return _scaled(x & low, side), _scaled(y & low, side)


def _scaled(units: Integers, side: int) -> Integers:
    bits = EXTENT.bit_length() - 1
    return units >> (side - bits) if side >= bits else units << (bits - side)
