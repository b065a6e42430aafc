"""Columns of several sources, one below the other, as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from chuangtu.engines.atlas.model import (
    VISIBILITIES,
    Columns,
    FacetColumn,
    ListColumn,
    NumberColumn,
    Records,
)
from chuangtu.terms.kind import UNKNOWN


def as_records(columns: Columns, rows: np.ndarray) -> Records:
    """Some rows of built columns, as they were before they were built."""
    group = columns.group[rows]
    return Records(
        ids=columns.ids[rows],
        kinds=columns.kinds,
        kind=group // VISIBILITIES,
        longitude=columns.longitude[rows],
        latitude=columns.latitude[rows],
        visibility=group % VISIBILITIES,
        valid_from=columns.valid_from[rows],
        valid_until=columns.valid_until[rows],
        facets={
            name: FacetColumn(each.values, each.codes[rows])
            for name, each in columns.facets.items()
        },
        lists={name: _some(each, rows) for name, each in columns.lists.items()},
        numbers={
            name: NumberColumn(each.values[rows], each.scale)
            for name, each in columns.numbers.items()
        },
        orders={name: each.keys[rows] for name, each in columns.orders.items()},
    )


def join(parts: Sequence[Records]) -> Records:
    """All rows of all parts, which have the same kinds and columns."""
    first = parts[0]
    if len(parts) == 1:
        return first
    return Records(
        ids=np.concatenate([each.ids for each in parts]),
        kinds=first.kinds,
        kind=np.concatenate([each.kind for each in parts]),
        longitude=np.concatenate([each.longitude for each in parts]),
        latitude=np.concatenate([each.latitude for each in parts]),
        visibility=np.concatenate([each.visibility for each in parts]),
        valid_from=np.concatenate([each.valid_from for each in parts]),
        valid_until=np.concatenate([each.valid_until for each in parts]),
        facets={name: _facets([each.facets[name] for each in parts]) for name in first.facets},
        lists={name: _lists([each.lists[name] for each in parts]) for name in first.lists},
        numbers={
            name: NumberColumn(
                np.concatenate([each.numbers[name].values for each in parts]), column.scale
            )
            for name, column in first.numbers.items()
        },
        orders={
            name: np.concatenate([each.orders[name] for each in parts]) for name in first.orders
        },
    )


def _some(column: ListColumn, rows: np.ndarray) -> ListColumn:
    starts = np.asarray(column.offsets[:-1], np.int64)[rows]
    sizes = np.asarray(column.offsets[1:], np.int64)[rows] - starts
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], sizes)
    return ListColumn(column.values, offsets, column.codes[places])


def _facets(columns: Sequence[FacetColumn]) -> FacetColumn:
    codes = _common([each.values for each in columns])
    moved = [_moved(each.values, codes)[np.asarray(each.codes, np.int64)] for each in columns]
    return FacetColumn(tuple(codes), np.concatenate(moved).astype(np.uint32))


def _lists(columns: Sequence[ListColumn]) -> ListColumn:
    codes = _common([each.values for each in columns])
    sizes = np.concatenate([np.diff(np.asarray(each.offsets, np.int64)) for each in columns])
    moved = np.concatenate(
        [_moved(each.values, codes)[np.asarray(each.codes, np.int64)] for each in columns]
    )
    # Each row's codes ascend, also by their new numbers.
    rows = np.repeat(np.arange(len(sizes)), sizes)
    moved = moved[np.lexsort((moved, rows))]
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return ListColumn(tuple(codes), offsets, moved.astype(np.uint32))


def _common(values: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """All values, the unknown one first, each with its code."""
    named = dict.fromkeys((UNKNOWN, *(name for each in values for name in each)))
    return {name: code for code, name in enumerate(named)}


def _moved(values: tuple[str, ...], codes: Mapping[str, int]) -> np.ndarray:
    return np.array([codes[name] for name in values], np.int64)
