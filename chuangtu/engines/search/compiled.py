"""The inner loops, compiled by Numba; `twin` says the same in NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numba.cpython.unsafe.numbers import trailing_zeros

from chuangtu.engines.search.flags import BORDER, ENDED, IN_CODE, IN_NAME, OPENING
from chuangtu.engines.search.loops import Loops
from chuangtu.engines.search.model import Array, Tier
from chuangtu.engines.search.score import MOST


def compiled() -> Loops:
    """Give the compiled loops."""
    return Loops("numba", place=_place, merge=_merge, tally=_tally, best=_best)


def _tier(here: int, after: int) -> Tier:
    """Grade a written match by the flags of its first symbol and of the one after its last."""
    whole = here & OPENING and after & ENDED
    if here & IN_NAME:
        if whole:
            return Tier.WHOLE
        if here & OPENING:
            return Tier.START
        return Tier.WORD if here & BORDER and after & BORDER else Tier.NAME
    return Tier.WHOLE if whole and here & IN_CODE else Tier.TEXT


_TIERS = np.array([[_tier(here, after) for after in range(32)] for here in range(32)], np.uint8)
_SPOKEN = np.array([Tier.SOUND, Tier.WORD], np.uint8)


def _compile(loop: Any) -> Any:
    # Kept on disk where there is a place to write; a read-only installation compiles at start.
    try:
        return njit(nogil=True, cache=True)(loop)
    except RuntimeError:  # pragma: no cover - only where no folder at all can be written
        return njit(nogil=True)(loop)


@_compile
def _count(bits: Any) -> Any:  # pragma: no cover - compiled
    """Count the bits set in a word: of pairs, of fours, of bytes, of all bytes."""
    bits -= bits >> np.uint64(1) & np.uint64(0x5555_5555_5555_5555)
    fours = np.uint64(0x3333_3333_3333_3333)
    bits = (bits & fours) + (bits >> np.uint64(2) & fours)
    bits = bits + (bits >> np.uint64(4)) & np.uint64(0x0F0F_0F0F_0F0F_0F0F)
    return np.int64(bits * np.uint64(0x0101_0101_0101_0101) >> np.uint64(56))


@_compile
def _holding(  # pragma: no cover - compiled
    text: Array, places: Array, symbols: Array, offset: int, held: int
) -> Array:
    """Keep the places where the whole part stands; the gram at its offset is known to."""
    kept = np.empty(len(places), np.int64)
    count: Any = 0
    for place in places:
        at = np.int64(place) - offset
        holds: Any = at >= 0
        step: Any = held if offset == 0 else 0
        while holds and step < len(symbols):
            holds = text[at + step] == symbols[step]
            step += 1
            if step == offset:
                step += held
        kept[count] = at
        count += holds
    return kept[:count]


@_compile
def _place(  # pragma: no cover - compiled, compared with its NumPy twin in tests
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
    # Two plain loops: memory is waited for less when no branch hangs on what comes from it.
    kept = _holding(text, places, symbols, offset, held)
    documents = np.empty(len(kept), np.int64)
    tiers = np.empty(len(kept), np.uint8)
    count, last = 0, np.int64(-1)
    for at in kept:
        word = at >> 6
        above = np.uint64(63 - (at & 63))
        document = np.int64(ranks[word]) + _count(begun[word] << above) - 1
        if len(flags):
            tier = _TIERS[flags[at] & 31, flags[at + len(symbols)] & 31]
        else:
            tier = _SPOKEN[int(text[at - 1] == 0)]
        if document != last:
            documents[count], tiers[count], last = document, tier, document
            count += 1
        else:
            tiers[count - 1] = max(tiers[count - 1], tier)
    documents, tiers = documents[:count], tiers[:count]
    if len(filled):
        for i in range(count):
            documents[i] = filled[documents[i]]
    return documents, tiers


@_compile
def _merge(  # pragma: no cover - compiled, compared with its NumPy twin in tests
    documents: Array, tiers: Array, others: Array, more: Array
) -> tuple[Array, Array]:
    """Give the documents that stand in both ascending lists, and the sum of their tiers."""
    common = np.empty(min(len(documents), len(others)), np.int64)
    summed = np.empty(len(common), np.int32)
    count = at = 0
    for i in range(len(documents)):
        while at < len(others) and others[at] < documents[i]:
            at += 1
        if at == len(others):
            break
        if others[at] == documents[i]:
            common[count] = documents[i]
            summed[count] = tiers[i] + more[at]
            count += 1
    return common[:count], summed[:count]


@_compile
def _lowest(bits: Any) -> Any:  # pragma: no cover - compiled
    count: Any = trailing_zeros  # an intrinsic, whose declared form is another
    return np.int64(count(bits))


@_compile
def _tally(  # pragma: no cover - compiled, compared with its NumPy twin in tests
    bitmap: Array, codes: Array, values: int
) -> Array:
    # Four counters each, so that one addition need not wait for the last.
    counts = np.zeros((4, values), np.int64)
    turn = 0
    for word in range(len(bitmap)):
        bits = bitmap[word]
        while bits:
            counts[turn & 3, codes[word * 64 + _lowest(bits)]] += 1
            bits &= bits - np.uint64(1)
            turn += 1
    total: Array = counts[0] + counts[1] + counts[2] + counts[3]
    return total


@_compile
def _add_up(rows: Array, word: int, planes: Array) -> None:  # pragma: no cover - compiled
    """Sum the rows' bits for 64 documents at once: one plane for each bit of the sums."""
    planes[:] = 0
    for row in range(len(rows)):
        carry = rows[row, word]
        for plane in range(len(planes)):
            planes[plane], carry = planes[plane] ^ carry, planes[plane] & carry


@_compile
def _rivals(  # pragma: no cover - compiled
    bits: Any, planes: Array, last: Any, above: Any
) -> Any:
    """Keep the documents whose sum exceeds `last`, and of those that reach it the ones above."""
    more, same = np.uint64(0), bits
    for plane in range(len(planes) - 1, -1, -1):
        if last >> plane & 1:
            same &= planes[plane]
        else:
            more |= same & planes[plane]
            same &= ~planes[plane]
    return more | same & above


@_compile
def _enter(  # pragma: no cover - compiled
    documents: Array, scores: Array, count: Any, document: int, found: int
) -> Any:
    """Put a document in its place among the best; on equal scores the earlier one stays before."""
    at = min(count, len(scores) - 1)
    if count == len(scores) and found <= scores[at]:
        return count
    while at > 0 and scores[at - 1] < found:
        scores[at], documents[at] = scores[at - 1], documents[at - 1]
        at -= 1
    scores[at], documents[at] = found, document
    return min(count + 1, len(scores))


@_compile
def _best(  # pragma: no cover - compiled, compared with its NumPy twin in tests
    common: Array,
    rows: Array,
    least: int,
    standing: Array,
    bars: Array,
    above: Array,
    limit: int,
) -> tuple[Array, Array]:
    # Once `limit` are found, only those can still enter that have more tiers than the last of
    # them, or as many and a standing above the highest bar that the last one does not exceed.
    documents, scores = np.empty(limit, np.int64), np.empty(limit, np.int64)
    count: Any = 0
    bar: Any = 0
    width = 0
    while len(rows) >> width:
        width += 1
    planes = np.zeros(width, np.uint64)
    for word in range(len(common)):
        bits = common[word]
        if bits == 0:
            continue
        _add_up(rows, word, planes)
        if count == limit:
            bits = _rivals(bits, planes, (scores[-1] >> 16) - least, above[bar, word])
        while bits:
            bit = _lowest(bits)
            bits &= bits - np.uint64(1)
            tiers: Any = least
            for plane in range(width):
                tiers += np.int64(planes[plane] >> np.uint64(bit) & np.uint64(1)) << plane
            document = word * 64 + bit
            found: Any = min(tiers, MOST) << 16 | np.int64(standing[document])
            count = _enter(documents, scores, count, document, found)
            bar = np.searchsorted(bars, (scores[count - 1] & 0xFFFF) + 1, side="right") - 1
    return documents[:count], scores[:count]
