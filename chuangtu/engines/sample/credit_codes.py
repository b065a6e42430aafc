"""Unified social credit codes that are formally valid and belong to nobody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chuangtu.engines.sample.model import Ints

ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXY"

# GB 11714: weights of the eight signs before the check sign; 10 is X, 11 is 0.
_ORGANIZATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_ORGANIZATION_SIGNS = np.frombuffer(b"0123456789X0", dtype=np.uint8)
# GB 32100-2015: 3**i mod 31 for the first 17 signs.
_CODE_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
_VALUES = np.zeros(256, dtype=np.int64)
_VALUES[np.frombuffer(ALPHABET, dtype=np.uint8)] = np.arange(31)

# Coprime to 10**8: serial numbers spread over all eight digits without ever meeting.
_SPREAD, _MODULUS = 48_271_043, 10**8
LARGEST = _MODULUS - 1


def credit_codes(serials: Ints, category: bytes = b"91") -> NDArray[np.bytes_]:
    """Make one code for each serial number.

    Args:
        serials: numbers from 0 to `LARGEST`; different ones give different codes.
        category: registering department and category, two signs.

    Returns:
        An array of 18 ASCII bytes each. The region is 990112: no region of GB/T 2260 starts with
        99, so no real code has it; both check signs are right.

    Source:
        GB 32100-2015 and GB 11714-1997 (check signs).

    >>> credit_codes(np.array([0, 1])).tolist()
    [b'91990112000000000N', b'919901124827104341']
    """
    count = len(serials)
    signs = np.empty((count, 18), dtype=np.uint8)
    signs[:, :8] = np.frombuffer(category + b"990112", dtype=np.uint8)
    spread = (np.asarray(serials, dtype=np.int64) * _SPREAD) % _MODULUS
    digits = (spread[:, None] // 10 ** np.arange(7, -1, -1)) % 10
    signs[:, 8:16] = digits + ord("0")
    signs[:, 16] = _ORGANIZATION_SIGNS[11 - digits @ _ORGANIZATION_WEIGHTS % 11]
    left = _VALUES[signs[:, :17]] @ _CODE_WEIGHTS % 31
    signs[:, 17] = np.frombuffer(ALPHABET, dtype=np.uint8)[(31 - left) % 31]
    return signs.view("S18").reshape(count)
