"""Several parts → the documents that hold them all, and the sum of their tiers."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.search.choose import choose
from chuangtu.engines.search.find import Few, Found, Many
from chuangtu.engines.search.model import Array


def join(found: list[Found]) -> Few | None:
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
        documents, tiers = choose().merge(documents, tiers, each.documents, each.tiers)
    for many in (each for each in found if isinstance(each, Many)):
        added = _reached(many, documents)
        here = added > 0
        documents, tiers = documents[here], tiers[here] + added[here]
    return Few(documents, tiers)


def _reached(many: Many, documents: Array) -> Array:
    """Give the tier each document reaches, 0 if none."""
    tiers = np.zeros(len(documents), np.int32)
    shift = (documents & 63).astype(np.uint64)
    for bitmap in many.reached:
        tiers += (bitmap[documents >> 6] >> shift & np.uint64(1)).astype(np.int32)
    return tiers
