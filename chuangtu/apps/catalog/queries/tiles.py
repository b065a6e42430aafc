"""Tiles kept ready to send."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from chuangtu.apps.snapshots.keep import Keep
from chuangtu.apps.snapshots.queries import Answers
from chuangtu.terms.selection import Selection

TILE_BYTES = 64 << 20
"""Bytes of tiles kept by a process."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile plain and compressed."""

    plain: bytes
    packed: bytes


_tiles: Keep[Tile] = Keep(TILE_BYTES, lambda each: len(each.plain) + len(each.packed) + 200)


def tile_of(answers: Answers, selection: Selection, z: int, x: int, y: int) -> Tile:
    """A tile, drawn and compressed once for each state and question."""

    def draw() -> Tile:
        plain = answers.tile(selection, z, x, y)
        return Tile(plain, gzip.compress(plain, 1, mtime=0))

    return _tiles.get((answers.etag(selection), z, x, y), draw)
