"""Open an atlas: memory-mapped, so every worker of a machine shares one copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from chuangtu.engines.atlas.build import FORMAT
from chuangtu.engines.atlas.model import (
    VISIBILITIES,
    Array,
    Atlas,
    BrokenAtlasError,
    Columns,
    FacetColumn,
    Groups,
    ListColumn,
    NumberColumn,
    Order,
    Sorted,
)


def load(folder: Path) -> Atlas:
    """Open the atlas in a folder.

    Args:
        folder: as written by `build`.

    Returns:
        The atlas; its columns are read-only and stay on disk until touched.

    Raises:
        BrokenAtlasError: a file is missing, cut off, or written by another format.
    """
    try:
        meta = json.loads((folder / "meta.json").read_text())
        if meta["format"] != FORMAT:
            raise ValueError(f"format {meta['format']}, this reader knows {FORMAT}")
        return _atlas(folder, meta)
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise BrokenAtlasError(
            f"快照“{folder.name}”不完整或版本不符（{reason}）。请重新生成快照。",
            f"The atlas '{folder.name}' is not whole or of another format ({reason}). "
            "Publish a new one.",
        ) from reason


def _atlas(folder: Path, meta: dict[str, Any]) -> Atlas:
    count = int(meta["records"])

    def column(name: str, size: int | None = count) -> Any:
        opened: Array = np.load(folder / f"{name}.npy", mmap_mode="r")
        if size is not None and len(opened) != size:
            raise ValueError(f"{name} has {len(opened)} rows, not {size}")
        return opened.view(np.ndarray)

    def listed(place: int, values: list[str]) -> ListColumn:
        offsets = column(f"list.{place}.offsets", count + 1)
        return ListColumn(tuple(values), offsets, column(f"list.{place}.codes", int(offsets[-1])))

    columns = Columns(
        kinds=tuple(meta["kinds"]),
        located=int(meta["located"]),
        codes=column("code"),
        ids=column("id"),
        group=column("group"),
        longitude=column("longitude"),
        latitude=column("latitude"),
        valid_from=column("valid_from"),
        valid_until=column("valid_until"),
        facets={
            name: FacetColumn(tuple(values), column(f"facet.{place}"))
            for place, (name, values) in enumerate(meta["facets"])
        },
        lists={name: listed(place, values) for place, (name, values) in enumerate(meta["lists"])},
        numbers={
            name: NumberColumn(column(f"number.{place}"), int(scale))
            for place, (name, scale) in enumerate(meta["numbers"])
        },
        orders={
            name: Order(column(f"order.{place}.keys"), column(f"order.{place}.rows"))
            for place, name in enumerate(meta["orders"])
        },
    )
    groups = _groups(columns, list(meta["counted"]), column)
    return Atlas(folder, columns, groups, column("id_sorted"), column("id_rows"))


def _groups(columns: Columns, counted: list[str], column: Any) -> Groups:
    groups = len(columns.kinds) * VISIBILITIES

    def bins(name: str, half: int) -> Sorted:
        bounds = column(f"{name}.bounds", 2 * half + 1)
        spanned = len(columns) - int(bounds[half])
        return Sorted(
            bounds,
            column(f"{name}.codes"),
            column(f"{name}.rows"),
            column(f"{name}.valid_from", spanned),
            column(f"{name}.valid_until", spanned),
        )

    def table(place: int, name: str) -> Any:
        width = len((columns.facets.get(name) or columns.lists[name]).values)
        return column(f"counted.{place}", 2 * groups * width).reshape(2, groups, width)

    return Groups(
        fine=bins("fine", groups),
        broad=bins("broad", VISIBILITIES),
        tallies=column("tallies", 6 * groups).reshape(3, 2, groups),
        facets={name: table(place, name) for place, name in enumerate(counted)},
    )
