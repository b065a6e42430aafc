"""One part of the words → the documents that hold it, as a list or as bitmaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from chuangtu.engines.search.choose import choose
from chuangtu.engines.search.loops import Loops
from chuangtu.engines.search.model import Array, Grams, Index
from chuangtu.terms.viewer import Visibility

_LATIN = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True, eq=False)
class Few:
    """Documents, ascending, and the best tier of each."""

    documents: Array
    tiers: Array


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """For each tier from TEXT on, the bitmap of the documents that reach it; never empty.

    Tiers that the same documents reach share one array.
    """

    reached: tuple[Array, ...]


Found: TypeAlias = Few | Many
NONE = Few(np.zeros(0, np.int64), np.zeros(0, np.uint8))


def find(index: Index, part: str, sees: Visibility) -> Found:
    """Find the documents that hold a folded part in text this class may see."""
    loops = choose(index.size)
    found: list[Found] = []
    for layer in index.layers[: sees + 1]:
        found.append(_in(layer.written, part, loops, anywhere=True))
        if _LATIN.fullmatch(part):
            found.append(_in(layer.spelled, part, loops, anywhere=False))
            found.append(_in(layer.initials, part, loops, anywhere=True))
    return _united([each for each in found if isinstance(each, Many) or each.documents.size])


def _in(grams: Grams, part: str, loops: Loops, *, anywhere: bool) -> Found:
    known = grams.dense.get(part)
    if known:
        rows = {row: grams.bitmaps[row] for row in set(known.rows)}
        return Many(tuple(rows[row] for row in known.rows if row))
    symbols = [grams.symbols.get(each, 0) for each in part]
    if 0 in symbols:
        return NONE
    if len(part) < grams.depth:
        listed = _short(grams, symbols)
    else:
        listed = _shortest(grams, part, symbols, anywhere=anywhere)
    if not listed.places.size:
        return NONE
    documents, tiers = loops.place(
        grams.text,
        grams.flags,
        grams.begun,
        grams.ranks,
        grams.filled,
        listed.places,
        np.array(symbols, np.uint32),
        listed.offset,
        listed.length,
    )
    return Few(documents, tiers)


@dataclass(frozen=True, slots=True, eq=False)
class _Listed:
    """Places of a gram, and where the gram stands in the part."""

    places: Array
    offset: int
    length: int


def _short(grams: Grams, symbols: list[int]) -> _Listed:
    """Gather the places of a part that is shorter than the listed grams."""
    step = grams.base ** (grams.depth - len(symbols))
    low = _key(grams, symbols) * step
    first, last = np.searchsorted(grams.keys, np.array([low, low + step], np.uint64))
    places = np.sort(grams.places[grams.offsets[first] : grams.offsets[last]])
    return _Listed(places, 0, len(symbols))


def _shortest(grams: Grams, part: str, symbols: list[int], *, anywhere: bool) -> _Listed:
    """Take the shortest list that must hold the part."""
    found: list[tuple[int, int, int, int]] = []
    for offset in range(len(part) - grams.depth + 1 if anywhere else 1):
        if listed := _list(grams, part, symbols, offset):
            length, first, last = listed
            found.append((last - first, first, offset, length))
            if first == last:
                break
    # Never empty: the part itself is infrequent, so that at least its own start has a list.
    count, first, offset, length = min(found)
    return _Listed(grams.places[first : first + count], offset, length)


def _list(grams: Grams, part: str, symbols: list[int], start: int) -> tuple[int, int, int] | None:
    """Give length, first and end of the list for the gram at `start`; None if it is frequent."""
    length = grams.depth
    key = _key(grams, symbols[start : start + length])
    while (known := grams.dense.get(part[start : start + length])) and known.node:
        if start + length == len(part):
            return None
        key = grams.base**grams.depth + known.node * grams.base + symbols[start + length]
        length += 1
    at = int(np.searchsorted(grams.keys, np.uint64(key)))
    if at < len(grams.keys) and int(grams.keys[at]) == key:
        return length, int(grams.offsets[at]), int(grams.offsets[at + 1])
    return length, 0, 0


def _key(grams: Grams, symbols: list[int]) -> int:
    key = 0
    for each in symbols:
        key = key * grams.base + each
    return key


def _united(found: list[Found]) -> Found:
    """Unite what was found in several texts; the better tier counts."""
    if len(found) < 2:
        return found[0] if found else NONE
    few = [each for each in found if isinstance(each, Few)]
    many = [each.reached for each in found if isinstance(each, Many)]
    documents = np.concatenate([each.documents for each in few]) if few else NONE.documents
    tiers = np.concatenate([each.tiers for each in few]) if few else NONE.tiers
    if many:
        return _marked(many, documents, tiers)
    # By document, the best tier first, of which the first is kept.
    keys = np.sort(documents << 3 | (7 - tiers.astype(np.int64)))
    documents = keys >> 3
    firsts = np.flatnonzero(np.diff(documents, prepend=-1))
    return Few(documents[firsts], (7 - (keys[firsts] & 7)).astype(np.uint8))


def _marked(many: list[tuple[Array, ...]], documents: Array, tiers: Array) -> Many:
    most = max(int(tiers.max(initial=0)), *map(len, many))
    reached: list[Array] = []
    for tier in range(1, most + 1):
        rows = [each[tier - 1] for each in many if len(each) >= tier]
        united = np.bitwise_or.reduce(rows) if rows else np.zeros_like(many[0][0])
        here = documents[tiers >= tier]
        bits = np.left_shift(np.uint64(1), (here & 63).astype(np.uint64))
        np.bitwise_or.at(united, here >> 6, bits)
        is_same = reached and np.array_equal(united, reached[-1])
        reached.append(reached[-1] if is_same else united)
    return Many(tuple(reached))
