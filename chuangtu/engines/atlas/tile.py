"""One tile of the map: counts on a grid, or the records themselves where they are few."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.address import Address
from chuangtu.engines.atlas.cells import Points, cells
from chuangtu.engines.atlas.encode import encode
from chuangtu.engines.atlas.kernels import kernels
from chuangtu.engines.atlas.model import Chosen, Hits, View
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
        x, y = np.empty((2, len(found.codes)), np.int64)
        kernels().place(found.codes, address.zoom, x, y)
        return encode("points", x, y, found.marks)
    x, y, counts = np.empty((3, len(found)), np.int64)
    filled = kernels().fill(found, x, y, counts)
    return encode("grid", x[:filled], y[:filled], counts[:filled])


def most_points(zoom: int) -> int:
    """Say how many records a tile of this zoom shows one by one at most."""
    return MOST_POINTS if zoom >= POINTS_FROM_ZOOM else FEW_POINTS
