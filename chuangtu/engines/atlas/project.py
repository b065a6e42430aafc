"""From a position to its place on the space-filling curve."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.interleave import interleave
from chuangtu.engines.atlas.model import BITS, UNLOCATED, Codes, Floats


def project(longitude: Floats, latitude: Floats) -> Codes:
    """Give each position its Morton code: web mercator, 28 bits an axis, interleaved.

    The code only decides a record's tile and cell. Whether a record lies in a drawn area is
    asked of the degrees as given, never of the code.

    Args:
        longitude: degrees, WGS 84.
        latitude: degrees, WGS 84.

    Returns:
        56-bit codes, y in the odd bits and growing to the south. What is not finite, or beyond
        ±180 or ±90 degrees, has no position and is `UNLOCATED`. Beyond ±85.0511 degrees of
        latitude the code is that of the map's edge.

    >>> project(np.array([0.0, np.nan]), np.array([0.0, 0.0])).tolist() == [3 << 54, UNLOCATED]
    True
    """
    # NaN compares false, so it is never located.
    located = (np.abs(longitude) <= 180) & (np.abs(latitude) <= 90)
    east = np.where(located, longitude, 0.0)
    north = np.radians(np.where(located, latitude, 0.0))
    side = float(1 << BITS)
    x = np.clip((east + 180.0) / 360.0 * side, 0, side - 1)
    across = (1.0 - np.arcsinh(np.tan(north)) / np.pi) / 2.0
    y = np.clip(across * side, 0, side - 1)
    codes: Codes = np.where(located, interleave(x, y), UNLOCATED)
    return codes.astype(np.uint64)
