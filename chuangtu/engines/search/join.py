"""Several parts → the documents that hold them all, and the sum of their tiers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from chuangtu.engines.search.find import Few, Found, Many
from chuangtu.engines.search.loops import Loops
from chuangtu.engines.search.model import Array


def join(found: list[Found], loops: Loops) -> Few | None:
    """Give the documents of all parts with the sum of their tiers; None if every part is Many.

    The shortest list is tried against the others, so that the work is that of the rarest part.
    """
    few = sorted(
        (each for each in found if isinstance(each, Few)), key=lambda each: len(each.documents)
    )
    if not few:
        return None
    documents = few[0].documents
    tiers = few[0].tiers.astype(np.int32)
    for each in few[1:]:
        documents, tiers = loops.merge(documents, tiers, each.documents, each.tiers)
    for many in (each for each in found if isinstance(each, Many)):
        here = _has(many.reached[0], documents)
        documents, tiers = documents[here], tiers[here] + 1
        has = np.ones(len(documents), bool)
        for before, row in pairwise(many.reached):
            has = has if row is before else _has(row, documents)
            tiers += has
    return Few(documents, tiers)


def _has(bitmap: Array, documents: Array) -> Array:
    """Say of each document whether its bit is set."""
    shift = (documents & 63).astype(np.uint64)
    found: Array = (bitmap[documents >> 6] >> shift & np.uint64(1)).astype(bool)
    return found
