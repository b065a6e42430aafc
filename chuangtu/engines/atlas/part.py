"""The two parts of a view, base and overlay, as a Selection meets them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.model import (
    Array,
    Atlas,
    Bytes,
    Chosen,
    Columns,
    Hits,
    Integers,
    UnknownColumnError,
    View,
)
from chuangtu.terms.place import NamedArea
from chuangtu.terms.selection import Selection

NOTHING = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Base or overlay.

    Attributes:
        columns: its records.
        atlas: the base itself; `None` for the overlay, where nothing is counted in advance.
        gone: places that no longer hold, ascending.
        hits: places the words match, ascending; `None` when nothing was searched.
        scores: one for each of `hits`.
        miss: a chosen row's byte is 0; `None` when the rows are not chosen yet or kept singly.
        rows: the chosen places, ascending; `None` when they are not chosen yet or kept in `miss`.
    """

    columns: Columns
    atlas: Atlas | None
    gone: Integers
    hits: Array | None = None
    scores: Integers | None = None
    miss: Bytes | None = None
    rows: Array | None = None

    @property
    def single(self) -> Array | None:
        """The rows to be taken singly: the chosen ones, else those the words match."""
        return self.hits if self.rows is None else self.rows

    @property
    def is_narrowed(self) -> bool:
        """Whether words or an earlier choice already let only some of the rows through."""
        return not (self.hits is None and self.miss is None and self.rows is None)

    def between(self, low: int, high: int) -> Array:
        """The single rows from `low` to `high`, in the type they are stored in."""
        single = NOTHING if self.single is None else self.single
        ends = np.array((low, high), single.dtype)
        return single[slice(*single.searchsorted(ends))]


def parts(
    view: View, selection: Selection, hits: Hits | None, chosen: Chosen | None
) -> tuple[Part, ...]:
    """Give the parts of a view a Selection has to be asked of: the base first.

    Raises:
        UnknownColumnError: the Selection names a facet or number that no part has.
        ValueError: the Selection has words and nobody said what they match.
    """
    _check(view, selection)
    if selection.words and hits is None and chosen is None:
        raise ValueError("The Selection has words. Search them first and give the Hits.")
    base = Part(
        view.atlas.columns,
        view.atlas,
        view.overlay.gone if view.overlay else NOTHING,
        hits.rows if hits else None,
        hits.scores if hits else None,
        chosen.miss if chosen else None,
        chosen.rows if chosen else None,
    )
    if not view.overlay:
        return (base,)
    places, scores = None, None
    if hits:
        places = np.argsort(view.overlay.order)[hits.overlay_rows]
        order = np.argsort(places)
        places, scores = places[order], hits.overlay_scores[order]
    rows = chosen.overlay_rows if chosen else None
    return base, Part(view.overlay.columns, None, NOTHING, places, scores, None, rows)


def _check(view: View, selection: Selection) -> None:
    if not (selection.facets or selection.ranges or selection.areas):
        return
    held = [view.atlas.columns, *([view.overlay.columns] if view.overlay else [])]
    facets = {name for each in held for name in (*each.facets, *each.lists)}
    numbers = {name for each in held for name in each.numbers}
    asked = set(selection.facets)
    if any(isinstance(each, NamedArea) for each in selection.areas):
        asked.add("area")
    for name in sorted((asked - facets) | (set(selection.ranges) - numbers)):
        raise UnknownColumnError(
            name,
            f"快照里没有“{name}”这一列，暂不能按它筛选。请重新生成快照后再试。",
            f"The snapshot has no column '{name}' to filter by. Publish a new one and try again.",
        )
