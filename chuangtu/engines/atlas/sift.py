"""Mark which of some rows a Selection chooses."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.kernels import Kernels
from chuangtu.engines.atlas.model import FAILED, Bools, Bytes, Integers, Places
from chuangtu.engines.atlas.part import Part
from chuangtu.engines.atlas.plan import Plan

_SMALL = 4096
"""Fewer rows are never thinned out: it would take longer than marking them."""
_THIN = 8
"""Once fewer than one row in this many is left, only the rows left are marked further."""


def sift(
    part: Part, asked: Plan, places: Places, mask: Bools | None, loops: Kernels
) -> tuple[Places, Bytes]:
    """Mark which rows pass.

    Args:
        part: base or overlay.
        asked: the conditions.
        places: the rows.
        mask: which of the rows the drawn areas hold; `None` for all.
        loops: the inner loops.

    Returns:
        The rows with a miss byte each; rows that failed for good may be left out.
    """
    size = places.stop - places.start if isinstance(places, slice) else len(places)
    if part.miss is not None and isinstance(places, slice):
        return places, part.miss[places]
    miss = np.zeros(size, np.uint8)
    if part.rows is not None:
        return places, miss
    if mask is not None:
        miss[~mask] = FAILED
    _drop_gone(part.gone, places, miss)
    for each in asked.conditions:
        each.mark(places, miss, loops)
        if len(miss) > _SMALL:
            places, miss = _thinned(places, miss)
    return places, miss


def _thinned(places: Places, miss: Bytes) -> tuple[Places, Bytes]:
    left = miss != FAILED
    if np.count_nonzero(left) * _THIN > len(miss):
        return places, miss
    found: Integers = np.flatnonzero(left)
    rows = found + places.start if isinstance(places, slice) else places[found]
    return rows, miss[found]


def _drop_gone(gone: Integers, places: Places, miss: Bytes) -> None:
    if not len(gone):
        return
    if isinstance(places, slice):
        first, last = np.searchsorted(gone, (places.start, places.stop))
        miss[gone[first:last] - places.start] = FAILED
        return
    found = np.searchsorted(gone, places).clip(max=len(gone) - 1)
    miss[gone[found] == places] = FAILED
