"""The records of a stretch of the curve: counted by cell, or one by one where they are few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.address import GRID_BITS, Address
from chuangtu.engines.atlas.encode import Marks
from chuangtu.engines.atlas.forecast import is_plain
from chuangtu.engines.atlas.leap import leap
from chuangtu.engines.atlas.model import (
    BITS,
    VISIBILITIES,
    Chosen,
    Codes,
    Hits,
    Integers,
    View,
)
from chuangtu.engines.atlas.part import NOTHING, Part, parts
from chuangtu.engines.atlas.scan import Block, scan
from chuangtu.terms.selection import Selection


@dataclass(frozen=True, eq=False, slots=True)
class Points:
    """Records one by one: base first, each part in Morton order."""

    codes: Codes
    marks: Marks


@dataclass(frozen=True, eq=False, slots=True)
class Cells:
    """Records by cell of the tile's grid in Morton order; and one by one, if few."""

    counts: Integers
    points: Points | None


def cells(
    view: View,
    selection: Selection,
    address: Address,
    *,
    most: int,
    hits: Hits | None = None,
    chosen: Chosen | None = None,
) -> Cells:
    """Count the records of a tile by cell of its 128 × 128 grid.

    Args:
        view: base and overlay.
        selection: what is asked.
        address: which tile.
        most: up to so many records are also given one by one.
        hits: what the Selection's words match.
        chosen: the answer of `select`, if at hand.

    Returns:
        The exact counts; the points as well when they are not more than `most`.
    """
    counts = np.zeros(1 << 2 * GRID_BITS, np.int64)
    found: list[tuple[Part, Integers]] = []
    total = 0
    for part in parts(view, selection, hits, chosen):
        more, rows = _part(part, selection, address, most)
        counts += more
        found.append((part, rows))
    total = int(counts.sum())
    return Cells(counts, _points(found) if total <= most else None)


def _part(
    part: Part, selection: Selection, address: Address, most: int
) -> tuple[Integers, Integers]:
    first, last = address.span
    shift = 2 * (BITS - address.zoom - GRID_BITS)
    low, high = np.searchsorted(part.columns.codes, np.array([first, last], np.uint64))
    counts = np.zeros(1 << 2 * GRID_BITS, np.int64)

    def scanned(some: Part, few: int) -> tuple[Integers, Integers]:
        def work(block: Block) -> tuple[Integers, Integers]:
            out, rows = np.zeros(len(counts), np.int64), block.rows()
            block.loops.cells(block.columns.codes, rows, first, shift, out)
            return out, rows if len(rows) <= few else NOTHING

        found = scan(some, selection, int(low), int(high), work)
        rows = [rows for _, rows in found]
        return sum((out for out, _ in found), counts), np.concatenate([NOTHING, *rows])

    if part.atlas is None or part.hits is not None or not is_plain(selection):
        return scanned(part, most)
    # Rows that the overlay replaced are counted by the leap: take as many more, and them away.
    gone = scanned(Part(part.columns, None, NOTHING, hits=part.gone), len(part.gone))
    leapt = leap(part.atlas, selection, first, last, shift, most + len(gone[1]))
    return leapt[0] - gone[0], np.setdiff1d(leapt[1], gone[1], assume_unique=True)


def _points(found: list[tuple[Part, Integers]]) -> Points:
    names = tuple(sorted({name for part, _ in found for name in part.columns.kinds}))
    codes, ids, kinds = [], [], []
    for part, rows in found:
        place = np.array([names.index(each) for each in part.columns.kinds], np.int64)
        codes.append(part.columns.codes[rows])
        ids.append(part.columns.ids[rows])
        kinds.append(place[part.columns.group[rows] // VISIBILITIES])
    marks = Marks(np.concatenate(ids), names, np.concatenate(kinds))
    return Points(np.concatenate(codes), marks)
