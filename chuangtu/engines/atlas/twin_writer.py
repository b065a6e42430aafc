"""The loops that write a tile, in NumPy: bytes of all features side by side, then squeezed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from chuangtu.engines.atlas.address import EXTENT_BITS, GRID_BITS
from chuangtu.engines.atlas.model import BITS, Bools, Bytes, Codes, Integers
from chuangtu.engines.atlas.uninterleave import uninterleave


def twin_writer() -> dict[str, Callable[..., Any]]:
    """Give the loops by the names of `Kernels`."""
    loops = (_fill, _place, _tell_apart, _write_cells, _write_points, _write_numbers)
    return {loop.__name__.removeprefix("_"): loop for loop in loops}


def _fill(counts: Integers, x: Integers, y: Integers, filled: Integers) -> int:
    cells = np.flatnonzero(counts)
    size = 1 << (EXTENT_BITS - GRID_BITS)
    for axis, whole in zip((x, y), uninterleave(cells.astype(np.uint64)), strict=True):
        axis[: len(cells)] = whole * size + size // 2
    filled[: len(cells)] = counts[cells]
    return len(cells)


def _place(codes: Codes, zoom: int, x: Integers, y: Integers) -> None:
    side = BITS - zoom
    down, up = max(side - EXTENT_BITS, 0), max(EXTENT_BITS - side, 0)
    for axis, whole in zip((x, y), uninterleave(codes), strict=True):
        axis[:] = (whole & ((1 << side) - 1)) >> down << up


def _tell_apart(numbers: Integers, codes: Integers, distinct: Integers) -> int:
    values, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    order = np.argsort(first)
    distinct[: len(values)] = values[order]
    codes[:] = np.argsort(order)[inverse]
    return len(values)


@dataclass(frozen=True, eq=False, slots=True)
class _Written:
    """Bytes of every feature side by side; those not `used` are left out."""

    written: Bytes
    used: Bools


def _write_cells(x: Integers, y: Integers, codes: Integers, out: Bytes) -> int:
    return _write(x, y, [], [_constant(b"\x00", len(x)), _varints(codes)], out)


def _write_points(x: Integers, y: Integers, ids: Integers, kinds: Integers, out: Bytes) -> int:
    # The properties: the first value; the id's own; and the kind's, after all ids.
    size = len(x)
    tags = [_constant(b"\x00\x00\x01", size), _varints(np.arange(size) + 1)]
    tags += [_constant(b"\x02", size), _varints(kinds + (size + 1))]
    return _write(x, y, [_constant(b"\x08", size), _varints(ids)], tags, out)


def _write(
    x: Integers, y: Integers, named: list[_Written], tags: list[_Written], out: Bytes
) -> int:
    moves = [_varints(2 * x), _varints(2 * y)]
    parts = [*named, _constant(b"\x12", len(x)), _varints(_length(tags)), *tags]
    # Type 1, a point; then the geometry: its length, one MoveTo, and the position.
    parts += [_constant(b"\x18\x01\x22", len(x)), _varints(_length(moves) + 1)]
    parts += [_constant(b"\x09", len(x)), *moves]
    return _squeeze([_constant(b"\x12", len(x)), _varints(_length(parts)), *parts], out)


def _write_numbers(numbers: Integers, out: Bytes) -> int:
    parts = [_constant(b"\x28", len(numbers)), _varints(numbers)]
    size = _varints(_length(parts))
    return _squeeze([_constant(b"\x22", len(numbers)), size, *parts], out)


def _squeeze(parts: list[_Written], out: Bytes) -> int:
    written = np.concatenate([each.written for each in parts], axis=1)
    used = np.concatenate([each.used for each in parts], axis=1)
    squeezed = written[used]
    out[: len(squeezed)] = squeezed
    return len(squeezed)


def _constant(content: bytes, count: int) -> _Written:
    written = np.broadcast_to(np.frombuffer(content, np.uint8), (count, len(content)))
    return _Written(written, np.ones(written.shape, np.bool_))


def _varints(numbers: Integers) -> _Written:
    width = max((int(numbers.max()).bit_length() + 6) // 7, 1)
    shifted = numbers[:, None] >> np.arange(0, 7 * width, 7)
    # A byte is written while anything is left; all but the last written one carry bit 7.
    used = shifted > 0
    used[:, 0] = True
    more = np.zeros_like(used)
    more[:, :-1] = used[:, 1:]
    return _Written((shifted & 0x7F | more * 0x80).astype(np.uint8), used)


def _length(parts: list[_Written]) -> Integers:
    lengths: Integers = np.sum([each.used.sum(axis=1) for each in parts], axis=0)
    return lengths
