"""The values of the search engine: what goes in, what stands on disk, what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
PerClass: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Field texts per visibility class, the most public first."""

NOTHING: PerClass = ((), (), ())
CLASSES = 3


@dataclass(frozen=True, slots=True)
class Document:
    """The searchable text of one record; each part is split by visibility class.

    Attributes:
        names: legal, short, former, brand, English names; the first is the one to show.
        texts: everything else worth finding: address, products, descriptions.
        codes: credit code, certificate and patent numbers.
        weight: 0 to 255; a heavier record stands before a lighter one that matches as well.
    """

    names: PerClass = NOTHING
    texts: PerClass = NOTHING
    codes: PerClass = NOTHING
    weight: int = 0


class Tier(IntEnum):
    """How well one part of the words matches one document; the best of its matches counts."""

    NONE = 0
    TEXT = 1
    """Somewhere in a text, or inside a code."""
    SOUND = 2
    """The pinyin or the initials of a name, from some later syllable on."""
    NAME = 3
    """Inside a name."""
    WORD = 4
    """Whole words of a name, or the pinyin or initials of a name from its first syllable on."""
    START = 5
    """The start of a name."""
    WHOLE = 6
    """A whole name or a whole code."""


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Every document that matches.

    Attributes:
        positions: ascending positions of the documents, uint32.
        scores: the score of each, int32; higher is better, ties go to the lower position.
    """

    positions: Array
    scores: Array

    def __len__(self) -> int:
        """How many documents match."""
        return len(self.positions)


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """What matches are counted by.

    Attributes:
        codes: a code per document, each below `values`.
        values: how many codes there are.
    """

    codes: Array
    values: int


@dataclass(frozen=True, slots=True, eq=False)
class Top:
    """The best matches, and how many there are in all.

    Attributes:
        total: number of all matches.
        positions: of the best ones, best first, uint32.
        scores: of the same, int32.
        counts: number of all matches by code of the facet; None without a facet.
    """

    total: int
    positions: Array
    scores: Array
    counts: Array | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text as it was given: characters from `start` to before `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that what was typed may become, and the document that bears it."""

    name: str
    position: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Dense:
    """One gram so frequent that its documents stand as bitmaps instead of as a list.

    Attributes:
        rows: for each tier from TEXT to WHOLE, the row of the bitmap of the documents whose best
            match reaches it; row 0 is empty.
        node: number under which its longer grams are listed; 0 if it has none of its own.
    """

    rows: tuple[int, ...]
    node: int


@dataclass(frozen=True, slots=True, eq=False)
class Grams:
    """All places of one running text, listed by the shortest infrequent gram that starts there.

    Attributes:
        text: symbols, 0 between fields and at both ends.
        starts: where each document starts in `text`.
        begun: one bit per symbol, set where a document with text starts.
        ranks: for every 64th symbol, how many bits of `begun` are set before it.
        filled: the documents with text; empty if all have some.
        flags: per symbol, see `collect`; empty for pinyin and initials.
        symbols: character → symbol.
        base: one more than the greatest symbol.
        depth: length of the grams every place is listed under at least.
        keys: ascending keys of the lists.
        offsets: where each key's list starts in `places`, and the end.
        places: ascending places of each list, list after list.
        dense: gram → its bitmaps.
        bitmaps: one row per distinct set of documents, bits in document order.
    """

    text: Array
    starts: Array
    begun: Array
    ranks: Array
    filled: Array
    flags: Array
    symbols: Mapping[str, int]
    base: int
    depth: int
    keys: Array
    offsets: Array
    places: Array
    dense: Mapping[str, Dense]
    bitmaps: Array


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What one visibility class adds: its running text, how its names sound and are written.

    Attributes:
        characters: of each symbol of `written`.
        written: all fields.
        spelled: the pinyin of the names.
        initials: the initials of the names.
        names: UTF-8 of the names that differ from their folded form, end to end.
        name_offsets: where each name starts in `names`; nothing there means: as folded.
        name_counts: how many names stand before each document's.
    """

    characters: str
    written: Grams
    spelled: Grams
    initials: Grams
    names: Array
    name_offsets: Array
    name_counts: Array


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A built index, memory-mapped.

    Attributes:
        size: number of documents.
        layers: one per visibility class, the most public first.
        standing: per document, the part of its score that does not depend on the words.
        bars: ascending standings.
        above: for each bar, the bitmap of the documents whose standing reaches it.
    """

    size: int
    layers: tuple[Layer, ...]
    standing: Array
    bars: Array
    above: Array
