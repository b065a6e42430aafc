"""The words → the best matches, how many there are, and a facet of them all: the search box."""

from __future__ import annotations

from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.find import find
from chuangtu.engines.search.model import Array, Facet, Index, Top
from chuangtu.engines.search.rank import rank
from chuangtu.terms.viewer import Visibility


def top(
    index: Index,
    words: str,
    sees: Visibility,
    limit: int,
    *,
    mask: Array | None = None,
    facet: Facet | None = None,
) -> Top:
    """Give the best `limit` of what `match` gives, counting the others instead of listing them.

    Args:
        index: what was built.
        words: as typed.
        sees: the widest class of text the viewer may see.
        limit: how many to give, from 1.
        mask: true for each document that may be given at all; None is all of them.
        facet: a code per document, to count the matches by.
    """
    found = [find(index, part, sees) for part in divide(words)]
    return rank(index, found, limit, mask=mask, facet=facet)
