"""Documents → running texts, one per visibility class, and how the names in them sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np

from chuangtu.engines.search.flags import BORDER, ENDED, OPENING
from chuangtu.engines.search.model import CLASSES, Array, Document
from chuangtu.engines.search.pack import pack
from chuangtu.engines.search.spell import FIRST
from chuangtu.engines.search.standing import standing
from chuangtu.engines.search.transcribe import Alphabet, Strip, Words, transcribe

# Documents folded at a time: enough to spread the cost of a call, few enough to stay small.
_BATCH = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Running:
    """Fields one after the other.

    Attributes:
        text: symbols of all fields, a 0 before the first and after each.
        starts: where each document starts.
        begun: one bit per symbol, set where a document with text starts.
        ranks: for every 64th symbol, how many bits of `begun` are set before it.
        filled: the documents with text; empty if all have some.
        flags: per symbol; of a spelled text, non-zero where a syllable starts.
    """

    text: Array
    starts: Array
    begun: Array
    ranks: Array
    filled: Array
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
    alphabet, words = Alphabet(), Words()
    strips: list[list[Strip]] = [[] for _ in range(CLASSES)]
    standings = [np.zeros(0, np.uint16)]
    stream = iter(documents)
    while batch := list(islice(stream, _BATCH)):
        for each, done in enumerate(strips):
            done.append(transcribe(batch, each, alphabet, words))
        standings.append(np.array([standing(document) for document in batch], np.uint16))
    column = np.concatenate(standings)
    layers = tuple(_texts(done) for done in strips)
    return Collected(len(column), layers, alphabet.characters(), column)


def _texts(strips: list[Strip]) -> Texts:
    def whole(column: str, dtype: type) -> Array:
        return np.concatenate([np.zeros(0, dtype), *[getattr(each, column) for each in strips]])

    name_counts = whole("name_counts", np.uint32)
    spelled = _sounded(whole("letters", np.uint8), name_counts)
    initials = _sounded(whole("initials", np.uint8), name_counts)
    flags = np.concatenate([np.array([BORDER | ENDED], np.uint8), whole("flags", np.uint8)])
    flags[1:][flags[:-1] & ENDED > 0] |= OPENING
    written = _run(whole("text", np.uint16), whole("field_counts", np.uint32), flags)
    lengths = np.cumsum(whole("name_lengths", np.uint64))
    return Texts(
        written=written,
        spelled=spelled,
        initials=initials,
        names=whole("names", np.uint8),
        name_offsets=np.concatenate([[0], lengths]).astype(np.uint64),
        name_counts=np.concatenate([[0], np.cumsum(name_counts)]).astype(np.uint32),
    )


def _sounded(letters: Array, counts: Array) -> Running:
    flags = np.concatenate([np.zeros(1, np.uint8), letters & FIRST])
    return _run(letters & np.uint8(FIRST - 1), counts, flags)


def _run(text: Array, counts: Array, flags: Array) -> Running:
    whole = np.concatenate([np.zeros(1, text.dtype), text])
    ends = np.flatnonzero(whole == 0)
    before = (np.cumsum(counts) - counts).astype(np.int64)
    starts = (ends[before] + 1).astype(np.uint32)
    is_filled = counts > 0
    truths = np.zeros(len(whole), bool)
    truths[starts[is_filled]] = True
    begun = pack(truths)
    per_word = np.bitwise_count(begun).astype(np.int64)
    ranks = (np.cumsum(per_word) - per_word).astype(np.uint32)
    filled = np.flatnonzero(is_filled).astype(np.uint32)
    if len(filled) == len(counts):
        filled = filled[:0]
    return Running(whole, starts, begun, ranks, filled, flags)
