"""A bitmap of documents → one byte per document."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.search.model import Array


def bits(bitmap: Array, size: int) -> Array:
    """Give 1 for each document whose bit is set, else 0.

    >>> bits(np.array([5], np.uint64), 3).tolist()
    [1, 0, 1]
    """
    return np.unpackbits(bitmap.view(np.uint8), count=size, bitorder="little")
