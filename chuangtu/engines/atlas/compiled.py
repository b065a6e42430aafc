# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False
# The loops have no annotations: Numba infers a type for every call and reads none.
"""The inner loops compiled by Numba: one pass each, and free of Python's lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from chuangtu.engines.atlas.compiled_writer import compiled_writer
from chuangtu.engines.atlas.model import FAILED, UNKNOWN_END, UNKNOWN_NUMBER, UNKNOWN_START


def compiled() -> dict[str, Callable[..., Any]]:
    """Give the loops by the names of `Kernels`; each is compiled when first called.

    The machine code is kept in Numba's cache where a folder for it can be written (set
    `NUMBA_CACHE_DIR` for an installation that cannot write beside its own files).
    """
    loops = (
        _mark_table, _mark_days, _mark_range, _mark_list, _pick, _tally, _tally_list, _cells,
        _ends, _walk, _cells_in_force, _undated,
    )  # fmt: skip
    named = {loop.__name__.removeprefix("_"): loop for loop in loops} | compiled_writer()
    return {name: _compile(loop) for name, loop in named.items()}


def _compile(loop: Callable[..., Any]) -> Callable[..., Any]:
    try:
        ready: Callable[..., Any] = njit(loop, nogil=True, cache=True)
    except RuntimeError:
        # No folder for the machine code can be written: compile anew in each process.
        ready = njit(loop, nogil=True)
    return ready


# Selects instead of branches: which rows pass cannot be foreseen, and a wrong guess costs more
# than the row. No Python is run below this line once compiled, so no line is seen to be covered;
# tests/engines/atlas/test_atlas_loops.py compares every loop with its NumPy twin.


def _mark_table(codes, table, miss, tag):  # pragma: no cover - compiled, compared with its twin
    if tag == FAILED:
        for row in range(len(codes)):
            # 0 for a code taken, 255 for one refused: written as a sum to stay without a branch.
            miss[row] |= np.uint8(np.uint8(table[codes[row]]) - np.uint8(1))
        return
    for row in range(len(codes)):
        before = miss[row]
        failed = np.uint8(tag) if before == 0 else np.uint8(FAILED)
        miss[row] = before if table[codes[row]] else failed


def _mark_days(valid_from, valid_until, day, miss):  # pragma: no cover - compiled, as above
    on = np.int32(day)
    for row in range(len(miss)):
        inside = (valid_from[row] <= on) & (on < valid_until[row])
        miss[row] = miss[row] if inside else np.uint8(FAILED)


def _mark_range(values, low, high, miss):  # pragma: no cover - compiled, as above
    for row in range(len(miss)):
        value = values[row]
        inside = (value != UNKNOWN_NUMBER) & (value >= low) & (value <= high)
        miss[row] = miss[row] if inside else np.uint8(FAILED)


@njit(nogil=True)
def _mark_few(starts, ends, codes, table, miss, tag):  # pragma: no cover - compiled, as above
    for row in range(len(miss)):
        first, last = np.int64(starts[row]), np.int64(ends[row])
        passed = first == last and table[0]
        for place in range(first, last):
            passed = passed or table[codes[place]]
        if not passed:
            miss[row] = np.uint8(tag) if miss[row] == 0 else np.uint8(FAILED)


def _mark_list(starts, ends, codes, table, miss, tag):  # pragma: no cover - compiled, as above
    if not len(miss):
        return
    # How many codes were taken up to each place: a row has one if its two ends differ.
    first = np.int64(starts[0])
    if np.int64(ends[-1]) - first > 16 * len(miss):
        _mark_few(starts, ends, codes, table, miss, tag)
        return
    taken = np.empty(np.int64(ends[-1]) - first + 1, np.int32)
    count = 0
    for place in range(len(taken) - 1):
        taken[place] = count
        count += table[codes[first + place]]
    taken[-1] = count
    for row in range(len(miss)):
        low, high = np.int64(starts[row]) - first, np.int64(ends[row]) - first
        passed = (taken[low] != taken[high]) | ((low == high) & table[0])
        failed = np.uint8(tag) if miss[row] == 0 else np.uint8(FAILED)
        miss[row] = miss[row] if passed else failed


def _pick(miss, tag, out):  # pragma: no cover - compiled, as above
    count = 0
    for row in range(len(miss)):
        out[count] = row
        count += (miss[row] == 0) | (miss[row] == tag)
    return count


def _tally(codes, rows, out):  # pragma: no cover - compiled, as above
    # Four counters a code: neighbours are often alike, and adding twice to one counter waits.
    if len(out) > 4096 or len(rows) < len(out):
        for row in rows:
            out[codes[row]] += 1
        return
    apart = np.zeros((4, len(out)), np.int64)
    whole = len(rows) & ~3
    for place in range(0, whole, 4):
        apart[0, codes[rows[place]]] += 1
        apart[1, codes[rows[place + 1]]] += 1
        apart[2, codes[rows[place + 2]]] += 1
        apart[3, codes[rows[place + 3]]] += 1
    for place in range(whole, len(rows)):
        apart[0, codes[rows[place]]] += 1
    for code in range(len(out)):
        out[code] += apart[0, code] + apart[1, code] + apart[2, code] + apart[3, code]


def _tally_list(offsets, codes, rows, out):  # pragma: no cover - compiled, as above
    # The first two codes of a row without a branch; an absent second one counts behind the last.
    counts = np.zeros(len(out) + 1, np.int64)
    end, absent = len(codes) - 1, len(out)
    for row in rows:
        first, last = np.int64(offsets[row]), np.int64(offsets[row + 1])
        head = np.int64(codes[min(first, end)]) if end >= 0 else 0
        counts[head if first < last else 0] += 1
        after = np.int64(codes[min(first + 1, end)]) if end >= 0 else 0
        counts[after if first + 1 < last else absent] += 1
        for place in range(first + 2, last):
            counts[codes[place]] += 1
    for code in range(len(out)):
        out[code] += counts[code]


def _cells(codes, rows, first, shift, out):  # pragma: no cover - compiled, as above
    # Rows along the curve stay in a cell for a while: add once when they leave it.
    start, by = np.uint64(first), np.uint64(shift)
    current, count = np.int64(0), 0
    for row in rows:
        cell = np.int64((codes[row] - start) >> by)
        if cell != current:
            out[current] += count
            current, count = cell, 0
        count += 1
    out[current] += count


@njit(nogil=True)
def _place_of(codes, code, low, high):  # pragma: no cover - compiled, as above
    while low < high:
        middle = (low + high) >> 1
        if codes[middle] < code:
            low = middle + 1
        else:
            high = middle
    return low


def _ends(codes, bounds, bins, first, last, low, high):  # pragma: no cover - compiled, as above
    start, stop, size = np.uint64(first), np.uint64(last), 0
    for turn in range(len(bins)):
        begin, end = bounds[bins[turn]], bounds[bins[turn] + 1]
        low[turn] = _place_of(codes, start, begin, end)
        high[turn] = _place_of(codes, stop, low[turn], end)
        size += high[turn] - low[turn]
    return size


def _walk(codes, low, high, first, shift, out):  # pragma: no cover - compiled, as above
    start, by, one = np.uint64(first), np.uint64(shift), np.uint64(1)
    for turn in range(len(low)):
        place, size = low[turn], high[turn]
        while place < size:
            cell = (codes[place] - start) >> by
            bound = start + ((cell + one) << by)
            # Read on for a while; then leap ever farther, and halve back to the cell's end.
            after, near = place, min(place + 192, size)
            while after < near and codes[after] < bound:
                after += 1
            step = 192
            if after == near:
                while after + step < size and codes[after + step] < bound:
                    after += step
                    step *= 2
                after = _place_of(codes, bound, after, min(after + step, size))
            out[np.int64(cell)] += after - place
            place = after


def _cells_in_force(  # pragma: no cover - compiled, as above
    codes, valid_from, valid_until, day, low, high, first, shift, out
):
    start, by, on = np.uint64(first), np.uint64(shift), np.int32(day)
    current, count = np.int64(0), 0
    for turn in range(len(low)):
        for row in range(low[turn], high[turn]):
            cell = np.int64((codes[row] - start) >> by)
            if cell != current:
                out[current] += count
                current, count = cell, 0
            count += (valid_from[row] <= on) & (on < valid_until[row])
    out[current] += count


def _undated(valid_from, valid_until, rows):  # pragma: no cover - compiled, as above
    count = 0
    for row in rows:
        count += (valid_from[row] == UNKNOWN_START) | (valid_until[row] == UNKNOWN_END)
    return count
