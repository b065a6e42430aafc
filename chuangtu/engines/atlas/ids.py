"""All records of a Selection, for an export."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chuangtu.engines.atlas.model import Chosen, Hits, Listed, View
from chuangtu.engines.atlas.part import parts
from chuangtu.engines.atlas.select import select
from chuangtu.terms.selection import Selection


def ids(
    view: View,
    selection: Selection,
    *,
    size: int,
    hits: Hits | None = None,
    chosen: Chosen | None = None,
) -> Iterator[Listed]:
    """List every record of a Selection, a chunk at a time.

    Args:
        view: base and overlay.
        selection: what is asked.
        size: most records of a chunk.
        hits: what the Selection's words match.
        chosen: the answer of `select`, if at hand.

    Returns:
        Chunks whose records are each listed once: those of the base by position, so that
        payloads are read in the order they lie in, then those of the overlay by id. The cursor
        of a chunk is always `None`.
    """
    if chosen is None:
        chosen = select(view, selection, hits=hits)
    base, *rest = parts(view, selection, hits, chosen)
    rows = base.rows if base.rows is not None else np.flatnonzero(base.miss == 0)
    for start in range(0, len(rows), size):
        some = rows[start : start + size].astype(np.int64)
        yield Listed(base.columns.ids[some], some, np.full(len(some), -1))
    if not view.overlay or not rest:
        return
    places = chosen.overlay_rows.astype(np.int64)
    places = places[np.argsort(rest[0].columns.ids[places])]
    for start in range(0, len(places), size):
        some = places[start : start + size]
        yield Listed(rest[0].columns.ids[some], np.full(len(some), -1), view.overlay.order[some])
