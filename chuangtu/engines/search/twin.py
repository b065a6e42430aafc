"""The inner loops in NumPy: what each is to do, and the oracle of the compiled ones."""

from __future__ import annotations

from functools import cache

import numpy as np

from chuangtu.engines.search.bits import bits
from chuangtu.engines.search.flags import BORDER, ENDED, IN_CODE, IN_NAME, OPENING
from chuangtu.engines.search.loops import Loops
from chuangtu.engines.search.model import Array, Tier
from chuangtu.engines.search.score import score


@cache
def twin() -> Loops:
    """Give the loops in NumPy."""
    return Loops("numpy", place=_place, merge=_merge, tally=_tally, best=_best)


def _place(
    text: Array,
    flags: Array,
    begun: Array,
    ranks: Array,
    filled: Array,
    places: Array,
    symbols: Array,
    offset: int,
    held: int,
) -> tuple[Array, Array]:
    places = places[places >= offset].astype(np.int64) - offset
    for step, symbol in enumerate(symbols.tolist()):
        if not offset <= step < offset + held:
            places = places[text[places + step] == symbol]
    above = (63 - (places & 63)).astype(np.uint64)
    before = np.bitwise_count(begun[places >> 6] << above)
    documents = ranks[places >> 6].astype(np.int64) + before - 1
    documents = filled[documents].astype(np.int64) if filled.size else documents
    tiers = _tiers(text, flags, places, len(symbols)).astype(np.uint8)
    firsts = np.flatnonzero(np.diff(documents, prepend=-1))
    return documents[firsts], np.maximum.reduceat(tiers, firsts) if len(firsts) else tiers


def _tiers(text: Array, flags: Array, places: Array, length: int) -> Array:
    if not flags.size:
        return np.where(text[places - 1] == 0, Tier.WORD, Tier.SOUND)
    here, after = flags[places], flags[places + length]
    opens = here & OPENING > 0
    whole = opens & (after & ENDED > 0)
    words = (here & BORDER > 0) & (after & BORDER > 0)
    in_name = np.select([whole, opens, words], [Tier.WHOLE, Tier.START, Tier.WORD], Tier.NAME)
    in_code = np.where(whole, Tier.WHOLE, Tier.TEXT)
    return np.select([here & IN_NAME > 0, here & IN_CODE > 0], [in_name, in_code], Tier.TEXT)


def _merge(documents: Array, tiers: Array, others: Array, more: Array) -> tuple[Array, Array]:
    common, here, there = np.intersect1d(
        documents, others, assume_unique=True, return_indices=True
    )
    return common, (tiers[here].astype(np.int32) + more[there]).astype(np.int32)


def _tally(bitmap: Array, codes: Array, values: int) -> Array:
    return np.bincount(codes[np.flatnonzero(bits(bitmap, len(codes)))], minlength=values)


def _best(
    common: Array,
    rows: Array,
    least: int,
    standing: Array,
    bars: Array,
    above: Array,
    limit: int,
) -> tuple[Array, Array]:
    # The bars only save work: a plain reading of all documents needs none.
    documents = np.flatnonzero(bits(common, len(standing)))
    tiers = np.full(len(documents), least, np.int64)
    for row in rows:
        tiers += bits(row, len(standing))[documents]
    scores = score(tiers, standing[documents]).astype(np.int64)
    order = np.argsort(-scores, kind="stable")[:limit]
    return documents[order], scores[order]
