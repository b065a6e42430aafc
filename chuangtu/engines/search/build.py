"""Documents → a folder of immutable files that `load` maps into memory."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from chuangtu.engines.search.arrange import arrange
from chuangtu.engines.search.collect import Collected, Running, collect
from chuangtu.engines.search.model import Array, Document
from chuangtu.engines.search.pack import pack
from chuangtu.terms.errors import ChuangtuError

FORMAT = 1
"""Number of the layout of the files; `load` refuses another."""
MOST_TEXT = 0xFFFF_FFFF
"""Most characters of one class: places are numbered in 32 bits."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PARTS = (
    *("text", "starts", "begun", "ranks", "filled", "flags"),
    *("keys", "offsets", "places", "bitmaps"),
)
"""Columns of one running text."""
_PARTLY = ".partly"
# Least lengths of grams, in symbols: long enough that most lists are short from the start.
_DEPTHS = {"written": 2, "spelled": 5, "initials": 4}
# Grams found more often than once in so many documents get bitmaps: a list that long still reads
# in a millisecond. At 32 a list and a bitmap take as much room; at 64 the slowest questions of
# two million documents take half the time for a tenth more room.
_SHARES = {"written": 64, "spelled": 16, "initials": 16}
# Bars of standing: above the first are half of the documents, above the next a quarter …
_BARS = 12
# Columns start at whole lines of the processor's cache.
_LINE = 64


def build(documents: Iterable[Document], folder: Path, *, dense_from: int | None = None) -> None:
    """Build the index of all documents; their order gives their positions, from 0.

    The folder appears whole or not at all: it is written beside its place and renamed.

    Args:
        documents: read once, a batch at a time.
        folder: where to put the index; must not exist yet.
        dense_from: from how many places on a gram gets bitmaps; None chooses by size.

    Raises:
        ChuangtuError: the folder exists, or one class holds more text than an index can number.
    """
    if folder.exists():
        raise ChuangtuError(
            f"检索索引“{folder.name}”已存在，不能覆盖。请用新的版本名。",
            f"The search index '{folder.name}' exists already. Build under a new version name.",
        )
    collected = collect(documents)
    for broken_off in folder.parent.glob(f".{folder.name}.*{_PARTLY}"):
        shutil.rmtree(broken_off)
    partly = folder.with_name(f".{folder.name}.{os.getpid()}{_PARTLY}")
    partly.mkdir(parents=True)
    try:
        with (partly / "columns.bin").open("wb") as file:
            facts = _put_all(_Columns(file), collected, dense_from)
            _settle(file)
        with (partly / "index.json").open("wb") as file:
            file.write(json.dumps(facts).encode("ascii"))
            _settle(file)
        partly.rename(folder)
    finally:
        # A disk that is full must not stay so because of what was begun.
        shutil.rmtree(partly, ignore_errors=True)


class _Columns:
    """Columns one after the other in one file, and where each stands."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.table: dict[str, tuple[int, str, tuple[int, ...]]] = {}

    def put(self, name: str, column: Array) -> None:
        self._file.write(bytes(-self._file.tell() % _LINE))
        self.table[name] = self._file.tell(), column.dtype.str, column.shape
        self._file.write(np.ascontiguousarray(column).data)


def _put_all(columns: _Columns, collected: Collected, dense_from: int | None) -> dict[str, Any]:
    written = "".join(map(chr, collected.alphabet[1:].tolist()))
    facts: dict[str, Any] = {"format": FORMAT, "size": collected.size, "alphabet": written}
    for each, texts in enumerate(collected.layers):
        for name in _DEPTHS:
            running: Running = getattr(texts, name)
            facts[f"{each}-{name}"] = _put_grams(
                columns, f"{each}-{name}", running, written, dense_from, collected.size
            )
        columns.put(f"{each}-names", texts.names)
        columns.put(f"{each}-name_offsets", texts.name_offsets)
        columns.put(f"{each}-name_counts", texts.name_counts)
    bars, above = _bars(collected.standing)
    columns.put("standing", collected.standing)
    columns.put("bars", bars)
    columns.put("above", above)
    return {**facts, "columns": columns.table}


def _put_grams(
    columns: _Columns, name: str, running: Running, written: str, dense_from: int | None, size: int
) -> dict[str, Any]:
    if len(running.text) > MOST_TEXT:
        raise ChuangtuError(
            f"检索文字共 {len(running.text)} 个字，超过上限 {MOST_TEXT}。请减少可检索的长文本。",
            f"The searchable text has {len(running.text)} characters; at most {MOST_TEXT} can "
            "be indexed. Make fewer long texts searchable.",
        )
    sort = name.partition("-")[2]
    grams = arrange(
        running,
        written if sort == "written" else LETTERS,
        _DEPTHS[sort],
        is_written=sort == "written",
        # A two-thousandth of the text: bounds the number of bitmaps, whatever the documents are.
        dense_from=dense_from or max(64, size // _SHARES[sort], len(running.text) // 2_000),
        size=size,
    )
    for part in PARTS:
        columns.put(f"{name}-{part}", getattr(grams, part))
    dense = [[gram, *each.rows, each.node] for gram, each in grams.dense.items()]
    return {"base": grams.base, "depth": grams.depth, "dense": dense}


def _bars(standing: Array) -> tuple[Array, Array]:
    """Give ascending standings, and the bitmap of the documents at or above each."""
    ascending = np.sort(standing)
    tops = [ascending[-max(1, len(ascending) >> each)] for each in range(_BARS) if ascending.size]
    bars = np.array([0, *tops[1:]], np.uint16)
    return bars, np.stack([pack(standing >= bar) for bar in bars])


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
