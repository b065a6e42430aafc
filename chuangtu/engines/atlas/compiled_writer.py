# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False
# The loops have no annotations: Numba infers a type for every call and reads none.
"""The loops that write a tile, compiled by Numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from chuangtu.engines.atlas.address import EXTENT_BITS, GRID_BITS
from chuangtu.engines.atlas.model import BITS

_HASH = np.uint64(0x9E3779B97F4A7C15)
"""Two to the 64 over the golden ratio: neighbouring numbers land far from one another."""


def compiled_writer() -> dict[str, Callable[..., Any]]:
    """Give the loops by the names of `Kernels`, not yet compiled."""
    loops = (_fill, _place, _tell_apart, _write_cells, _write_points, _write_numbers)
    return {loop.__name__.removeprefix("_"): loop for loop in loops}


@njit(nogil=True)
def _unwoven(code):  # pragma: no cover - compiled, compared with its twin
    bits = code & np.uint64(0x5555555555555555)
    bits = (bits | bits >> np.uint64(1)) & np.uint64(0x3333333333333333)
    bits = (bits | bits >> np.uint64(2)) & np.uint64(0x0F0F0F0F0F0F0F0F)
    bits = (bits | bits >> np.uint64(4)) & np.uint64(0x00FF00FF00FF00FF)
    bits = (bits | bits >> np.uint64(8)) & np.uint64(0x0000FFFF0000FFFF)
    return np.int64((bits | bits >> np.uint64(16)) & np.uint64(0x00000000FFFFFFFF))


def _fill(counts, x, y, filled):  # pragma: no cover - compiled, as above
    size, place = 1 << (EXTENT_BITS - GRID_BITS), 0
    for first in range(0, len(counts), 4):
        # Four cells along the curve are a square: its corner is worked out once.
        if not (counts[first] | counts[first + 1] | counts[first + 2] | counts[first + 3]):
            continue
        left = _unwoven(np.uint64(first)) * size + size // 2
        top = _unwoven(np.uint64(first) >> np.uint64(1)) * size + size // 2
        for cell in range(4):
            if counts[first + cell]:
                x[place] = left + (cell & 1) * size
                y[place] = top + (cell >> 1) * size
                filled[place] = counts[first + cell]
                place += 1
    return place


def _place(codes, zoom, x, y):  # pragma: no cover - compiled, as above
    side = BITS - zoom
    low = (1 << side) - 1
    down, up = max(side - EXTENT_BITS, 0), max(EXTENT_BITS - side, 0)
    for row in range(len(codes)):
        x[row] = (_unwoven(codes[row]) & low) >> down << up
        y[row] = (_unwoven(codes[row] >> np.uint64(1)) & low) >> down << up


def _tell_apart(numbers, codes, distinct):  # pragma: no cover - compiled, as above
    # A table of twice as many slots; one that is taken by another number sends on to the next.
    bits = 1
    while 1 << bits < 2 * len(numbers):
        bits += 1
    slots = np.zeros(1 << bits, np.int32)
    by, last, count = np.uint64(64 - bits), (1 << bits) - 1, 0
    for row in range(len(numbers)):
        slot = np.int64((np.uint64(numbers[row]) * _HASH) >> by)
        while slots[slot] and distinct[slots[slot] - 1] != numbers[row]:
            slot = (slot + 1) & last
        if not slots[slot]:
            distinct[count] = numbers[row]
            count += 1
            slots[slot] = count
        codes[row] = slots[slot] - 1
    return count


@njit(nogil=True)
def _put(out, place, number):  # pragma: no cover - compiled, as above
    while number > 0x7F:
        out[place] = number & 0x7F | 0x80
        number >>= 7
        place += 1
    out[place] = number
    return place + 1


# A feature, its tags and its geometry are shorter than 128 bytes each: the length of each is one
# byte, left out at first and put in its place once the end is known.


@njit(nogil=True)
def _put_place(out, place, x, y):  # pragma: no cover - compiled, as above
    # Type 1, a point; then the geometry: its length, one MoveTo, and the position.
    out[place], out[place + 1], out[place + 2], out[place + 4] = 0x18, 0x01, 0x22, 0x09
    end = _put(out, _put(out, place + 5, 2 * x), 2 * y)
    out[place + 3] = end - place - 4
    return end


def _write_cells(x, y, codes, out):  # pragma: no cover - compiled, as above
    place = 0
    for row in range(len(x)):
        out[place], out[place + 2], out[place + 4] = 0x12, 0x12, 0
        tagged = _put(out, place + 5, codes[row])
        out[place + 3] = tagged - place - 4
        end = _put_place(out, tagged, x[row], y[row])
        out[place + 1] = end - place - 2
        place = end
    return place


def _write_points(x, y, ids, kinds, out):  # pragma: no cover - compiled, as above
    place, after = 0, len(x) + 1
    for row in range(len(x)):
        out[place], out[place + 2] = 0x12, 0x08
        tags = _put(out, place + 3, ids[row])
        # The properties: the first value; the id's own; and the kind's, after all ids.
        out[tags], out[tags + 2], out[tags + 3], out[tags + 4] = 0x12, 0, 0, 1
        tagged = _put(out, tags + 5, row + 1)
        out[tagged] = 2
        tagged = _put(out, tagged + 1, after + kinds[row])
        out[tags + 1] = tagged - tags - 2
        end = _put_place(out, tagged, x[row], y[row])
        out[place + 1] = end - place - 2
        place = end
    return place


def _write_numbers(numbers, out):  # pragma: no cover - compiled, as above
    place = 0
    for number in numbers:
        out[place], out[place + 2] = 0x22, 0x28
        end = _put(out, place + 3, number)
        out[place + 1] = end - place - 2
        place = end
    return place
