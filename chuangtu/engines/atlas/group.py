"""Count in advance: codes cut into bins of kind and permission, and facets of each bin."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chuangtu.engines.atlas.bins import bins
from chuangtu.engines.atlas.gather import Keep
from chuangtu.engines.atlas.model import (
    UNKNOWN_END,
    UNKNOWN_START,
    VISIBILITIES,
    Array,
    Bytes,
    Columns,
    Integers,
)
from chuangtu.engines.atlas.tabulate import tabulate

LONGEST_FACET = 4096
"""Facets with more values are counted when asked: their table would outgrow the column."""
_CHUNK = 1 << 20


def group(columns: Columns, keep: Keep) -> tuple[str, ...]:
    """Write the bins and the tallies of an atlas.

    Args:
        columns: the records in base order.
        keep: called once a file, as in `gather`.

    Returns:
        The facets that were counted in advance.
    """
    groups = len(columns.kinds) * VISIBILITIES
    fine = bins(columns)
    _bins("fine", columns, fine, 2 * groups, keep)
    _tallies(columns, fine, groups, keep)
    counted: list[str] = []
    for name in (*columns.facets, *columns.lists):
        width = len((columns.facets.get(name) or columns.lists[name]).values)
        if width <= LONGEST_FACET:
            table = tabulate(columns, name, fine)
            keep(f"counted.{len(counted)}", np.int64, len(table), iter([table]))
            counted.append(name)
    broad = np.empty(len(columns), np.uint8)
    for part in _parts(len(columns)):
        spanned = fine[part] >= groups
        broad[part] = columns.group[part] % VISIBILITIES + VISIBILITIES * spanned
    _bins("broad", columns, broad, 2 * VISIBILITIES, keep)
    return tuple(counted)


def _parts(size: int) -> Iterator[slice]:
    for start in range(0, size, _CHUNK):
        yield slice(start, min(start + _CHUNK, size))


def _bins(name: str, columns: Columns, bins: Bytes, count: int, keep: Keep) -> None:
    sizes = np.bincount(bins, minlength=count)
    bounds = np.zeros(count + 1, np.int64)
    np.cumsum(sizes, out=bounds[1:])
    keep(f"{name}.bounds", np.int64, count + 1, iter([bounds]))
    rows = np.argsort(bins, kind="stable")
    keep(f"{name}.rows", np.uint32, len(rows), iter([rows]))
    keep(f"{name}.codes", np.uint64, len(rows), _taken(columns.codes, rows))
    spanned = rows[bounds[count // 2] :]
    keep(f"{name}.valid_from", np.int32, len(spanned), _taken(columns.valid_from, spanned))
    keep(f"{name}.valid_until", np.int32, len(spanned), _taken(columns.valid_until, spanned))


def _taken(column: Array, rows: Integers) -> Iterator[Array]:
    for part in _parts(len(rows)):
        yield column[rows[part]]


def _tallies(columns: Columns, fine: Bytes, groups: int, keep: Keep) -> None:
    undated = np.zeros(2 * groups, np.int64)
    for part in _parts(len(columns)):
        unknown = (columns.valid_from[part] == UNKNOWN_START) | (
            columns.valid_until[part] == UNKNOWN_END
        )
        undated += np.bincount(fine[part][unknown], minlength=2 * groups)
    tallies = np.concatenate([
        np.bincount(fine, minlength=2 * groups),
        np.bincount(fine[columns.located :], minlength=2 * groups),
        undated,
    ])  # fmt: skip
    keep("tallies", np.int64, len(tallies), iter([tallies]))
