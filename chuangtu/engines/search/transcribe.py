"""A batch of documents → a strip of running text of one visibility class."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

import numpy as np

from chuangtu.engines.search.cut import cut
from chuangtu.engines.search.flags import BORDER, ENDED, IN_CODE, IN_NAME
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.model import Array, Document
from chuangtu.engines.search.spell import spell

_NAME, _TEXT, _CODE = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Columns of one batch.

    Attributes:
        text: symbols, a 0 after each field.
        flags: of each symbol, but for what only the neighbouring strip can tell.
        letters: the pinyin of the names, a 0 after each.
        initials: the same of their initials.
        names: UTF-8 of the names that differ from their folded form.
        name_lengths: bytes of each name in `names`.
        field_counts: fields of each document.
        name_counts: names of each document.
    """

    text: Array
    flags: Array
    letters: Array
    initials: Array
    names: Array
    name_lengths: Array
    field_counts: Array
    name_counts: Array


class Alphabet:
    """Code points → symbols, numbered as they appear."""

    def __init__(self) -> None:
        self._symbols = np.zeros(0x110000, np.uint32)
        self._count = 1

    def read(self, text: str) -> Array:
        """Give the symbols of a text; the mark between fields is 0."""
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


class _Pieces:
    """Pieces of bytes end to end, to be laid out by number."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("q", [0])

    def add(self, piece: bytes) -> None:
        self._bytes += piece
        self._ends.append(len(self._bytes))

    def lay(self, numbers: Array) -> Array:
        """Give the pieces of these numbers, one after the other."""
        # Copies, for what is looked at may not grow.
        ends = np.array(self._ends)
        starts, sizes = ends[numbers], np.diff(ends)[numbers]
        shift = starts - (np.cumsum(sizes) - sizes)
        at = np.repeat(shift, sizes) + np.arange(sizes.sum())
        laid: Array = np.frombuffer(bytes(self._bytes), np.uint8)[at]
        return laid


class Words(dict[str, int]):
    """Words of names, numbered as they appear; 0 is the end of a name."""

    def __init__(self) -> None:
        self.flags, self.letters, self.initials = _Pieces(), _Pieces(), _Pieces()
        self._add(bytes([BORDER | ENDED]), b"\0", b"\0")

    def __missing__(self, word: str) -> int:
        spelling = spell(word)
        flags = bytes([IN_NAME | BORDER]) + bytes([IN_NAME]) * (len(word) - 1)
        self[word] = number = len(self) + 1
        self._add(flags, spelling.letters, spelling.initials)
        return number

    def _add(self, flags: bytes, letters: bytes, initials: bytes) -> None:
        self.flags.add(flags)
        self.letters.add(letters)
        self.initials.add(initials)


@dataclass
class _Tape:
    """One strip while it grows."""

    words: Words
    fields: list[str] = field(default_factory=list)
    sorts: list[int] = field(default_factory=list)
    spoken: list[int] = field(default_factory=list)
    names: list[bytes] = field(default_factory=list)

    def add_name(self, name: str) -> None:
        if folded := fold(name):
            self.fields.append(folded)
            self.sorts.append(_NAME)
            self.spoken.extend(map(self.words.__getitem__, cut(folded)))
            self.spoken.append(0)
            same = folded == name
            self.names.append(b"" if same else name.encode("utf-8", "replace"))

    def add(self, text: str, sort: int) -> None:
        if folded := fold(text):
            self.fields.append(folded)
            self.sorts.append(sort)


def transcribe(batch: list[Document], each: int, alphabet: Alphabet, words: Words) -> Strip:
    """Write down what one visibility class of a batch of documents says.

    Args:
        batch: documents in their order.
        each: the visibility class.
        alphabet: symbols known so far; learns the new ones.
        words: words known so far; learns the new ones.
    """
    tape = _Tape(words)
    field_counts, name_counts = [0], [0]
    for document in batch:
        for name in document.names[each]:
            tape.add_name(name)
        name_counts.append(len(tape.names))
        for text in document.texts[each]:
            tape.add(text, _TEXT)
        for code in document.codes[each]:
            tape.add(code, _CODE)
        field_counts.append(len(tape.fields))
    symbols = alphabet.read("".join([text + "\0" for text in tape.fields]))
    spoken = np.array(tape.spoken, np.int64)
    return Strip(
        text=symbols,
        flags=_flags(symbols, np.array(tape.sorts, np.uint8), words.flags.lay(spoken)),
        letters=words.letters.lay(spoken),
        initials=words.initials.lay(spoken),
        names=np.frombuffer(b"".join(tape.names), np.uint8),
        name_lengths=np.array([len(name) for name in tape.names], np.uint64),
        field_counts=np.diff(field_counts).astype(np.uint32),
        name_counts=np.diff(name_counts).astype(np.uint32),
    )


def _flags(symbols: Array, sorts: Array, of_names: Array) -> Array:
    sizes = np.diff(np.flatnonzero(symbols == 0), prepend=-1)
    sort = np.repeat(sorts, sizes)
    flags = np.zeros(len(symbols), np.uint8)
    flags[sort == _NAME] = of_names
    flags[sort == _CODE] = IN_CODE
    flags[symbols == 0] = BORDER | ENDED
    return flags
