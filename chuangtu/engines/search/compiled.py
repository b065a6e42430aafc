"""The inner loops, compiled by Numba; `twin` says the same in NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numba.cpython.unsafe.numbers import trailing_zeros

from chuangtu.engines.search.collect import BLOCK
from chuangtu.engines.search.flags import BORDER, ENDED, IN_CODE, IN_NAME, OPENING
from chuangtu.engines.search.loops import Loops
from chuangtu.engines.search.model import Array, Tier
from chuangtu.engines.search.score import MOST


def compiled() -> Loops:
    """Give the compiled loops."""
    return Loops("numba", place=_place, merge=_merge, tally=_tally, best=_best)


_TEXT, _SOUND, _NAME, _WORD, _START, _WHOLE = (int(each) for each in list(Tier)[1:])


def _compile(loop: Any) -> Any:
    # Kept on disk where there is a place to write; a read-only installation compiles at start.
    try:
        return njit(nogil=True, cache=True)(loop)
    except RuntimeError:  # pragma: no cover - only where no folder at all can be written
        return njit(nogil=True)(loop)


@_compile
def _document(starts: Array, at: int, document: int) -> int:  # pragma: no cover - compiled
    """Find the last document that starts at or before a place, going on from an earlier one."""
    low, step = document, 1
    while low + step < len(starts) and starts[low + step] <= at:
        low += step
        step *= 2
    high = min(low + step, len(starts))
    while high - low > 1:
        middle = (low + high) // 2
        if starts[middle] <= at:
            low = middle
        else:
            high = middle
    return low


@_compile
def _tier(here: int, after: int) -> int:  # pragma: no cover - compiled
    """Grade a written match by the flags of its first symbol and of the one after its last."""
    whole = here & OPENING and after & ENDED
    if here & IN_NAME:
        if whole:
            return _WHOLE
        if here & OPENING:
            return _START
        return _WORD if here & BORDER and after & BORDER else _NAME
    return _WHOLE if whole and here & IN_CODE else _TEXT


@_compile
def _holds(  # pragma: no cover - compiled
    text: Array, at: int, symbols: Array, offset: int, held: int
) -> bool:
    """Say whether the part stands at a place; the gram at its offset is known to."""
    for step in range(offset):
        if text[at + step] != symbols[step]:
            return False
    step = offset + held
    while step < len(symbols) and text[at + step] == symbols[step]:
        step += 1
    return step >= len(symbols)


@_compile
def _place(  # pragma: no cover - compiled, compared with its NumPy twin in tests
    text: Array,
    flags: Array,
    starts: Array,
    blocks: Array,
    places: Array,
    symbols: Array,
    offset: int,
    held: int,
) -> tuple[Array, Array]:
    documents = np.empty(len(places), np.int64)
    tiers = np.empty(len(places), np.uint8)
    count, document = 0, np.int64(0)
    for place in places:
        at = np.int64(place) - offset
        if at < 0 or not _holds(text, at, symbols, offset, held):
            continue
        document = _document(starts, at, max(document, np.int64(blocks[at // BLOCK])))
        if len(flags):
            tier = _tier(flags[at], flags[at + len(symbols)])
        else:
            tier = _SOUND if text[at - 1] else _WORD
        if count and documents[count - 1] == document:
            tiers[count - 1] = max(tiers[count - 1], tier)
        else:
            documents[count] = document
            tiers[count] = tier
            count += 1
    return documents[:count], tiers[:count]


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
