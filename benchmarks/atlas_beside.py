"""The same tiles from the atlas and from PostGIS, one right after the other, in one run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg

from benchmarks.atlas_peer import ask, question, use
from benchmarks.atlas_questions import ZOOMS, addresses, any_tiles
from benchmarks.atlas_tiles import PLAIN
from benchmarks.mvt import decode
from benchmarks.timing import Timed, percentile
from chuangtu.engines.atlas.address import Address
from chuangtu.engines.atlas.model import Atlas, View
from chuangtu.engines.atlas.tile import tile

COMPARED = ("no filter, administrator", "3 of 12 kinds, administrator")
OUR_ROUNDS = 15
"""Times each tile is asked of us: a fraction of a millisecond needs more rounds to be steady."""
LONGEST_MS = 3_000
"""Once one tile has taken the peer so long, it is asked no more often."""


@dataclass(frozen=True)
class Beside:
    """One tile from both: medians in milliseconds.

    Attributes:
        records: how many records of the Selection it holds.
        tile: `grid` where both counted by cell, `raw` where both gave the points.
        differing: cells with another number, or points of ours that the peer lacks.
    """

    selection: str
    zoom: int
    column: int
    row: int
    records: int
    tile: str
    atlas_ms: float
    postgis_ms: float
    atlas_cpu_ms: float
    postgis_cpu_ms: float
    differing: int

    @property
    def ratio(self) -> float:
        return self.postgis_ms / self.atlas_ms

    @property
    def cpu_ratio(self) -> float:
        return self.postgis_cpu_ms / self.atlas_cpu_ms


def beside(
    atlas: Atlas, connection: psycopg.Connection, per_zoom: int, rounds: int, seed: int
) -> list[Beside]:
    """Compare tiles of every zoom; one without a record of the Selection is left out."""
    chance = np.random.default_rng(seed)
    found = []
    for name in COMPARED:
        for zoom in ZOOMS:
            # The peer reads most of the table at the lowest zooms, for seconds a tile.
            most = per_zoom if zoom >= 9 else -(-per_zoom // (4 if zoom >= 6 else 12))
            # As a screen meets them, around records; and any that holds one, crowded or not.
            crowded = addresses(atlas, zoom, most - most // 2, chance)
            others = any_tiles(atlas, zoom, most // 2, chance)
            for address in dict.fromkeys([*crowded, *others]):
                compared = _compared(atlas, connection, name, address, rounds)
                found += [compared] if compared else []
    return found


def _compared(
    atlas: Atlas, connection: psycopg.Connection, name: str, address: Address, rounds: int
) -> Beside | None:
    ours, content, selection = Timed(), b"", PLAIN[name]
    for _ in range(OUR_ROUNDS):
        content = ours.call(lambda: tile(View(atlas), selection, address))
    if not content:
        return None
    layers = decode(content)
    kind = "raw" if "points" in layers else "grid"
    theirs = _peer(connection, question(kind, address, selection, atlas), rounds)
    return Beside(
        name, address.zoom, address.column, address.row,
        sum(each["count"] for features in layers.values() for each in features), kind,
        percentile(ours.clock, 0.5), theirs["clock"],
        percentile(ours.processor, 0.5), theirs["processor"],
        _differing(layers, decode(theirs["content"]), kind),
    )  # fmt: skip


def _peer(connection: psycopg.Connection, statement: str, rounds: int) -> dict:
    """The quicker of 0 and 2 workers by the clock; processor time of the one without workers."""
    found: dict = {"clock": float("inf")}
    for workers in (2, 0):
        use(connection, workers)
        timed, processor, content = Timed(), [], b""
        while len(timed.clock) < rounds and sum(timed.clock) < LONGEST_MS:
            before = _backend_ms(connection)
            content = timed.call(lambda: ask(connection, statement))
            processor.append(_backend_ms(connection) - before)
        found["clock"] = min(found["clock"], percentile(timed.clock, 0.5))
        found |= {"processor": percentile(processor, 0.5), "content": content}
    return found


def _backend_ms(connection: psycopg.Connection) -> float:
    """Processor time the peer's own process has used."""
    schedule = Path(f"/proc/{connection.info.backend_pid}/schedstat").read_text()
    return int(schedule.split()[0]) / 1e6


def _differing(ours: dict, theirs: dict, kind: str) -> int:
    """Cells whose counts differ; or points of ours that the peer lacks.

    The peer's raw tile also repeats points up to half a unit beyond its edge; they are no loss.
    """
    if kind == "raw":
        mine = {each["id"] for each in ours["points"]}
        return len(mine - {each["id"] for each in theirs.get("points", [])})
    cells = [
        {(each["x"], each["y"]): each["count"] for each in layers.get("grid", [])}
        for layers in (ours, theirs)
    ]
    return sum(cells[0].get(place) != cells[1].get(place) for place in cells[0] | cells[1])
