"""Documents → running texts, one per visibility class, and how the names in them sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from chuangtu.engines.search.cut import cut
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.model import CLASSES, Array, Document
from chuangtu.engines.search.spell import FIRST, spell
from chuangtu.engines.search.standing import standing

BORDER = 1
"""Flag: a word starts here, or a field ended here."""
IN_NAME = 2
"""Flag: inside a name."""
IN_CODE = 4
"""Flag: inside a code."""
OPENING = 8
"""Flag: the first character of a field."""
ENDED = 16
"""Flag: the mark after a field."""
BLOCK = 64
"""Symbols per entry of `Running.blocks`."""

# Documents folded at a time: enough to spread the cost of a call, few enough to stay small.
_BATCH = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Running:
    """Fields one after the other.

    Attributes:
        text: symbols of all fields, a 0 before the first and after each.
        starts: where each document starts.
        blocks: for every 64th symbol, the document it belongs to.
        flags: per symbol; of a spelled text, non-zero where a syllable starts.
    """

    text: Array
    starts: Array
    blocks: Array
    flags: Array


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """What one visibility class says.

    Attributes:
        names: UTF-8 of the names that differ from their folded form, end to end.
        name_offsets: where each name starts in `names`; nothing there means: as folded.
        name_counts: how many names stand before each document's.
    """

    written: Running
    spelled: Running
    initials: Running
    names: Array
    name_offsets: Array
    name_counts: Array


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """All documents as columns; symbol i of the written texts is character `alphabet[i]`."""

    size: int
    layers: tuple[Texts, ...]
    alphabet: Array
    standing: Array


def collect(documents: Iterable[Document]) -> Collected:
    """Read all documents once, in batches, into columns."""
    alphabet = _Alphabet()
    tapes = [_Tape(alphabet) for _ in range(CLASSES)]
    words = _Words()
    standings: list[Array] = []
    stream = iter(documents)
    while batch := list(islice(stream, _BATCH)):
        for each, tape in enumerate(tapes):
            for document in batch:
                tape.add(document, each, words)
            tape.flush()
        standings.append(np.array([standing(document) for document in batch], np.uint16))
    column = np.concatenate([np.zeros(0, np.uint16), *standings])
    layers = tuple(tape.texts() for tape in tapes)
    return Collected(len(column), layers, alphabet.characters(), column)


class _Words(dict[str, tuple[bytes, bytes, bytes]]):
    """Word of a name → its flags, letters and initials, worked out once."""

    def __missing__(self, word: str) -> tuple[bytes, bytes, bytes]:
        spelling = spell(word)
        flags = bytes([IN_NAME | BORDER]) + bytes([IN_NAME]) * (len(word) - 1)
        self[word] = known = flags, spelling.letters, spelling.initials
        return known


class _Alphabet:
    """Code points → symbols, numbered as they appear."""

    def __init__(self) -> None:
        self._symbols = np.zeros(0x110000, np.uint32)
        self._count = 1

    def read(self, text: str) -> Array:
        points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        symbols = self._symbols[points]
        fresh = np.unique(points[symbols == 0])
        fresh = fresh[fresh > 0]
        if fresh.size:
            self._symbols[fresh] = np.arange(self._count, self._count + fresh.size)
            self._count += fresh.size
            symbols = self._symbols[points]
        return symbols.astype(np.uint16 if self._count <= 1 << 16 else np.uint32)

    def characters(self) -> Array:
        """Give the code point of each symbol; symbol 0 is the mark between fields."""
        points = np.flatnonzero(self._symbols)
        characters = np.zeros(self._count, np.uint32)
        characters[self._symbols[points]] = points
        return characters


@dataclass
class _Tape:
    """The running texts of one class while they grow."""

    alphabet: _Alphabet
    fields: list[str] = field(default_factory=list)
    flags: list[bytes] = field(default_factory=list)
    letters: list[bytes] = field(default_factory=list)
    initials: list[bytes] = field(default_factory=list)
    names: list[bytes] = field(default_factory=list)
    field_counts: list[int] = field(default_factory=list)
    name_counts: list[int] = field(default_factory=list)
    done: list[tuple[Array, ...]] = field(default_factory=list)

    def add(self, document: Document, each: int, words: _Words) -> None:
        fields_before, names_before = len(self.fields), len(self.letters)
        for name in document.names[each]:
            if folded := fold(name):
                known = [words[word] for word in cut(folded)]
                self.fields.append(folded)
                self.flags.append(b"".join([word[0] for word in known]))
                self.letters.append(b"".join([word[1] for word in known]))
                self.initials.append(b"".join([word[2] for word in known]))
                same = folded == name
                self.names.append(b"" if same else name.encode("utf-8", "replace"))
        for others, flag in ((document.texts[each], b"\0"), (document.codes[each], _CODE)):
            for text in filter(None, map(fold, others)):
                self.fields.append(text)
                self.flags.append(flag * len(text))
        self.field_counts.append(len(self.fields) - fields_before)
        self.name_counts.append(len(self.letters) - names_before)

    def flush(self) -> None:
        ended = bytes([BORDER | ENDED])
        self.done.append(
            (
                self.alphabet.read("".join([text + "\0" for text in self.fields])),
                _bytes(b"".join([flags + ended for flags in self.flags])),
                _bytes(b"".join([letters + b"\0" for letters in self.letters])),
                _bytes(b"".join([initials + b"\0" for initials in self.initials])),
                _bytes(b"".join(self.names)),
                np.array([len(name) for name in self.names], np.uint64),
                np.array(self.field_counts, np.uint32),
                np.array(self.name_counts, np.uint32),
            )
        )
        for grown in (self.fields, self.flags, self.letters, self.initials, self.names):
            grown.clear()
        self.field_counts.clear()
        self.name_counts.clear()

    def texts(self) -> Texts:
        nothing = np.zeros(0, np.uint8)
        columns = list(zip(*self.done, strict=True)) or [(nothing,)] * 8
        self.done.clear()
        text, flags, letters, initials, names, lengths, fields, name_counts = (
            np.concatenate(columns.pop(0)) for _ in range(8)
        )
        flags = np.concatenate([np.array([BORDER | ENDED], np.uint8), flags])
        flags[1:][flags[:-1] & ENDED > 0] |= OPENING
        counted = np.concatenate([[0], np.cumsum(name_counts)]).astype(np.uint32)
        return Texts(
            written=_run(text, fields, flags),
            spelled=_sounded(letters, name_counts),
            initials=_sounded(initials, name_counts),
            names=names,
            name_offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint64),
            name_counts=counted,
        )


_CODE = bytes([IN_CODE])


def _bytes(content: bytes) -> Array:
    return np.frombuffer(content, np.uint8)


def _sounded(letters: Array, counts: Array) -> Running:
    flags = np.concatenate([np.zeros(1, np.uint8), letters & FIRST])
    return _run(letters & np.uint8(FIRST - 1), counts, flags)


def _run(text: Array, counts: Array, flags: Array) -> Running:
    whole = np.concatenate([np.zeros(1, text.dtype), text])
    ends = np.flatnonzero(whole == 0)
    before = (np.cumsum(counts) - counts).astype(np.int64)
    starts = (ends[before] + 1).astype(np.uint32)
    every = np.arange(0, len(whole), BLOCK, dtype=np.uint32)
    blocks = np.maximum(np.searchsorted(starts, every, side="right") - 1, 0).astype(np.uint32)
    return Running(whole, starts, blocks, flags)
