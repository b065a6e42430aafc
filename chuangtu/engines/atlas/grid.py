"""How densely the records of a Selection lie: counts by square of the web map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.model import BITS, Chosen, Floats, Hits, Integers, View
from chuangtu.engines.atlas.part import parts
from chuangtu.engines.atlas.scan import Block, scan
from chuangtu.engines.atlas.uninterleave import uninterleave
from chuangtu.terms.errors import ParameterError
from chuangtu.terms.selection import Selection

FINEST = 25
"""The finest zoom of a square: 1.2 m a side on the equator."""
MOST_SQUARES = 200_000
"""Squares of one answer at most."""


@dataclass(frozen=True, eq=False, slots=True)
class Squares:
    """Squares that hold records, along the curve: where they are and how many they hold.

    `column` and `row` count from the west and the north; `bounds` are west, south, east, north
    in degrees, WGS 84, one line a square.
    """

    column: Integers
    row: Integers
    counts: Integers
    bounds: Floats


def grid(
    view: View,
    selection: Selection,
    zoom: int,
    *,
    hits: Hits | None = None,
    chosen: Chosen | None = None,
) -> Squares:
    """Count the records of a Selection by square of a zoom.

    Args:
        view: base and overlay.
        selection: what is asked; give it a box to count only there.
        zoom: the map has 2**zoom squares a side, as it has tiles.
        hits: what the Selection's words match.
        chosen: the answer of `select`, if at hand.

    Returns:
        Every square with a record; the counts sum to the records that have a position.

    Raises:
        ParameterError: the zoom is not 0 to 25, or more than `MOST_SQUARES` hold records.
    """
    if not 0 <= zoom <= FINEST:
        raise ParameterError(
            "zoom",
            f"网格级别 {zoom} 不在 0 至 {FINEST} 之间。请改用这一范围内的级别。",
            f"Zoom {zoom} is not between 0 and {FINEST}. Choose one in that range.",
        )
    shift = np.uint64(2 * (BITS - zoom))

    def work(block: Block) -> tuple[Integers, Integers]:
        cells = (block.columns.codes[block.rows()] >> shift).astype(np.int64)
        # Along the curve equal squares stand together: count where they change.
        first = np.flatnonzero(np.diff(cells, prepend=-1))
        return cells[first], np.diff(first, append=len(cells))

    found = [
        squares
        for part in parts(view, selection, hits, chosen)
        for squares in scan(part, selection, 0, part.columns.located, work)
    ]
    nothing = np.empty(0, np.int64)
    cells = np.concatenate([nothing, *(cells for cells, _ in found)])
    cells, counts = _summed(cells, np.concatenate([nothing, *(counts for _, counts in found)]))
    if len(cells) > MOST_SQUARES:
        raise ParameterError(
            "zoom",
            f"级别 {zoom} 的网格有 {len(cells)} 格，最多 {MOST_SQUARES} 格。请缩小范围或降级。",
            f"Zoom {zoom} gives {len(cells)} squares; at most {MOST_SQUARES} are given. "
            "Narrow the area or choose a lower zoom.",
        )
    column, row = uninterleave(cells.astype(np.uint64))
    return Squares(column, row, counts, _bounds(column, row, zoom))


def _summed(cells: Integers, counts: Integers) -> tuple[Integers, Integers]:
    distinct, place = np.unique(cells, return_inverse=True)
    summed = np.zeros(len(distinct), np.int64)
    np.add.at(summed, place, counts)
    return distinct, summed


def _bounds(column: Integers, row: Integers, zoom: int) -> Floats:
    side = 1 << zoom
    edges = [np.array([0, 1]) + each[:, None] for each in (column, row)]
    degrees = edges[0] / side * 360.0 - 180.0
    north = np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * edges[1] / side))))
    return np.stack([degrees[:, 0], north[:, 1], degrees[:, 1], north[:, 0]], axis=1)
