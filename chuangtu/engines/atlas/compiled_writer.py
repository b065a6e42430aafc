# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False
# The loops have no annotations: Numba infers a type for every call and reads none.
"""The loops that write a tile, compiled by Numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled_writer() -> dict[str, Callable[..., Any]]:
    """Give the loops by the names of `Kernels`, not yet compiled."""
    return {"write_features": _write_features, "write_numbers": _write_numbers}


@njit(nogil=True)
def _put(out, place, number):  # pragma: no cover - compiled, compared with its twin
    while number > 0x7F:
        out[place] = number & 0x7F | 0x80
        number >>= 7
        place += 1
    out[place] = number
    return place + 1


@njit(nogil=True)
def _size(number):  # pragma: no cover - compiled, as above
    size = 1
    while number > 0x7F:
        number >>= 7
        size += 1
    return size


def _write_features(x, y, tags, ids, out):  # pragma: no cover - compiled, as above
    place = 0
    for row in range(len(x)):
        tagged = 0
        for tag in tags[row]:
            tagged += _size(tag)
        moved = 1 + _size(2 * x[row]) + _size(2 * y[row])
        # Two bytes of type, one each for the keys and lengths of tags and geometry.
        size = 6 + tagged + moved
        if len(ids):
            size += 1 + _size(ids[row])
        out[place] = 0x12
        place = _put(out, place + 1, size)
        if len(ids):
            out[place] = 0x08
            place = _put(out, place + 1, ids[row])
        out[place] = 0x12
        place = _put(out, place + 1, tagged)
        for tag in tags[row]:
            place = _put(out, place, tag)
        out[place], out[place + 1], out[place + 2] = 0x18, 0x01, 0x22
        place = _put(out, place + 3, moved)
        out[place] = 0x09
        place = _put(out, place + 1, 2 * x[row])
        place = _put(out, place, 2 * y[row])
    return place


def _write_numbers(numbers, out):  # pragma: no cover - compiled, as above
    place = 0
    for number in numbers:
        out[place], out[place + 2] = 0x22, 0x28
        out[place + 1] = 1 + _size(number)
        place = _put(out, place + 3, number)
    return place
