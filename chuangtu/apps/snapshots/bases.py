"""One built folder, opened: columns, text index, payloads and holders of its records."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from chuangtu.apps.registry.queries import Published
from chuangtu.apps.snapshots.areas import Areas, drawn_anew
from chuangtu.apps.snapshots.blobs import Blobs, BlobWriter
from chuangtu.apps.snapshots.declared import layout
from chuangtu.apps.snapshots.facts import (
    Gathering,
    as_document,
    as_payload,
    read_document,
    write_document,
)
from chuangtu.apps.snapshots.titles import HolderWriter, load_holders
from chuangtu.engines.atlas.build import build as build_atlas
from chuangtu.engines.atlas.load import load as load_atlas
from chuangtu.engines.atlas.model import Atlas
from chuangtu.engines.search.build import build as build_search
from chuangtu.engines.search.load import load as load_search
from chuangtu.engines.search.model import Index


@dataclass(frozen=True, eq=False, slots=True)
class Base:
    """A built folder, opened.

    Attributes:
        name: of the folder.
        sequence: the last change that is part of it.
        atlas: its columns; of those areas that were drawn anew since, as they are now.
        index: its texts.
        payloads: what is shown of its records.
        holders: whom its recognitions name.
        areas: the last change of an area that it was built with.
        drawn: code → what tells the shape it was built with from another one.
        built: its columns as they were built, where `atlas` holds others.
    """

    name: str
    sequence: int
    atlas: Atlas
    index: Index
    payloads: Blobs
    holders: np.ndarray
    areas: int = 0
    drawn: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    built: Atlas | None = None

    def with_areas(self, areas: Areas) -> Base:
        """The same records, in these areas."""
        built = self.atlas if self.built is None else self.built
        return replace(self, atlas=drawn_anew(built, self.drawn, areas), built=built)


def build_base(folder: Path, chunks: Iterable[Sequence[Published]]) -> int:
    """Write columns, payloads and text index of all rows; return how many there are."""
    gathering = Gathering(layout())
    holders = HolderWriter()
    with (
        BlobWriter(folder / "payloads.bin") as payloads,
        BlobWriter(folder / "documents.bin") as documents,
    ):
        for rows in chunks:
            gathering.add(rows)
            holders.add(rows)
            for row in rows:
                payloads.append(as_payload(row))
                documents.append(write_document(as_document(row)))
        order = build_atlas(gathering.records(), folder / "atlas")
        del gathering
        holders.write(folder, order)
        payloads.close(order)
        documents.close(order)
    aside = Blobs(folder / "documents.bin")
    build_search(map(read_document, aside.many(range(len(aside)))), folder / "search")
    del aside
    for left in folder.glob("documents.*"):
        left.unlink()
    return len(order)


def open_base(folder: Path, sequence: int) -> Base:
    """Open what `build_base` wrote; everything is mapped into memory."""
    return Base(
        folder.name,
        sequence,
        load_atlas(folder / "atlas"),
        load_search(folder / "search"),
        Blobs(folder / "payloads.bin"),
        load_holders(folder),
    )


@cache
def no_base() -> Base:
    """No records, to lay changes over before the first version."""
    with tempfile.TemporaryDirectory(prefix="chuangtu-empty-") as folder:
        # The files stay mapped when their names are gone.
        build_base(Path(folder), [])
        opened = open_base(Path(folder), 0)
    return Base("", 0, opened.atlas, opened.index, opened.payloads, opened.holders)
