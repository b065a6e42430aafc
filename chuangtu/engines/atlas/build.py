"""Write an atlas: immutable files in one folder, whole or not there at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from chuangtu.engines.atlas.arrange import arrange
from chuangtu.engines.atlas.gather import gather
from chuangtu.engines.atlas.group import group
from chuangtu.engines.atlas.model import Array, Codes, Columns, Integers, Records, RecordsError

FORMAT = 1
"""Raised when the files change, so that an older reader says so instead of misreading."""


def build(records: Records, folder: Path) -> Integers:
    """Write the records as an atlas into a new folder.

    The files are written beside the folder and take its name at the end, so a crash leaves
    either nothing or a `.partial` folder that the next build of the same name clears away.

    Args:
        records: the columns; each is read in chunks and may be memory-mapped.
        folder: the new atlas; its parent exists, itself it does not.

    Returns:
        For each base position the row of `records` that stands there, so that payloads and
        the text index can be written in the same order.

    Raises:
        RecordsError: the columns do not fit together, or the folder is taken.
    """
    if folder.exists():
        raise RecordsError(
            f"目录“{folder.name}”已存在，快照不可改写。请换一个版本名。",
            f"'{folder.name}' exists, and an atlas is never overwritten. Give a new version.",
        )
    codes, order = arrange(records)
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        _write(records, codes, order, partial)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _settle(folder.parent)
    return order


def _write(records: Records, codes: Codes, order: Integers, folder: Path) -> None:
    shelf = _Shelf(folder)
    columns = gather(records, codes, order, shelf.keep)
    _sort_orders(columns, shelf)
    facets = group(columns, shelf.keep)
    (folder / "meta.json").write_text(json.dumps(_meta(columns, facets), ensure_ascii=False))
    _settle(folder)


class _Shelf:
    """Keeps columns as .npy files and hands them back memory-mapped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(
        self, name: str, kind: type[np.generic], count: int, chunks: Iterator[Array]
    ) -> Array:
        path = self.folder / f"{name}.npy"
        header = {"descr": np.dtype(kind).str, "fortran_order": False, "shape": (count,)}
        with path.open("wb") as file:
            np.lib.format.write_array_header_1_0(file, header)
            for chunk in chunks:
                file.write(np.ascontiguousarray(chunk, kind).data)
            file.flush()
            os.fsync(file.fileno())
        kept: Array = np.load(path, mmap_mode="r")
        return kept

    def whole(self, name: str, column: Array) -> Array:
        return self.keep(name, column.dtype.type, len(column), iter([column]))


def _sort_orders(columns: Columns, shelf: _Shelf) -> None:
    ids = np.array(columns.ids)
    rows = np.argsort(ids, kind="stable").astype(np.uint32)
    ids = ids[rows]
    if bool((ids[1:] == ids[:-1]).any()):
        twice = int(ids[1:][ids[1:] == ids[:-1]][0])
        raise RecordsError(
            f"编号 {twice} 出现了不止一次。每条记录只能有一个编号。",
            f"The id {twice} stands there more than once. Give each record its own.",
        )
    shelf.whole("id_sorted", ids)
    shelf.whole("id_rows", rows)
    for place, order in enumerate(columns.orders.values()):
        # Stable over rows already sorted by id: equal keys stay in the order of ids.
        keys = np.argsort(order.keys[rows], kind="stable")
        shelf.whole(f"order.{place}.rows", rows[keys])


def _meta(columns: Columns, counted: tuple[str, ...]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "records": len(columns),
        "located": columns.located,
        "kinds": columns.kinds,
        "facets": [[name, each.values] for name, each in columns.facets.items()],
        "lists": [[name, each.values] for name, each in columns.lists.items()],
        "numbers": [[name, each.scale] for name, each in columns.numbers.items()],
        "orders": list(columns.orders),
        "counted": list(counted),
    }


def _settle(folder: Path) -> None:
    """Have the folder's entries on the disk, so that a power cut keeps them too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
