"""The cells of a tile by kind and permission alone: found by leaps, without reading rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chuangtu.engines.atlas.kernels import kernels
from chuangtu.engines.atlas.model import VISIBILITIES, Atlas, Integers, Sorted
from chuangtu.engines.atlas.spread import spread
from chuangtu.terms.selection import Selection

_PIECE = 1 << 20
"""Rows of a bin counted by one thread at a time."""


def leap(
    atlas: Atlas, selection: Selection, first: int, last: int, shift: int, most: int
) -> tuple[Integers | None, Integers | None]:
    """Find the base's records between two codes, or count them by cell.

    Args:
        atlas: the base; what its overlay replaces is still counted.
        selection: kinds, a day and a viewer; nothing else is looked at.
        first: the first code.
        last: the first code no longer counted.
        shift: bits of a code inside a cell.
        most: up to so many records are given as rows.

    Returns:
        The rows, ascending, and `None`; or `None` and the counts by cell.
    """
    stretches = list(_stretches(atlas, selection, first, last))
    if sum(stop - start for _, start, stop, _ in stretches) > most:
        counts = _counts(stretches, selection, first, last, shift)
        if int(counts.sum()) > most:
            return None, counts
    rows = [_rows(each, selection) for each in stretches]
    return np.sort(np.concatenate([np.empty(0, np.int64), *rows])), None


def _counts(
    stretches: list[_Stretch], selection: Selection, first: int, last: int, shift: int
) -> Integers:
    size = (last - first) >> shift

    def count(stretch: _Stretch) -> Integers:
        counts = np.zeros(size, np.int64)
        _count(stretch, selection, first, shift, counts)
        return counts

    pieces = [piece for each in stretches for piece in _pieces(each)]
    big = sum(stop - start for _, start, stop, _ in pieces) > _PIECE
    counted = spread(count, pieces, worth=2 if big else len(pieces) + 1)
    counts: Integers = np.sum(counted, axis=0)
    return counts


_Stretch = tuple[Sorted, int, int, bool]
"""Sorted codes, from where to where, and whether all of them count."""


def _stretches(atlas: Atlas, selection: Selection, first: int, last: int) -> Iterator[_Stretch]:
    half = VISIBILITIES
    bins = atlas.groups.broad
    wanted = list(range(int(selection.viewer.sees) + 1))
    if selection.kinds:
        half, bins = len(atlas.columns.kinds) * VISIBILITIES, atlas.groups.fine
        kinds = [k for k, name in enumerate(atlas.columns.kinds) if name in selection.kinds]
        wanted = [kind * VISIBILITIES + each for kind in kinds for each in wanted]
    ends = np.array([first, last], np.uint64)
    for place in (*wanted, *(each + half for each in wanted)):
        start, stop = int(bins.bounds[place]), int(bins.bounds[place + 1])
        low, high = (int(each) for each in bins.codes[start:stop].searchsorted(ends))
        if high > low:
            yield bins, start + low, start + high, place < half or selection.as_of is None


def _pieces(stretch: _Stretch) -> Iterator[_Stretch]:
    bins, start, stop, whole = stretch
    for each in range(start, stop, _PIECE):
        yield bins, each, min(each + _PIECE, stop), whole


def _count(
    stretch: _Stretch, selection: Selection, first: int, shift: int, counts: Integers
) -> None:
    bins, start, stop, whole = stretch
    codes = bins.codes[start:stop]
    if whole or selection.as_of is None:
        kernels().walk(codes, first, shift, counts)
        return
    begun, ended = bins.days(start, stop)
    day = selection.as_of.toordinal()
    kernels().cells_in_force(codes, begun, ended, day, first, shift, counts)


def _rows(stretch: _Stretch, selection: Selection) -> Integers:
    bins, start, stop, whole = stretch
    rows = bins.rows[start:stop].astype(np.int64)
    if whole or selection.as_of is None:
        return rows
    begun, ended = bins.days(start, stop)
    day = selection.as_of.toordinal()
    return rows[(begun <= day) & (day < ended)]
