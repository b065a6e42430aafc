"""The bin of each row: its kind and permission, and whether it is in force on every day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chuangtu.engines.atlas.model import OPEN_END, OPEN_START, VISIBILITIES, Bytes, Columns

_CHUNK = 1 << 20


def bins(columns: Columns) -> Bytes:
    """Give each row its bin.

    Args:
        columns: the records in base order.

    Returns:
        The group of a row in force on every day; the group and the number of groups of one with
        a real first or last day.
    """
    groups = len(columns.kinds) * VISIBILITIES
    found = np.empty(len(columns), np.uint8)
    for part in _parts(len(columns)):
        begun = columns.valid_from[part] <= OPEN_START
        endless = columns.valid_until[part] >= OPEN_END
        found[part] = columns.group[part] + groups * (~(begun & endless)).astype(np.uint8)
    return found


def _parts(size: int) -> Iterator[slice]:
    for start in range(0, size, _CHUNK):
        yield slice(start, min(start + _CHUNK, size))
