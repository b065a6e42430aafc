"""One number taken apart into the two woven into it."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.model import Codes, Integers

_GATHER = (
    (1, 0x3333333333333333),
    (2, 0x0F0F0F0F0F0F0F0F),
    (4, 0x00FF00FF00FF00FF),
    (8, 0x0000FFFF0000FFFF),
    (16, 0x00000000FFFFFFFF),
)
_EVEN = np.uint64(0x5555555555555555)


def uninterleave(codes: Codes) -> tuple[Integers, Integers]:
    """Give back the x and y that `interleave` wove together.

    >>> [each.tolist() for each in uninterleave(np.array([5, 2], np.uint64))]
    [[3, 0], [0, 1]]
    """
    return _gathered(codes), _gathered(codes >> np.uint64(1))


def _gathered(bits: Codes) -> Integers:
    bits = bits & _EVEN
    for shift, mask in _GATHER:
        bits = (bits | bits >> np.uint64(shift)) & np.uint64(mask)
    return bits.astype(np.int64)
