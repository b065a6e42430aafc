"""Tiles of the atlas alone: each asked once, uncached."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.atlas_questions import (
    EIGHT_KINDS_TODAY,
    EVERYTHING,
    THREE_KINDS,
    VISITOR_TODAY,
    ZOOMS,
    addresses,
    three_filters,
)
from benchmarks.timing import Timed
from chuangtu.engines.atlas.model import Atlas, View
from chuangtu.engines.atlas.tile import tile
from chuangtu.terms.selection import Selection

PLAIN = {
    "no filter, administrator": EVERYTHING,
    "3 of 12 kinds, administrator": THREE_KINDS,
    "visitor, as of today": VISITOR_TODAY,
    "8 of 12 kinds, officer, as of today": EIGHT_KINDS_TODAY,
}


def alone(atlas: Atlas, per_zoom: int, seed: int) -> dict[str, dict]:
    """Every tile once, uncached, in random order; three attribute filters are drawn anew."""
    chance = np.random.default_rng(seed)
    questions: dict[str, Callable[[], Selection]] = {
        name: lambda asked=asked: asked for name, asked in PLAIN.items()
    }
    questions["three attribute filters, visitor, as of today"] = lambda: three_filters(chance)
    found = {}
    for name, selection in questions.items():
        tile(View(atlas), selection(), addresses(atlas, 0, 1, chance)[0])
        tiles = [each for zoom in ZOOMS for each in addresses(atlas, zoom, per_zoom, chance)]
        chance.shuffle(tiles)
        timed, sizes = Timed(), []
        for address in tiles:
            asked = selection()
            content = timed.call(lambda a=address, s=asked: tile(View(atlas), s, a))
            sizes.append(len(content))
        found[name] = timed.report() | {"largest_bytes": max(sizes)}
    return found
