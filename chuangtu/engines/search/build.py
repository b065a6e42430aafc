"""Documents → a folder of immutable files that `load` maps into memory."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np

from chuangtu.engines.search.arrange import arrange
from chuangtu.engines.search.collect import Collected, Running, collect
from chuangtu.engines.search.model import Array, Document, Grams
from chuangtu.engines.search.place import place
from chuangtu.terms.errors import ChuangtuError

FORMAT = 1
"""Number of the layout of the files; `load` refuses another."""
MOST_TEXT = 0xFFFF_FFFF
"""Most characters of one class: places are numbered in 32 bits."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PARTLY = ".partly"
# Least lengths of grams, in symbols: long enough that most lists are short from the start.
_DEPTHS = {"written": 2, "spelled": 5, "initials": 4}


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
    _fill(partly, collected, dense_from)
    partly.rename(folder)


def _fill(partly: Path, collected: Collected, dense_from: int | None) -> None:
    written = "".join(map(chr, collected.alphabet[1:].tolist()))
    facts: dict[str, object] = {"format": FORMAT, "size": collected.size, "alphabet": written}
    for each, texts in enumerate(collected.layers):
        for name, depth in _DEPTHS.items():
            running: Running = getattr(texts, name)
            grams = _arranged(running, name, written, depth, dense_from, collected.size)
            facts[f"{each}-{name}"] = _put_grams(partly, f"{each}-{name}", grams)
        _put(partly, f"{each}-names", texts.names)
        _put(partly, f"{each}-name_offsets", texts.name_offsets)
        _put(partly, f"{each}-name_counts", texts.name_counts)
    _put(partly, "standing", collected.standing)
    with (partly / "index.json").open("w", encoding="utf-8") as file:
        json.dump(facts, file)
        file.flush()
        os.fsync(file.fileno())


def _arranged(
    running: Running, name: str, written: str, depth: int, dense_from: int | None, size: int
) -> Grams:
    is_written = name == "written"
    if len(running.text) > MOST_TEXT:
        raise ChuangtuError(
            f"检索文字共 {len(running.text)} 个字，超过上限 {MOST_TEXT}。请减少可检索的长文本。",
            f"The searchable text has {len(running.text)} characters; at most {MOST_TEXT} can "
            "be indexed. Make fewer long texts searchable.",
        )
    flags = running.flags if is_written else running.flags[:0]
    return arrange(
        running,
        written if is_written else LETTERS,
        depth,
        only_flagged=not is_written,
        # A sixteenth of the documents: a list of so many places is still read in a millisecond.
        # A two-thousandth of the text: bounds the number of bitmaps, whatever the documents are.
        dense_from=dense_from or max(64, size // 16, len(running.text) // 2_000),
        grade=partial(place, running.text, running.starts, flags),
        size=size,
    )


def _put_grams(folder: Path, name: str, grams: Grams) -> dict[str, object]:
    for part in ("text", "starts", "flags", "keys", "offsets", "places", "bitmaps"):
        _put(folder, f"{name}-{part}", getattr(grams, part))
    dense = [[gram, *each.rows, each.node] for gram, each in grams.dense.items()]
    return {"base": grams.base, "depth": grams.depth, "dense": dense}


def _put(folder: Path, name: str, column: Array) -> None:
    with (folder / f"{name}.npy").open("wb") as file:
        np.save(file, column, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
