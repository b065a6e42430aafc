"""The inner loops in NumPy: plainly what each does, and the oracle of the compiled ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from chuangtu.engines.atlas.model import (
    FAILED,
    UNKNOWN_END,
    UNKNOWN_NUMBER,
    UNKNOWN_START,
    Array,
    Bools,
    Bytes,
    Codes,
    Days,
    Integers,
)
from chuangtu.engines.atlas.ragged import ragged


def twin() -> dict[str, Callable[..., Any]]:
    """Give the loops by the names of `Kernels`."""
    loops = (
        _mark_table, _mark_days, _mark_range, _mark_list, _pick, _tally, _tally_list, _cells,
        _ends, _walk, _cells_in_force, _undated,
    )  # fmt: skip
    return {loop.__name__.removeprefix("_"): loop for loop in loops}


def _fail(passed: Bools, miss: Bytes, tag: int) -> None:
    np.copyto(miss, np.where(miss == 0, np.uint8(tag), np.uint8(FAILED)), where=~passed)


def _mark_table(codes: Array, table: Bools, miss: Bytes, tag: int) -> None:
    _fail(table[codes], miss, tag)


def _mark_days(valid_from: Days, valid_until: Days, day: int, miss: Bytes) -> None:
    _fail((valid_from <= day) & (day < valid_until), miss, FAILED)


def _mark_range(values: Integers, low: int, high: int, miss: Bytes) -> None:
    _fail((values != UNKNOWN_NUMBER) & (values >= low) & (values <= high), miss, FAILED)


def _mark_list(
    starts: Array, ends: Array, codes: Array, table: Bools, miss: Bytes, tag: int
) -> None:
    sizes = ends.astype(np.int64) - starts
    passed = (sizes == 0) & table[0]
    taken = table[codes[ragged(starts.astype(np.int64), sizes)]]
    passed[np.repeat(np.arange(len(sizes)), sizes)[taken]] = True
    _fail(passed, miss, tag)


def _pick(miss: Bytes, tag: int, out: Integers) -> int:
    found = np.flatnonzero((miss == 0) | (miss == tag))
    out[: len(found)] = found
    return len(found)


def _tally(codes: Array, rows: Integers, out: Integers) -> None:
    out += np.bincount(codes[rows], minlength=len(out))


def _tally_list(offsets: Array, codes: Array, rows: Integers, out: Integers) -> None:
    first = offsets[rows].astype(np.int64)
    sizes = offsets[rows + 1] - first
    out += np.bincount(codes[ragged(first, sizes)], minlength=len(out))
    out[0] += np.count_nonzero(sizes == 0)


def _cells(codes: Codes, rows: Integers, first: int, shift: int, out: Integers) -> None:
    _add(codes[rows], first, shift, out)


def _add(codes: Codes, first: int, shift: int, out: Integers) -> None:
    cells = ((codes - np.uint64(first)) >> np.uint64(shift)).astype(np.int64)
    out += np.bincount(cells, minlength=len(out))


def _ends(
    codes: Codes, bounds: Integers, bins: Integers, first: int, last: int,
    low: Integers, high: Integers,
) -> int:  # fmt: skip
    for turn, place in enumerate(bins.tolist()):
        part = codes[bounds[place] : bounds[place + 1]]
        found = np.searchsorted(part, np.array([first, last], np.uint64))
        low[turn], high[turn] = found + bounds[place]
    return int(np.sum(high - low))


def _walk(
    codes: Codes, low: Integers, high: Integers, first: int, shift: int, out: Integers
) -> None:
    bounds = (np.arange(len(out) + 1, dtype=np.uint64) << np.uint64(shift)) + np.uint64(first)
    for part in _slices(low, high):
        out += np.diff(np.searchsorted(codes[part], bounds))


def _cells_in_force(
    codes: Codes, valid_from: Days, valid_until: Days, day: int, low: Integers, high: Integers,
    first: int, shift: int, out: Integers,
) -> None:  # fmt: skip
    for part in _slices(low, high):
        inside = (valid_from[part] <= day) & (day < valid_until[part])
        _add(codes[part][inside], first, shift, out)


def _slices(low: Integers, high: Integers) -> Iterator[slice]:
    for start, stop in zip(low.tolist(), high.tolist(), strict=True):
        yield slice(start, stop)


def _undated(valid_from: Days, valid_until: Days, rows: Integers) -> int:
    unknown = (valid_from[rows] == UNKNOWN_START) | (valid_until[rows] == UNKNOWN_END)
    return int(np.count_nonzero(unknown))
