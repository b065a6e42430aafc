"""One part of the words → the documents that hold it, as a list or as bitmaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from chuangtu.engines.search.model import Array, Grams, Index, Tier
from chuangtu.engines.search.place import place
from chuangtu.terms.viewer import Visibility

_LATIN = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True, eq=False)
class Few:
    """Documents, ascending, and the best tier of each."""

    documents: Array
    tiers: Array


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """For each tier from TEXT to WHOLE, the bitmap of the documents that reach it."""

    reached: tuple[Array, ...]


Found: TypeAlias = Few | Many
NONE = Few(np.zeros(0, np.int64), np.zeros(0, np.uint8))


def find(index: Index, part: str, sees: Visibility) -> Found:
    """Find the documents that hold a folded part in text this class may see."""
    found: list[Found] = []
    for layer in index.layers[: sees + 1]:
        found.append(_in(layer.written, part, anywhere=True))
        if _LATIN.fullmatch(part):
            found.append(_in(layer.spelled, part, anywhere=False))
            found.append(_in(layer.initials, part, anywhere=True))
    return _united([each for each in found if isinstance(each, Many) or each.documents.size])


def _in(grams: Grams, part: str, *, anywhere: bool) -> Found:
    known = grams.dense.get(part)
    if known:
        return Many(tuple(grams.bitmaps[row] for row in known.rows))
    symbols = [grams.symbols.get(each, 0) for each in part]
    if 0 in symbols:
        return NONE
    places = (
        _short(grams, symbols)
        if len(part) < grams.depth
        else _long(grams, part, symbols, anywhere=anywhere)
    )
    if not places.size:
        return NONE
    return _best(*place(grams.text, grams.starts, grams.flags, places, len(part)))


def _short(grams: Grams, symbols: list[int]) -> Array:
    """Gather the places of a part that is shorter than the listed grams."""
    step = grams.base ** (grams.depth - len(symbols))
    low = _key(grams, symbols) * step
    first, last = np.searchsorted(grams.keys, np.array([low, low + step], np.uint64))
    return np.sort(grams.places[grams.offsets[first] : grams.offsets[last]])


def _long(grams: Grams, part: str, symbols: list[int], *, anywhere: bool) -> Array:
    """Take the shortest list that must hold the part, and check the rest of the part there."""
    best: tuple[int, int, int, int] | None = None
    for start in range(len(part) - grams.depth + 1 if anywhere else 1):
        listed = _list(grams, part, symbols, start)
        if listed is None:
            continue
        length, first, last = listed
        if best is None or last - first < best[0]:
            best = last - first, first, start, length
        if first == last:
            break
    # The part itself is infrequent, so at least the list at its own start was there.
    count, first, start, length = best or (0, 0, 0, 0)
    places = grams.places[first : first + count]
    places = places[places >= start] - np.uint32(start)
    for at, symbol in enumerate(symbols):
        if not start <= at < start + length:
            places = places[grams.text[places + np.uint32(at)] == symbol]
    return places


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


def _best(documents: Array, tiers: Array) -> Few:
    """Give each of the ascending documents once, with its best tier."""
    firsts = np.flatnonzero(np.concatenate([[True], documents[1:] != documents[:-1]]))
    return Few(documents[firsts], np.maximum.reduceat(tiers, firsts))


def _united(found: list[Found]) -> Found:
    """Unite what was found in several texts."""
    if len(found) < 2:
        return found[0] if found else NONE
    few = [each for each in found if isinstance(each, Few)]
    many = [each.reached for each in found if isinstance(each, Many)]
    if not many:
        documents = np.concatenate([each.documents for each in few])
        order = np.argsort(documents, kind="stable")
        tiers = np.concatenate([each.tiers for each in few])
        return _best(documents[order], tiers[order])
    reached = tuple(np.bitwise_or.reduce(rows) for rows in zip(*many, strict=True))
    for each in few:
        for tier in range(Tier.TEXT, Tier.WHOLE + 1):
            mark(reached[tier - 1], each.documents[each.tiers >= tier])
    return Many(reached)


def mark(bitmap: Array, documents: Array) -> None:
    """Set the bits of documents."""
    bits = np.left_shift(np.uint64(1), (documents & 63).astype(np.uint64))
    np.bitwise_or.at(bitmap, documents >> 6, bits)
