"""Count in advance: codes cut into bins of kind and permission, and facets of each bin."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chuangtu.engines.atlas.gather import Keep
from chuangtu.engines.atlas.model import (
    OPEN_END,
    OPEN_START,
    UNKNOWN_END,
    UNKNOWN_START,
    VISIBILITIES,
    Array,
    Bytes,
    Columns,
    Integers,
)

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
    fine = np.empty(len(columns), np.uint8)
    for part in _parts(len(columns)):
        fine[part] = columns.group[part] + groups * _spanned(columns, part)
    _bins("fine", columns, fine, 2 * groups, keep)
    _tallies(columns, fine, groups, keep)
    counted: list[str] = []
    for name in (*columns.facets, *columns.lists):
        width = len((columns.facets.get(name) or columns.lists[name]).values)
        if width <= LONGEST_FACET:
            table = np.zeros(2 * groups * width, np.int64)
            for part in _parts(len(columns)):
                table += np.bincount(_mixed(columns, name, fine, part), minlength=len(table))
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


def _mixed(columns: Columns, name: str, fine: Bytes, part: slice) -> Integers:
    """Bin and code of each row in one number."""
    bins = fine[part].astype(np.int64)
    if name in columns.facets:
        facet = columns.facets[name]
        return bins * len(facet.values) + facet.codes[part]
    listed = columns.lists[name]
    starts, ends = (each.astype(np.int64) for each in listed.stretches(part))
    sizes = ends - starts
    codes = listed.codes[starts[0] : ends[-1]]
    held = np.repeat(bins, sizes) * len(listed.values) + codes
    return np.concatenate([held, bins[sizes == 0] * len(listed.values)])


def _spanned(columns: Columns, part: slice) -> Bytes:
    begun = columns.valid_from[part] <= OPEN_START
    endless = columns.valid_until[part] >= OPEN_END
    return (~(begun & endless)).astype(np.uint8)


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
