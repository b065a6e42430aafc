"""Indexes of many short stretches of one long array."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.model import Integers


def ragged(starts: Integers, sizes: Integers) -> Integers:
    """Index every element of the stretches, one stretch after the other.

    >>> ragged(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    indexes: Integers = np.arange(total) + np.repeat(starts - (ends - sizes), sizes)
    return indexes
