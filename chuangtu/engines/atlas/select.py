"""Choose the records of a Selection once, to be cut into many tiles and pages."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.model import (
    FAILED,
    Bytes,
    Chosen,
    Counted,
    Hits,
    Integers,
    View,
)
from chuangtu.engines.atlas.part import NOTHING, Part, parts
from chuangtu.engines.atlas.scan import Block, scan
from chuangtu.terms.selection import Selection

_ROW_BYTES = 4
"""A row kept singly; a miss byte for every row is shorter once a quarter are chosen."""


def select(view: View, selection: Selection, *, hits: Hits | None = None) -> Chosen:
    """Choose the records of a Selection.

    Args:
        view: base and overlay.
        selection: what is asked.
        hits: what the Selection's words match.

    Returns:
        The chosen records, good for this view alone; about a byte a record at most.
    """
    base, *rest = parts(view, selection, hits, None)
    miss, counted = _sifted(base, selection)
    overlay = NOTHING
    if rest:
        over, more = _sifted(rest[0], selection)
        overlay, counted = np.flatnonzero(over == 0), counted + more
    total, unlocated, undated = (int(each) for each in counted)
    base_total = total - len(overlay)
    rows, scores = None, None
    if hits is not None or base_total * _ROW_BYTES < len(miss):
        rows = np.flatnonzero(miss == 0)
    if hits is not None and rows is not None:
        scores = (_scores(base, rows), _scores(rest[0], overlay) if rest else NOTHING)
    return Chosen(
        miss=miss if rows is None else None,
        rows=None if rows is None else rows.astype(np.uint32),
        overlay_rows=overlay.astype(np.uint32),
        counted=Counted(total, unlocated, undated),
        scores=scores,
    )


def _sifted(part: Part, selection: Selection) -> tuple[Bytes, Integers]:
    whole = np.full(len(part.columns), FAILED, np.uint8)

    def keep(block: Block) -> Integers:
        whole[block.places] = block.miss
        return block.counted(block.rows())

    found = scan(part, selection, 0, len(whole), keep)
    return whole, np.sum([np.zeros(3, np.int64), *found], axis=0)


def _scores(part: Part, rows: Integers) -> Integers:
    hits = NOTHING if part.hits is None else part.hits
    scores = NOTHING if part.scores is None else part.scores
    return scores[np.searchsorted(hits, rows)]
