"""A base whose areas were drawn anew: one list column replaced, in memory, for some values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from chuangtu.engines.atlas.bins import bins
from chuangtu.engines.atlas.model import (
    VISIBILITIES,
    Array,
    Atlas,
    Groups,
    Integers,
    ListColumn,
    Rows,
)
from chuangtu.engines.atlas.tabulate import tabulate


def redraw(atlas: Atlas, name: str, members: Mapping[str, Rows]) -> Atlas:
    """Let these rows alone have these values.

    Args:
        atlas: the base, which stays as it is.
        name: of a list column.
        members: value → the rows that have it now, ascending, each once. Values that are not
            named stay where they are.

    Returns:
        A base with another column and other counts of it, and all else shared.
    """
    listed = _redrawn(atlas.columns.lists[name], members)
    columns = replace(atlas.columns, lists={**atlas.columns.lists, name: listed})
    groups = atlas.groups
    if name in groups.facets:
        table = tabulate(columns, name, bins(columns))
        shape = (2, len(columns.kinds) * VISIBILITIES, len(listed.values))
        groups = _with_table(groups, name, table.reshape(shape))
    return replace(atlas, columns=columns, groups=groups)


def _with_table(groups: Groups, name: str, table: Integers) -> Groups:
    return replace(groups, facets={**groups.facets, name: table})


def _redrawn(listed: ListColumn, members: Mapping[str, Rows]) -> ListColumn:
    values = (*listed.values, *(each for each in members if each not in listed.values))
    code = {each: place for place, each in enumerate(values)}
    drawn = np.zeros(len(values), np.bool_)
    drawn[[code[each] for each in members]] = True
    ends = np.asarray(listed.offsets, np.int64)
    sizes: Integers = ends[1:] - ends[:-1]
    row_of = np.repeat(np.arange(len(sizes)), sizes)
    lost = drawn[listed.codes]
    added = np.concatenate([np.empty(0, np.int64), *(each for each in members.values())])
    new_codes = np.repeat([code[each] for each in members], [len(e) for e in members.values()])
    touched = np.zeros(len(sizes), np.bool_)
    touched[row_of[lost]] = True
    touched[added.astype(np.int64)] = True
    kept = touched[row_of] & ~lost
    rows = np.concatenate([row_of[kept], added.astype(np.int64)])
    codes = np.concatenate([listed.codes[kept].astype(np.int64), new_codes.astype(np.int64)])
    # Each row's codes ascend.
    order = np.lexsort((codes, rows))
    new_sizes = np.where(touched, np.bincount(rows, minlength=len(sizes)), sizes)
    offsets = np.concatenate([[0], np.cumsum(new_sizes)])
    # Untouched rows are copied in their order, touched ones filled in between.
    goes = np.repeat(touched, new_sizes)
    whole = np.empty(int(offsets[-1]), _width(values))
    whole[~goes] = listed.codes[~touched[row_of]]
    whole[goes] = codes[order]
    return ListColumn(values, _frozen(offsets.astype(listed.offsets.dtype)), _frozen(whole))


def _width(values: tuple[str, ...]) -> type[np.generic]:
    return np.uint16 if len(values) <= 1 << 16 else np.uint32


def _frozen(column: Array) -> Array:
    column.flags.writeable = False
    return column
