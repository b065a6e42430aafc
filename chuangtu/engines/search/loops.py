"""The inner loops of the engine: what each takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chuangtu.engines.search.model import Array


@dataclass(frozen=True, slots=True)
class Loops:
    """The inner loops over places, lists and bitmaps.

    Attributes:
        name: what people call this set.
        place: text, flags, begun, ranks, filled, ascending places of a gram, the symbols of the
            part, where the gram stands in it, length of the gram → each document that holds the
            part once, with its best tier.
        merge: two ascending lists of documents with tiers → what stands in both, tiers summed.
        tally: bitmap, code per document, number of codes → count per code.
        best: bitmap, further rows, tiers of the bitmap itself, standings, bars, who stands above
            each, limit → documents and scores, best first.
    """

    name: str
    place: Callable[
        [Array, Array, Array, Array, Array, Array, Array, int, int], tuple[Array, Array]
    ]
    merge: Callable[[Array, Array, Array, Array], tuple[Array, Array]]
    tally: Callable[[Array, Array, int], Array]
    best: Callable[[Array, Array, int, Array, Array, Array, int], tuple[Array, Array]]
