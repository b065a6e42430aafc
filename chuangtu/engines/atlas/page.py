"""A page of the records of a Selection, in an order."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.model import (
    Bools,
    Chosen,
    Columns,
    Hits,
    Integers,
    Listed,
    UnknownColumnError,
    View,
)
from chuangtu.engines.atlas.part import NOTHING, Part, parts
from chuangtu.engines.atlas.select import select
from chuangtu.terms.selection import Selection

RELEVANCE = "relevance"
"""The order of the scores of `Hits`, best first."""
_STRIDE = 1 << 10
"""Rows of a sorted order looked at first; twice as many each time they were not enough."""


def page(
    view: View,
    selection: Selection,
    *,
    order: str,
    limit: int,
    after: tuple[int, int] | None = None,
    hits: Hits | None = None,
    chosen: Chosen | None = None,
) -> Listed:
    """List some records of a Selection.

    Args:
        view: base and overlay.
        selection: what is asked.
        order: a name of `Records.orders`, or `relevance` when words were searched.
        limit: most records to list, over 0.
        after: the `cursor` of the page before; `None` for the first.
        hits: what the Selection's words match.
        chosen: the answer of `select`, if at hand.

    Returns:
        Records by ascending key, equal keys by id. Following the cursors lists every record of
        the Selection once.

    Raises:
        UnknownColumnError: there is no such order.
    """
    if chosen is None:
        chosen = select(view, selection, hits=hits)
    base, *rest = parts(view, selection, hits, chosen)
    found = [_base_candidates(base, chosen, order, limit + 1, after)]
    if view.overlay and rest:
        places = chosen.overlay_rows.astype(np.int64)
        keys = _keys(rest[0].columns, places, order, chosen.scores[1] if chosen.scores else None)
        rows = view.overlay.order[places]
        found.append((keys, rest[0].columns.ids[places], np.full(len(places), -1), rows))
    keys, ids, positions, overlay_rows = (
        np.concatenate(each) for each in zip(*found, strict=True)
    )
    kept = _after(keys, ids, after)
    kept = kept[np.lexsort((ids[kept], keys[kept]))]
    more, kept = len(kept) > limit, kept[:limit]
    cursor = (int(keys[kept[-1]]), int(ids[kept[-1]])) if more else None
    positions = positions.astype(np.int64, copy=False)
    return Listed(ids[kept], positions[kept], overlay_rows[kept], cursor)


_Candidates = tuple[Integers, Integers, Integers, Integers]
"""Keys, ids, base positions and overlay rows."""


def _base_candidates(
    base: Part, chosen: Chosen, order: str, wanted: int, after: tuple[int, int] | None
) -> _Candidates:
    columns = base.columns
    rows = base.rows
    if order in columns.orders and (rows is None or len(rows) ** 2 > len(columns) * wanted):
        rows = _read_along(base, order, wanted, after)
        keys = columns.orders[order].keys[rows]
        return keys, columns.ids[rows], rows, np.full(len(rows), -1)
    if rows is None:
        rows = np.flatnonzero(base.miss == 0)
    keys = _keys(columns, rows, order, chosen.scores[0] if chosen.scores else None)
    kept = _after(keys, columns.ids[rows], after)
    if len(kept) > wanted:
        # All that could be among the first: whole ties at the last key are kept.
        last = np.partition(keys[kept], wanted - 1)[wanted - 1]
        kept = kept[keys[kept] <= last]
    keys, rows = keys[kept], rows[kept]
    return keys, columns.ids[rows], rows, np.full(len(rows), -1)


def _keys(columns: Columns, rows: Integers, order: str, scores: Integers | None) -> Integers:
    if order == RELEVANCE and scores is not None:
        return -scores
    if order not in columns.orders:
        raise UnknownColumnError(
            "order",
            f"快照里没有“{order}”这种排序。请换一种排序，或重新生成快照。",
            f"The snapshot has no order '{order}'. Choose another one, or publish a new snapshot.",
        )
    return columns.orders[order].keys[rows]


def _after(keys: Integers, ids: Integers, after: tuple[int, int] | None) -> Integers:
    if after is None:
        return np.arange(len(keys))
    key, last = after
    return np.flatnonzero((keys > key) | ((keys == key) & (ids > last)))


def _read_along(base: Part, order: str, wanted: int, after: tuple[int, int] | None) -> Integers:
    """Go along all rows in their order and take the chosen ones: short where many are chosen."""
    sorted_rows = base.columns.orders[order].rows
    start = _place_after(base.columns, order, after) if after else 0
    found: list[Integers] = [NOTHING]
    stride = _STRIDE
    while start < len(sorted_rows) and wanted > 0:
        rows = sorted_rows[start : start + stride].astype(np.int64)
        rows = rows[_is_chosen(base, rows)][:wanted]
        found.append(rows)
        wanted -= len(rows)
        start += stride
        stride *= 2
    return np.concatenate(found)


def _is_chosen(base: Part, rows: Integers) -> Bools:
    found: Bools
    if base.miss is not None:
        found = base.miss[rows] == 0
    else:
        chosen = base.rows if base.rows is not None else NOTHING
        place = chosen.searchsorted(rows.astype(chosen.dtype)).clip(max=len(chosen) - 1)
        found = chosen[place] == rows
    return found


def _place_after(columns: Columns, order: str, after: tuple[int, int]) -> int:
    way = columns.orders[order]
    low, high = 0, len(way.rows)
    while low < high:
        middle = (low + high) // 2
        row = way.rows[middle]
        if (int(way.keys[row]), int(columns.ids[row])) <= after:
            low = middle + 1
        else:
            high = middle
    return low
