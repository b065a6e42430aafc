"""The records of a stretch of the curve: counted by cell, or one by one where they are few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.address import GRID_BITS, Address
from chuangtu.engines.atlas.encode import Marks
from chuangtu.engines.atlas.forecast import is_plain
from chuangtu.engines.atlas.kernels import kernels
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


def cells(
    view: View,
    selection: Selection,
    address: Address,
    *,
    most: int,
    hits: Hits | None = None,
    chosen: Chosen | None = None,
) -> Points | Integers:
    """Count the records of a tile by cell of its 128 × 128 grid, or give them one by one.

    Args:
        view: base and overlay.
        selection: what is asked.
        address: which tile.
        most: up to so many records are given one by one.
        hits: what the Selection's words match.
        chosen: the answer of `select`, if at hand.

    Returns:
        The points when they are not more than `most`; else the exact counts, by cell in Morton
        order.
    """
    place = _Place(*address.span, 2 * (BITS - address.zoom - GRID_BITS))
    held = parts(view, selection, hits, chosen)
    found = [(part, *_part(part, selection, place, most)) for part in held]
    rows = [(part, few) for part, few, _ in found if few is not None]
    if len(rows) == len(held) and sum(len(few) for _, few in rows) <= most:
        return _points(rows)
    whole = [many for _, _, many in found if many is not None]
    counts = sum(whole[1:], whole[0]) if whole else np.zeros(1 << 2 * GRID_BITS, np.int64)
    for part, few in rows:
        kernels().cells(part.columns.codes, few, place.first, place.shift, counts)
    return counts


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of the curve, and the bits of a code inside a cell."""

    first: int
    last: int
    shift: int


_Found = tuple[Integers | None, Integers | None]
"""The rows, if few; else the counts by cell."""


def _part(part: Part, selection: Selection, place: _Place, most: int) -> _Found:
    if part.atlas is None or part.is_narrowed or not is_plain(selection):
        return _scanned(part, selection, place, most)
    first, last, shift = place.first, place.last, place.shift
    if not len(part.gone):
        return leap(part.atlas, selection, first, last, shift, most)
    # Rows that the overlay replaced are found by the leap: allow for them, and take them away.
    replaced = Part(part.columns, None, NOTHING, hits=part.gone)
    gone, _ = _scanned(replaced, selection, place, len(part.gone))
    gone = NOTHING if gone is None else gone
    few, many = leap(part.atlas, selection, first, last, shift, most + len(gone))
    if many is not None:
        away = np.zeros(len(many), np.int64)
        kernels().cells(part.columns.codes, gone, first, shift, away)
        many = many - away
    if few is not None:
        few = np.setdiff1d(few, gone, assume_unique=True)
    return few, many


def _scanned(part: Part, selection: Selection, place: _Place, most: int) -> _Found:
    codes = part.columns.codes
    ends = np.array([place.first, place.last], np.uint64)
    low, high = (int(each) for each in codes.searchsorted(ends))
    counting = high - low > most

    def work(block: Block) -> tuple[Integers, Integers]:
        out, rows = np.zeros(1 << 2 * GRID_BITS if counting else 0, np.int64), block.rows()
        if counting:
            block.loops.cells(codes, rows, place.first, place.shift, out)
        return out, rows if len(rows) <= most else NOTHING

    found = scan(part, selection, low, high, work)
    counts = np.sum([out for out, _ in found], axis=0) if counting and found else NOTHING
    if int(counts.sum()) > most:
        return None, counts
    return np.concatenate([NOTHING, *(rows for _, rows in found)]), None


def _points(found: list[tuple[Part, Integers]]) -> Points:
    names = found[0][0].columns.kinds
    codes, ids, kinds = [], [], []
    for part, rows in found:
        kind = part.columns.group[rows] // np.uint8(VISIBILITIES)
        if part.columns.kinds != names:
            names += tuple(each for each in part.columns.kinds if each not in names)
            kind = np.array([names.index(each) for each in part.columns.kinds])[kind]
        codes.append(part.columns.codes[rows])
        ids.append(part.columns.ids[rows])
        kinds.append(kind.astype(np.int64))
    marks = Marks(np.concatenate(ids), names, np.concatenate(kinds))
    return Points(np.concatenate(codes), marks)
