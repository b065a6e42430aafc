"""Have the inner loops ready before the first question."""

from __future__ import annotations

from threading import Thread

import numpy as np

from chuangtu.engines.atlas.kernels import Kernels, kernels
from chuangtu.engines.atlas.take import take


def warm(*, aside: bool = False) -> str:
    """Compile every inner loop, or load it from Numba's cache.

    Compiling takes some seconds once a machine, loading about a second a process. Call it when a
    worker starts, else the first people to ask wait for it.

    Args:
        aside: do it in a thread of its own; until it is done the NumPy twins answer, slower.

    Returns:
        Which loops answer now: `numba` or `numpy`.
    """
    if not aside:
        return _compile()
    kernels(Kernels.plainest())
    Thread(target=_compile, name="atlas-warm", daemon=True).start()
    return "numpy"


def _compile() -> str:
    loops = Kernels.quickest()
    _run(loops)
    return kernels(loops).name


def _run(loops: Kernels) -> None:
    """Run each loop on the kinds of arrays an atlas has."""
    every = slice(0, 2)
    miss, out, rows = np.zeros(2, np.uint8), np.zeros(2, np.int64), np.zeros(2, np.int64)
    table, written = np.ones(2, np.bool_), np.zeros(64, np.uint8)
    group, codes = take(np.zeros(2, np.uint8), every), take(np.zeros(2, np.uint16), every)
    days, morton = take(np.zeros(2, np.int32), every), take(np.zeros(2, np.uint64), every)
    offsets = take(np.zeros(3, np.uint32), slice(0, 3))
    for column in (group, codes):
        loops.mark_table(column, table, miss, 1)
        loops.tally(column, rows, out)
    loops.mark_days(days, days, 1, miss)
    loops.mark_range(take(np.zeros(2, np.int64), every), 0, 1, miss)
    loops.mark_list(offsets[:2], offsets[1:], codes, table, miss, 1)
    loops.pick(miss, 0, out)
    loops.tally_list(offsets, codes, rows, out)
    loops.cells(morton, rows, 0, 42, out)
    loops.ends(morton, take(np.zeros(2, np.int64), every), rows[:1], 0, 1, rows[:1], out[:1])
    loops.walk(morton, rows[:1], out[:1], 0, 42, out)
    loops.cells_in_force(morton, days, days, 1, rows[:1], out[:1], 0, 42, out)
    loops.undated(days, days, rows)
    loops.fill(np.zeros(4, np.int64), rows, rows, rows)
    loops.place(np.zeros(2, np.uint64), 0, rows, rows)
    loops.tell_apart(rows, rows, rows)
    loops.write_cells(rows, rows, rows, written)
    loops.write_points(rows, rows, rows, rows, written)
    loops.write_numbers(rows, written)
