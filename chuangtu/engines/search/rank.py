"""What was found for each part → the best of it, its number, and a facet of it."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.search.choose import choose
from chuangtu.engines.search.find import Few, Found, Many
from chuangtu.engines.search.join import join
from chuangtu.engines.search.model import Array, Facet, Index, Top
from chuangtu.engines.search.pack import pack
from chuangtu.engines.search.score import score


def rank(
    index: Index,
    found: list[Found],
    limit: int,
    *,
    mask: Array | None = None,
    facet: Facet | None = None,
) -> Top:
    """Give the best documents of those that were found for every part.

    Args:
        index: what was built.
        found: for each part; no part at all finds every document.
        limit: how many to give, from 1.
        mask: true for each document that may be given at all; None is all of them.
        facet: a code per document, to count by.
    """
    few = join(found, choose(index.size))
    if few is not None:
        return _of_few(index, few, limit, mask, facet)
    many = [each.reached for each in found if isinstance(each, Many)]
    common = pack(np.ones(index.size, bool)) if not many else many[0][0]
    for reached in many[1:]:
        common = common & reached[0]
    if mask is not None:
        common = common & pack(mask)
    return _of_many(index, common, many, limit, facet)


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
    index: Index, common: Array, many: list[tuple[Array, ...]], limit: int, facet: Facet | None
) -> Top:
    # A tier reached by all that match adds the same to each: only the others need be read.
    least = len(many)
    rows: list[Array] = []
    for reached in many:
        for row in reached[1:]:
            if row is reached[0]:
                least += 1
            else:
                rows.append(row)
    table = np.stack(rows) if rows else np.zeros((0, len(common)), np.uint64)
    loops = choose(index.size)
    positions, scores = loops.best(
        common, table, least, index.standing, index.bars, index.above, limit
    )
    total = int(np.bitwise_count(common).sum(dtype=np.int64))
    counts = None if facet is None else loops.tally(common, facet.codes, facet.values)
    return Top(total, positions.astype(np.uint32), scores.astype(np.int32), counts)
