"""Two numbers woven into one, bit by bit."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.model import Array, Codes

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def interleave(x: Array, y: Array) -> Codes:
    """Put the bits of x in the even places and those of y in the odd ones.

    >>> interleave(np.array([3]), np.array([0])).tolist()
    [5]
    """
    return _spread(x.astype(np.uint64)) | _spread(y.astype(np.uint64)) << np.uint64(1)


def _spread(bits: Codes) -> Codes:
    for shift, mask in _SPREAD:
        bits = (bits | bits << np.uint64(shift)) & np.uint64(mask)
    return bits
