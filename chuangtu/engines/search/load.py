"""A built folder → an index, mapped into memory: opened in milliseconds, shared by processes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from chuangtu.engines.search.build import FORMAT, LETTERS, PARTS
from chuangtu.engines.search.model import CLASSES, Array, Dense, Grams, Index, Layer
from chuangtu.terms.errors import ChuangtuError


def load(folder: Path) -> Index:
    """Open an index.

    Raises:
        ChuangtuError: there is no index of this layout in the folder.
    """
    try:
        facts = json.loads((folder / "index.json").read_text(encoding="ascii"))
        is_known = facts["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        is_known = False
    if not is_known:
        raise ChuangtuError(
            f"“{folder.name}”中没有可用的检索索引（需要第 {FORMAT} 版格式）。请重新发布快照。",
            f"'{folder.name}' holds no search index of format {FORMAT}. Publish again.",
        )
    columns = _columns(folder / "columns.bin", facts["columns"])
    written = {each: i + 1 for i, each in enumerate(facts["alphabet"])}
    letters = {each: i + 1 for i, each in enumerate(LETTERS)}
    layers = tuple(
        Layer(
            characters="\0" + facts["alphabet"],
            written=_grams(columns, f"{each}-written", facts, written),
            spelled=_grams(columns, f"{each}-spelled", facts, letters),
            initials=_grams(columns, f"{each}-initials", facts, letters),
            names=columns[f"{each}-names"],
            name_offsets=columns[f"{each}-name_offsets"],
            name_counts=columns[f"{each}-name_counts"],
        )
        for each in range(CLASSES)
    )
    return Index(facts["size"], layers, columns["standing"], columns["bars"], columns["above"])


def _columns(path: Path, table: dict[str, Any]) -> dict[str, Array]:
    # One plain array: slices of a memmap object would cost a microsecond more each.
    whole = np.asarray(np.memmap(path, np.uint8, mode="r"))
    columns: dict[str, Array] = {}
    for name, (start, sort, shape) in table.items():
        dtype = np.dtype(sort)
        end = start + dtype.itemsize * int(np.prod(shape))
        columns[name] = whole[start:end].view(dtype).reshape(shape)
    return columns


def _grams(
    columns: dict[str, Array], name: str, facts: dict[str, Any], symbols: dict[str, int]
) -> Grams:
    known = facts[name]
    return Grams(
        **{part: columns[f"{name}-{part}"] for part in PARTS},
        symbols=symbols,
        base=known["base"],
        depth=known["depth"],
        dense={gram: Dense(tuple(rows), node) for gram, *rows, node in known["dense"]},
    )
