"""A running text → its places, listed by gram, and bitmaps for the grams that are everywhere.

Each place is listed once, under the shortest gram that starts there and is infrequent. A part
that is itself frequent has its bitmaps; any other part starts with an infrequent gram, whose list
holds every place where the part can be. So no list that is read is ever long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from chuangtu.engines.search.choose import choose
from chuangtu.engines.search.collect import Running
from chuangtu.engines.search.model import Array, Dense, Grams, Tier
from chuangtu.engines.search.pack import pack

# Longest gram with bitmaps: longer ones are boilerplate, whose lists may well be long.
_LONGEST = 16


def arrange(
    running: Running,
    characters: str,
    depth: int,
    *,
    is_written: bool,
    dense_from: int,
    size: int,
) -> Grams:
    """Sort the places of a text by the grams that start there.

    Args:
        running: the text.
        characters: the character of each symbol from 1 on; later symbols match nothing.
        depth: length of the grams a place is listed under at least.
        is_written: a part may start anywhere; else only at flagged places, where syllables start.
        dense_from: from how many places on a gram gets bitmaps.
        size: number of documents.
    """
    base = int(max(running.text.max(), len(characters))) + 1
    while base**depth >= 1 << 32:
        depth -= 1
    flags = running.flags if is_written else running.flags[:0]
    bitmaps = _Bitmaps(running, flags, size)
    desk = _Desk(running.text, characters, base, depth, dense_from, bitmaps)
    places = np.flatnonzero(running.text if is_written else running.flags)
    active = _first_level(desk, places.astype(np.uint32))
    length = depth
    while active.size:
        length += 1
        active = _level(desk, active, length)
    keys, offsets, listed = desk.lists()
    return Grams(
        text=running.text,
        starts=running.starts,
        begun=running.begun,
        ranks=running.ranks,
        filled=running.filled,
        flags=flags,
        symbols={each: i + 1 for i, each in enumerate(characters)},
        base=base,
        depth=depth,
        keys=keys,
        offsets=offsets,
        places=listed,
        dense=desk.dense,
        bitmaps=desk.bitmaps.table(),
    )


@dataclass
class _Desk:
    """What is sorted so far."""

    text: Array
    characters: str
    base: int
    depth: int
    dense_from: int
    bitmaps: _Bitmaps
    dense: dict[str, Dense] = field(default_factory=dict)
    nodes: int = 0
    listed: list[tuple[Array, Array, Array]] = field(default_factory=list)

    def gram(self, place: int, length: int) -> str | None:
        """Read a gram; None if a symbol in it matches nothing."""
        symbols = self.text[place : place + length].tolist()
        if any(not 0 < each <= len(self.characters) for each in symbols):
            return None
        return "".join(self.characters[each - 1] for each in symbols)

    def list_groups(self, keys: Array, bounds: Array, kept: Array, places: Array) -> None:
        """Put the kept groups down as lists, each under its key."""
        counts = np.diff(bounds)
        chosen = np.repeat(kept, counts)
        self.listed.append((keys[kept], counts[kept], places[chosen]))

    def lists(self) -> tuple[Array, Array, Array]:
        """Give keys, offsets and places; deeper levels have the greater keys."""
        keys = np.concatenate([each[0] for each in self.listed])
        counts = np.concatenate([each[1] for each in self.listed])
        places = np.concatenate([each[2] for each in self.listed])
        return keys, np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32), places


class _Bitmaps:
    """Distinct sets of documents, one bit per document."""

    def __init__(self, running: Running, flags: Array, size: int) -> None:
        self._running = running
        self._flags = flags
        self._size = size
        self._rows: dict[bytes, int] = {pack(np.zeros(size, bool)).tobytes(): 0}

    def rows(self, places: Array, length: int) -> tuple[int, ...]:
        """Give the rows of the documents that reach each tier with a match at these places."""
        run = self._running
        documents, tiers = choose(self._size).place(
            run.text,
            self._flags,
            run.begun,
            run.ranks,
            run.filled,
            places,
            np.zeros(length, np.uint32),
            0,
            length,
        )
        best = np.zeros(self._size, np.uint8)
        best[documents] = tiers
        return tuple(
            self._rows.setdefault(pack(best >= tier).tobytes(), len(self._rows))
            for tier in range(Tier.TEXT, Tier.WHOLE + 1)
        )

    def table(self) -> Array:
        """Give all rows as 64-bit words."""
        whole = b"".join(self._rows)
        return np.frombuffer(whole, np.uint64).reshape(len(self._rows), (self._size + 63) // 64)


def _groups(keys: Array) -> Array:
    """Give where each run of equal keys starts, and the end."""
    changes = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    return np.concatenate([[0], changes, [len(keys)]]) if len(keys) else np.zeros(1, np.int64)


def _first_level(desk: _Desk, places: Array) -> Array:
    """List the grams of the least length; give the places of the frequent ones."""
    keys, places = _sorted(_least_grams(desk, places), places)
    for length in range(1, desk.depth):
        shorter = keys // np.uint32(desk.base ** (desk.depth - length))
        for _, gram, group in _frequent(desk, shorter, places, length):
            desk.dense[gram] = Dense(desk.bitmaps.rows(np.sort(group), length), 0)
    return _spread(desk, keys, places, desk.depth, 0)


def _least_grams(desk: _Desk, places: Array) -> Array:
    """Give the key of the gram at each place, padded with 0 from its end of field on."""
    keys = np.zeros(len(places), np.uint32)
    going = np.ones(len(places), bool)
    for step in range(desk.depth):
        symbols = np.zeros(len(places), np.uint32)
        symbols[going] = desk.text[places[going] + np.uint32(step)]
        going &= (symbols > 0) & (symbols <= len(desk.characters))
        keys = keys * np.uint32(desk.base) + symbols
    return keys


def _level(desk: _Desk, active: Array, length: int) -> Array:
    # Boilerplate goes on as it stands, level after level: mostly sorted already.
    if np.any(active[:-1] > active[1:]):
        active.sort()
    keys = (active >> np.uint64(32)).astype(np.uint32)
    return _spread(desk, keys, active.astype(np.uint32), length, desk.base**desk.depth)


def _spread(desk: _Desk, keys: Array, places: Array, length: int, above: int) -> Array:
    """List the infrequent groups, give bitmaps to the others and their places for longer grams."""
    bounds = _groups(keys)
    kept = np.ones(len(bounds) - 1, bool)
    longer: list[Array] = [np.zeros(0, np.uint64)]
    if length < _LONGEST:
        for i, gram, group in _frequent(desk, keys, places, length):
            kept[i] = False
            desk.nodes += 1
            desk.dense[gram] = Dense(desk.bitmaps.rows(group, length), desk.nodes)
            longer.append(_longer(desk, group, length))
    firsts = bounds[:-1]
    kept &= ~_needless(desk, keys[firsts], places[firsts], length)
    desk.list_groups(keys[firsts].astype(np.uint64) + np.uint64(above), bounds, kept, places)
    return np.concatenate(longer)


def _frequent(
    desk: _Desk, keys: Array, places: Array, length: int
) -> Iterator[tuple[int, str, Array]]:
    """Give the number, the gram and the places of each group that gets bitmaps."""
    bounds = _groups(keys)
    for i in np.flatnonzero(np.diff(bounds) >= desk.dense_from).tolist():
        group = places[bounds[i] : bounds[i + 1]]
        gram = desk.gram(int(group[0]), length)
        if gram is not None:
            yield i, gram, group


def _longer(desk: _Desk, group: Array, length: int) -> Array:
    """Key the places of a frequent gram by the symbol that follows; ends of fields drop out."""
    symbols = desk.text[group + np.uint32(length)].astype(np.uint64)
    follows = (symbols > 0) & (symbols <= len(desk.characters))
    keys = np.uint64(desk.nodes * desk.base) + symbols[follows]
    return keys << np.uint64(32) | group[follows].astype(np.uint64)


def _needless(desk: _Desk, keys: Array, firsts: Array, length: int) -> Array:
    """Say which groups end with their field in a frequent gram: its bitmaps answer for them."""
    last = keys % np.uint32(desk.base)
    needless: Array = (last == 0) | (last > len(desk.characters))
    for i in np.flatnonzero(needless).tolist():
        symbols = desk.text[firsts[i] : int(firsts[i]) + length].tolist()
        end = next(j for j, each in enumerate(symbols) if not 0 < each <= len(desk.characters))
        needless[i] = desk.gram(int(firsts[i]), end) in desk.dense
    return needless


def _sorted(keys: Array, places: Array) -> tuple[Array, Array]:
    # Key above, place below in one number: one sort of plain numbers orders both.
    packed = np.empty((len(keys), 2), "<u4")
    packed[:, 1], packed[:, 0] = keys, places
    packed.view("<u8")[:, 0].sort()
    return packed[:, 1].copy(), packed[:, 0].copy()
