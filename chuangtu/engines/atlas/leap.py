"""The cells of a tile by kind and permission alone: found by leaps, without reading rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from chuangtu.engines.atlas.kernels import kernels
from chuangtu.engines.atlas.model import OPEN_START, VISIBILITIES, Array, Atlas, Integers, Sorted
from chuangtu.engines.atlas.part import NOTHING
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
    found = _find(atlas, selection, first, last)
    if found.size > most:
        counts = _counted(found, first, last, shift)
        if found.all_count or int(counts.sum()) > most:
            return None, counts
    return _rows(found), None


_Ends = tuple[Integers, Integers]
"""Stretches of sorted codes: where each begins, and where it ends."""
_NO_ENDS = (NOTHING, NOTHING)


@dataclass(frozen=True, eq=False, slots=True)
class _Found:
    """Where the codes asked for stand in their bins.

    Attributes:
        bins: the sorted codes.
        size: rows of all stretches, in force or not.
        whole: stretches of which every row counts.
        dated: stretches of which a row counts if it is in force on the day.
        day: the day asked for; any day where none is, as then no stretch is dated.
    """

    bins: Sorted
    size: int
    whole: _Ends
    dated: _Ends
    day: int

    @property
    def all_count(self) -> bool:
        """Whether no row has to be asked for its days."""
        return not len(self.dated[0])

    def pieces(self) -> list[_Found]:
        """Cut into what one thread counts at a time."""
        if self.size <= _PIECE:
            return [self]
        whole = [replace(self, whole=each, dated=_NO_ENDS) for each in _cut(self.whole)]
        return whole + [replace(self, whole=_NO_ENDS, dated=each) for each in _cut(self.dated)]


def _cut(ends: _Ends) -> Iterator[_Ends]:
    for low, high in zip(*(each.tolist() for each in ends), strict=True):
        for start in range(low, high, _PIECE):
            yield np.array([start]), np.array([min(start + _PIECE, high)])


def _find(atlas: Atlas, selection: Selection, first: int, last: int) -> _Found:
    bins, wanted = atlas.groups.broad, list(range(int(selection.viewer.sees) + 1))
    if selection.kinds:
        bins = atlas.groups.fine
        kinds = [k for k, name in enumerate(atlas.columns.kinds) if name in selection.kinds]
        wanted = [kind * VISIBILITIES + each for kind in kinds for each in wanted]
    half = len(bins.bounds) // 2
    places = np.array([*wanted, *(each + half for each in wanted)], np.int64)
    low, high = np.empty_like(places), np.empty_like(places)
    size = kernels().ends(bins.codes, bins.bounds, places, first, last, low, high)
    if selection.as_of is None:
        return _Found(bins, size, (low, high), _NO_ENDS, OPEN_START)
    whole, dated = slice(len(wanted)), slice(len(wanted), None)
    day = selection.as_of.toordinal()
    return _Found(bins, size, (low[whole], high[whole]), (low[dated], high[dated]), day)


def _counted(found: _Found, first: int, last: int, shift: int) -> Integers:
    def count(piece: _Found) -> Integers:
        counts = np.zeros((last - first) >> shift, np.int64)
        bins, loops = piece.bins, kernels()
        loops.walk(bins.codes, *piece.whole, first, shift, counts)
        if not piece.all_count:
            codes, (low, high) = bins.codes[bins.half :], piece.dated
            days = bins.valid_from, bins.valid_until, piece.day
            loops.cells_in_force(
                codes, *days, low - bins.half, high - bins.half, first, shift, counts
            )
        return counts

    counted = spread(count, found.pieces(), worth=2)
    counts: Integers = counted[0] if len(counted) == 1 else np.sum(counted, axis=0)
    return counts


def _rows(found: _Found) -> Integers:
    bins = found.bins
    rows: list[Array] = [NOTHING, *(bins.rows[each] for each in _slices(found.whole))]
    for each in _slices(found.dated):
        begun, ended = bins.days(each)
        rows.append(bins.rows[each][(begun <= found.day) & (found.day < ended)])
    # Each stretch is sorted already, and a stable sort merges what is.
    merged: Integers = np.sort(np.concatenate(rows), kind="stable")
    return merged


def _slices(ends: _Ends) -> Iterator[slice]:
    for low, high in zip(*(each.tolist() for each in ends), strict=True):
        if low < high:
            yield slice(low, high)
