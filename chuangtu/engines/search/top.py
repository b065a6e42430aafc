"""The words → the best matches, how many there are, and a facet of them all: the search box."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.search.choose import choose
from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.find import Few, Found, Many, find
from chuangtu.engines.search.join import join
from chuangtu.engines.search.model import Array, Facet, Index, Top
from chuangtu.engines.search.pack import pack
from chuangtu.engines.search.score import score
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
    found: list[Found] = [find(index, part, sees) for part in divide(words)]
    if not found:
        found = [Many((pack(np.ones(index.size, bool)),))]
        least = 0
    else:
        least = 1
    few = join(found)
    if few is not None:
        return _of_few(index, few, limit, mask, facet)
    many = [each for each in found if isinstance(each, Many)]
    return _of_many(index, many, least * len(many), limit, mask, facet)


def _of_few(index: Index, few: Few, limit: int, mask: Array | None, facet: Facet | None) -> Top:
    documents, tiers = few.documents, few.tiers
    if mask is not None:
        here = mask[documents]
        documents, tiers = documents[here], tiers[here]
    scores = score(tiers, index.standing[documents]).astype(np.int64)
    # Best score first, then lowest position: one number orders both.
    order = scores << 32 | (0xFFFF_FFFF - documents)
    if len(order) > limit:
        order = np.partition(order, len(order) - limit)[-limit:]
    order = np.sort(order)[::-1]
    counts = None
    if facet is not None:
        counts = np.bincount(facet.codes[documents], minlength=facet.values)
    positions = 0xFFFF_FFFF - (order & 0xFFFF_FFFF)
    return Top(len(documents), positions.astype(np.uint32), (order >> 32).astype(np.int32), counts)


def _of_many(
    index: Index, many: list[Many], least: int, limit: int, mask: Array | None, facet: Facet | None
) -> Top:
    common = many[0].reached[0]
    for each in many[1:]:
        common = common & each.reached[0]
    if mask is not None:
        common = common & pack(mask)
    # A tier reached by all that match adds the same to each: only the others need be read.
    rows: list[Array] = []
    for each in many:
        for row in each.reached[1:]:
            if row is each.reached[0]:
                least += 1
            else:
                rows.append(row)
    table = np.stack(rows) if rows else np.zeros((0, len(common)), np.uint64)
    loops = choose()
    positions, scores = loops.best(
        common, table, least, index.standing, index.bars, index.above, limit
    )
    total = int(np.bitwise_count(common).sum(dtype=np.int64))
    counts = None if facet is None else loops.tally(common, facet.codes, facet.values)
    return Top(total, positions.astype(np.uint32), scores.astype(np.int32), counts)
