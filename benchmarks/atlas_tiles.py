"""Tiles: the atlas alone, and side by side with PostGIS on the same tiles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import psycopg

from benchmarks.atlas_peer import ask, question
from benchmarks.atlas_questions import (
    EIGHT_KINDS_TODAY,
    EVERYTHING,
    THREE_KINDS,
    VISITOR_TODAY,
    ZOOMS,
    addresses,
    three_filters,
)
from benchmarks.mvt import decode
from benchmarks.timing import Timed, percentile
from chuangtu.engines.atlas.model import Atlas, View
from chuangtu.engines.atlas.tile import tile
from chuangtu.terms.selection import Selection

PLAIN = {
    "no filter, administrator": EVERYTHING,
    "3 of 12 kinds, administrator": THREE_KINDS,
    "visitor, as of today": VISITOR_TODAY,
    "8 of 12 kinds, officer, as of today": EIGHT_KINDS_TODAY,
}


def alone(atlas: Atlas, per_zoom: int, seed: int) -> dict[str, dict]:
    """Every tile once, uncached, in random order; three attribute filters are drawn anew."""
    chance = np.random.default_rng(seed)
    questions: dict[str, Callable[[], Selection]] = {
        name: lambda asked=asked: asked for name, asked in PLAIN.items()
    }
    questions["three attribute filters, visitor, as of today"] = lambda: three_filters(chance)
    found = {}
    for name, selection in questions.items():
        tile(View(atlas), selection(), addresses(atlas, 0, 1, chance)[0])
        tiles = [each for zoom in ZOOMS for each in addresses(atlas, zoom, per_zoom, chance)]
        chance.shuffle(tiles)
        timed, sizes = Timed(), []
        for address in tiles:
            asked = selection()
            content = timed.call(lambda a=address, s=asked: tile(View(atlas), s, a))
            sizes.append(len(content))
        found[name] = timed.report() | {"largest_bytes": max(sizes)}
    return found


def beside(
    atlas: Atlas, connection: psycopg.Connection, per_zoom: int, rounds: int, seed: int
) -> list[dict]:
    """The same tiles from both, zoom by zoom; of 0 and 2 workers the peer's better counts."""
    chance = np.random.default_rng(seed)
    rows = []
    for name in ("no filter, administrator", "3 of 12 kinds, administrator"):
        for zoom in ZOOMS:
            # Up to zoom 8 the peer reads a good part of the table: one tile says enough.
            tiles = addresses(atlas, zoom, per_zoom if zoom > 8 else 1, chance)
            rows += _zoom(atlas, connection, name, tiles, rounds)
    return rows


def _zoom(atlas, connection, name, tiles, rounds) -> list[dict]:
    kinds: dict[str, list[dict]] = {}
    for address in tiles:
        selection, ours, content = PLAIN[name], Timed(), b""
        for _ in range(max(rounds, 9)):
            content = ours.call(lambda a=address, s=selection: tile(View(atlas), s, a))
        if not content:
            continue
        layers = decode(content)
        kind = "raw" if "points" in layers else "grid"
        theirs = _peer(connection, question(kind, address, selection, atlas), rounds)
        kinds.setdefault(kind, []).append({
            "atlas_ms": percentile(ours.clock, 0.5),
            "postgis_ms": theirs["clock"],
            "atlas_cpu_ms": percentile(ours.processor, 0.5),
            "postgis_cpu_ms": theirs["processor"],
            "differing": _differing(layers, decode(theirs["content"]), kind),
        })  # fmt: skip
    return [_row(name, tiles[0].zoom, kind, found) for kind, found in kinds.items()]


def _row(name: str, zoom: int, kind: str, found: list[dict]) -> dict:
    times = ("atlas_ms", "postgis_ms", "atlas_cpu_ms", "postgis_cpu_ms")
    ratios = [each["postgis_ms"] / each["atlas_ms"] for each in found]
    cpu_ratios = [each["postgis_cpu_ms"] / each["atlas_cpu_ms"] for each in found]
    return {
        "selection": name, "zoom": zoom, "tile": kind, "tiles": len(found),
        **{key: round(percentile([each[key] for each in found], 0.5), 2) for key in times},
        "ratio": round(percentile(ratios, 0.5), 1),
        "cpu_ratio": round(percentile(cpu_ratios, 0.5), 1),
        "least_cpu_ratio": round(min(cpu_ratios), 1),
        "differing": sum(each["differing"] for each in found),
    }  # fmt: skip


def _peer(connection: psycopg.Connection, statement: str, rounds: int) -> dict:
    """The quicker of 0 and 2 workers by the clock; processor time of the one without workers."""
    found: dict = {"clock": float("inf")}
    for workers in (2, 0):
        timed, processor, content = Timed(), [], b""
        while len(timed.clock) < rounds and sum(timed.clock) < 3_000:
            before = _backend_ms(connection)
            content = timed.call(lambda w=workers: ask(connection, statement, w))
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
