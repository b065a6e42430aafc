"""A built folder → an index, mapped into memory: opened in milliseconds, shared by processes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from chuangtu.engines.search.build import FORMAT, LETTERS
from chuangtu.engines.search.model import CLASSES, Array, Dense, Grams, Index, Layer
from chuangtu.terms.errors import ChuangtuError


def load(folder: Path) -> Index:
    """Open an index.

    Raises:
        ChuangtuError: there is no index of this layout in the folder.
    """
    try:
        facts = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        is_known = facts["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        is_known = False
    if not is_known:
        raise ChuangtuError(
            f"“{folder.name}”中没有可用的检索索引（需要第 {FORMAT} 版格式）。请重新发布快照。",
            f"'{folder.name}' holds no search index of format {FORMAT}. Publish again.",
        )
    written = {each: i + 1 for i, each in enumerate(facts["alphabet"])}
    letters = {each: i + 1 for i, each in enumerate(LETTERS)}
    layers = tuple(
        Layer(
            written=_grams(folder, f"{each}-written", facts, written),
            spelled=_grams(folder, f"{each}-spelled", facts, letters),
            initials=_grams(folder, f"{each}-initials", facts, letters),
            names=_column(folder, f"{each}-names"),
            name_offsets=_column(folder, f"{each}-name_offsets"),
            name_counts=_column(folder, f"{each}-name_counts"),
        )
        for each in range(CLASSES)
    )
    return Index(size=facts["size"], layers=layers, standing=_column(folder, "standing"))


def _grams(folder: Path, name: str, facts: dict[str, Any], symbols: dict[str, int]) -> Grams:
    known = facts[name]
    return Grams(
        text=_column(folder, f"{name}-text"),
        starts=_column(folder, f"{name}-starts"),
        flags=_column(folder, f"{name}-flags"),
        symbols=symbols,
        base=known["base"],
        depth=known["depth"],
        keys=_column(folder, f"{name}-keys"),
        offsets=_column(folder, f"{name}-offsets"),
        places=_column(folder, f"{name}-places"),
        dense={gram: Dense(tuple(rows), node) for gram, *rows, node in known["dense"]},
        bitmaps=_column(folder, f"{name}-bitmaps"),
    )


def _column(folder: Path, name: str) -> Array:
    # As a plain array: a memmap object costs a microsecond more at every slice.
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
