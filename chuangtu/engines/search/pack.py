"""A truth per document → a bitmap in 64-bit words."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.search.model import Array


def pack(truths: Array) -> Array:
    """Give a bitmap, padded with zeros to whole words.

    >>> pack(np.array([True, False, True])).tolist()
    [5]
    """
    words = np.zeros((len(truths) + 63) // 64 * 8, np.uint8)
    packed = np.packbits(truths, bitorder="little")
    words[: len(packed)] = packed
    return words.view(np.uint64)
