"""The inner loops: which of the two sets of them runs here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chuangtu.engines.atlas.twin import twin
from chuangtu.engines.atlas.twin_writer import twin_writer


@dataclass(frozen=True, slots=True)
class Kernels:
    """The inner loops over stretches of columns.

    `miss` holds one byte a row: 0 while a row passes every condition, the tag of the one facet
    whose filter it fails, or `FAILED` when it fails more or fails what is no facet. `mark_` loops
    write it and `pick` reads it; the others take whole columns with the rows to count, and add
    to `out`.

    Attributes:
        name: what people call this set.
        mark_table: fail rows whose code the table refuses.
        mark_days: fail rows not in force on the day.
        mark_range: fail rows outside low to high.
        mark_list: fail rows none of whose codes the table takes; an empty row is code 0.
        pick: write the rows whose miss is 0 or `tag`, and give their number.
        tally: count rows by code.
        tally_list: count rows by each of their codes; an empty row is code 0.
        cells: count rows by grid cell.
        ends: find where the codes from the first to the last stand in each of some bins, and
            give how many they are.
        walk: count all rows of stretches of ascending codes by grid cell.
        cells_in_force: count all rows of stretches that are in force on the day by grid cell.
        fill: write the middle and the count of each cell with records, and give their number;
            the cells are a power of four.
        place: write where in its tile of a zoom each code stands.
        tell_apart: write the distinct numbers in the order they first appear, and each number's
            place among them; give how many are distinct.
        write_cells: write points whose one property is the value of a code; give the bytes.
        write_points: write points with an id, and their properties: the first value, the id's
            value after it, and after all ids the value of a kind; give the bytes.
        write_numbers: write whole numbers as values of a tile, and give the bytes written.
        undated: count rows whose first or last day is unknown.
    """

    name: str
    mark_table: Callable[..., None]
    mark_days: Callable[..., None]
    mark_range: Callable[..., None]
    mark_list: Callable[..., None]
    pick: Callable[..., int]
    tally: Callable[..., None]
    tally_list: Callable[..., None]
    cells: Callable[..., None]
    ends: Callable[..., int]
    walk: Callable[..., None]
    cells_in_force: Callable[..., None]
    undated: Callable[..., int]
    fill: Callable[..., int]
    place: Callable[..., None]
    tell_apart: Callable[..., int]
    write_cells: Callable[..., int]
    write_points: Callable[..., int]
    write_numbers: Callable[..., int]

    @classmethod
    def plainest(cls) -> Kernels:
        """The NumPy twins: ready at once."""
        return cls("numpy", **twin(), **twin_writer())

    @classmethod
    def quickest(cls) -> Kernels:
        """The compiled loops, not compiled yet; the twins where Numba is not installed."""
        try:
            # Imported only here: Numba takes most of a second, and many commands ask no atlas.
            from chuangtu.engines.atlas.compiled import compiled
        except ImportError:
            return cls.plainest()
        return cls("numba", **compiled())


class _InUse:
    """The loops every question of this process runs on."""

    loops: Kernels | None = None


def kernels(use: Kernels | None = None) -> Kernels:
    """Give the loops in use: the compiled ones where Numba can be imported, else their twins.

    Args:
        use: loops to be used from now on, in place of those before.
    """
    if use is not None or _InUse.loops is None:
        _InUse.loops = use or Kernels.quickest()
    return _InUse.loops
