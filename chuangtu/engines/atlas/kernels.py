"""The inner loops: which of the two sets of them runs here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from chuangtu.engines.atlas.twin import twin


@dataclass(frozen=True, slots=True)
class Kernels:
    """The inner loops over stretches of columns.

    `miss` holds one byte a row: 0 while a row passes every test, the tag of the one facet whose
    filter it fails, or `FAILED` when it fails more or fails what is no facet. `mark_` loops write
    it; the others read it and add to `out`, counting rows whose miss is 0 or `tag`.

    Attributes:
        name: what people call this set.
        mark_table: fail rows whose code the table refuses.
        mark_days: fail rows not in force on the day.
        mark_range: fail rows outside low to high.
        mark_list: fail rows none of whose codes the table takes; an empty row is code 0.
        tally: count rows by code.
        tally_list: count rows by each of their codes; an empty row is code 0.
        cells: count chosen rows by grid cell.
        walk: count all rows of ascending codes by grid cell.
        cells_in_force: count rows in force on the day by grid cell.
        undated: count chosen rows whose first or last day is unknown.
    """

    name: str
    mark_table: Callable[..., None]
    mark_days: Callable[..., None]
    mark_range: Callable[..., None]
    mark_list: Callable[..., None]
    tally: Callable[..., None]
    tally_list: Callable[..., None]
    cells: Callable[..., None]
    walk: Callable[..., None]
    cells_in_force: Callable[..., None]
    undated: Callable[..., int]


@cache
def kernels() -> Kernels:
    """Choose the compiled loops where Numba can be imported, else their NumPy twins."""
    return Kernels("numpy", **twin())
