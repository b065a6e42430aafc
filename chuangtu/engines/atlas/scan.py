"""Sift the rows of a part: a pass over its columns in blocks, on every processor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from chuangtu.engines.atlas.kernels import Kernels, kernels
from chuangtu.engines.atlas.locate import locate
from chuangtu.engines.atlas.model import Array, Bools, Bytes, Columns, Integers, Places
from chuangtu.engines.atlas.part import Part
from chuangtu.engines.atlas.plan import Plan, plan
from chuangtu.engines.atlas.rank import rank
from chuangtu.engines.atlas.sift import sift
from chuangtu.engines.atlas.spread import spread
from chuangtu.terms.selection import Selection

BLOCK = 1 << 16
"""Rows looked at together: their miss bytes stay in the processor's cache."""
_SPARSE = 8
"""With fewer than one candidate in this many rows, rows are taken singly."""
_BATCH = 4
"""Blocks handed to a thread at once."""
_WORTH_THREADS = 2
"""Batches from which on every processor takes part."""
_WORTH_RANKING = 4
"""Blocks from which on it pays to find the best order of the conditions."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Some rows of a part with their miss bytes.

    Attributes:
        columns: the part's records.
        places: the rows.
        miss: one byte a row, as `Kernels` says.
        plan: what the rows were asked.
        loops: the inner loops to go on with.
    """

    columns: Columns
    places: Places
    miss: Bytes
    plan: Plan
    loops: Kernels

    def rows(self, tag: int = 0) -> Integers:
        """The chosen rows, ascending; with a tag also those only that facet's filter fails."""
        picked = np.empty(len(self.miss), np.int64)
        found: Integers = picked[: self.loops.pick(self.miss, tag, picked)]
        if not isinstance(self.places, slice):
            return self.places[found]
        found += self.places.start
        return found

    def counted(self, rows: Integers) -> Integers:
        """Count chosen rows, those without position, those with an unknown day."""
        unlocated = len(rows) - np.searchsorted(rows, self.columns.located)
        undated = self.loops.undated(self.columns.valid_from, self.columns.valid_until, rows)
        return np.array([len(rows), unlocated, undated], np.int64)


def scan(
    part: Part,
    selection: Selection,
    low: int,
    high: int,
    work: Callable[[Block], T],
    *,
    apart: bool = False,
) -> list[T]:
    """Sift the rows from `low` to `high` and hand them to `work`, block by block.

    Args:
        part: base or overlay.
        selection: what is asked.
        low: first row.
        high: first row no longer looked at.
        work: called once a block, several at a time on several threads.
        apart: also keep the rows that a single facet's own filter fails, with its tag.

    Returns:
        What `work` gave back, in the order of the rows.
    """
    asked, loops = plan(part.columns, selection, apart=apart), kernels()
    candidates = list(_candidates(part, asked, low, high))
    if len(candidates) >= _WORTH_RANKING:
        asked = replace(asked, conditions=rank(asked.conditions, low, high, loops))

    def run(some: Sequence[tuple[Places, Bools | None]]) -> list[T]:
        return [
            work(Block(part.columns, *sift(part, asked, *each, loops), asked, loops))
            for each in some
        ]

    batches = [candidates[place : place + _BATCH] for place in range(0, len(candidates), _BATCH)]
    return [each for batch in spread(run, batches, worth=_WORTH_THREADS) for each in batch]


def _candidates(
    part: Part, asked: Plan, low: int, high: int
) -> Iterator[tuple[Places, Bools | None]]:
    ready = part.rows is not None or part.miss is not None
    if ready and part.miss is not None:
        yield from ((each, None) for each in _slices(low, high))
    elif part.single is not None:
        rows = part.between(low, high)
        if asked.drawn and not ready:
            start, mask = locate(part.columns, asked.drawn, low, high)
            ends = np.array((start, start + len(mask)), rows.dtype)
            rows = rows[slice(*rows.searchsorted(ends))]
            rows = rows[mask[rows - start]]
        yield from _singly(rows)
    elif asked.drawn:
        start, mask = locate(part.columns, asked.drawn, low, high)
        if np.count_nonzero(mask) * _SPARSE < len(mask):
            yield from _singly(np.flatnonzero(mask) + start)
        else:
            for each in _slices(start, start + len(mask)):
                yield each, mask[each.start - start : each.stop - start]
    else:
        yield from ((each, None) for each in _slices(low, high))


def _slices(low: int, high: int) -> Iterator[slice]:
    for start in range(low, high, BLOCK):
        yield slice(start, min(start + BLOCK, high))


def _singly(rows: Array) -> Iterator[tuple[Places, Bools | None]]:
    for start in range(0, len(rows), BLOCK):
        yield rows[start : start + BLOCK].astype(np.int64), None
