"""Which rows lie in drawn areas, with few positions tested one by one."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.cover import cover
from chuangtu.engines.atlas.inside import inside
from chuangtu.engines.atlas.model import Bools, Columns, Drawn
from chuangtu.engines.atlas.ragged import ragged


def locate(columns: Columns, drawn: tuple[Drawn, ...], low: int, high: int) -> tuple[int, Bools]:
    """Say which rows lie in all areas, from the first row that may to the last.

    Args:
        columns: of the base or of the overlay.
        drawn: the areas.
        low: first row looked at.
        high: first row no longer looked at.

    Returns:
        A row, and for each row from there on whether it lies in all areas; what is before or
        after does not.
    """
    low, high = min(low, columns.located), min(high, columns.located)
    mask = np.ones(high - low, np.bool_)
    for area in drawn:
        cells = cover(area)
        codes = columns.codes[low:high]
        first = np.searchsorted(codes, cells.first)
        last = np.searchsorted(codes, cells.last)
        some = last > first
        first, last, whole = first[some], last[some], cells.whole[some]
        if not len(first):
            return low, mask[:0]
        held = np.zeros(len(codes), np.bool_)
        for start, stop in zip(first[whole], last[whole], strict=True):
            held[start:stop] = True
        border = ragged(first[~whole], (last - first)[~whole])
        places = border + low
        held[border] = inside(area, columns.longitude[places], columns.latitude[places])
        low, high = low + int(first[0]), low + int(last[-1])
        mask = (mask & held)[first[0] : last[-1]]
    return low, mask
