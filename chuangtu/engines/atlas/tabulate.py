"""Records by bin and value of one facet."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.model import VISIBILITIES, Bytes, Columns, Integers

_CHUNK = 1 << 20


def tabulate(columns: Columns, name: str, fine: Bytes) -> Integers:
    """Count the records of each bin by the values of a facet.

    Args:
        columns: the records in base order.
        name: of a facet or list column.
        fine: the bin of each row, as `bins` gives it.

    Returns:
        One number for each bin and value, bin after bin.
    """
    width = len((columns.facets.get(name) or columns.lists[name]).values)
    table = np.zeros(2 * len(columns.kinds) * VISIBILITIES * width, np.int64)
    for start in range(0, len(columns), _CHUNK):
        part = slice(start, min(start + _CHUNK, len(columns)))
        table += np.bincount(_mixed(columns, name, fine, part), minlength=len(table))
    return table


def _mixed(columns: Columns, name: str, fine: Bytes, part: slice) -> Integers:
    """Bin and code of each row in one number."""
    held = fine[part].astype(np.int64)
    if name in columns.facets:
        facet = columns.facets[name]
        return held * len(facet.values) + facet.codes[part]
    listed = columns.lists[name]
    starts, ends = (each.astype(np.int64) for each in listed.stretches(part))
    sizes = ends - starts
    codes = listed.codes[starts[0] : ends[-1]]
    mixed = np.repeat(held, sizes) * len(listed.values) + codes
    return np.concatenate([mixed, held[sizes == 0] * len(listed.values)])
