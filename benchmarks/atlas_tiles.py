"""Tiles: the atlas alone, and side by side with PostGIS on the same tiles."""

from __future__ import annotations

from collections.abc import Callable

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
            tiles = addresses(atlas, zoom, per_zoom, chance)
            rows += _zoom(atlas, connection, name, tiles, rounds)
    return rows


def _zoom(atlas, connection, name, tiles, rounds) -> list[dict]:
    kinds: dict[str, list[tuple[float, float, int]]] = {}
    for address in tiles:
        selection, ours, content = PLAIN[name], Timed(), b""
        for _ in range(max(rounds, 5)):
            content = ours.call(lambda a=address, s=selection: tile(View(atlas), s, a))
        if not content:
            continue
        layers = decode(content)
        kind = "raw" if "points" in layers else "grid"
        best, theirs = _peer(connection, question(kind, address, selection, atlas), rounds)
        differ = _differing(layers, decode(theirs), kind)
        kinds.setdefault(kind, []).append((percentile(ours.clock, 0.5), best, differ))
    return [
        {
            "selection": name,
            "zoom": tiles[0].zoom,
            "tile": kind,
            "tiles": len(found),
            "atlas_ms": round(percentile([mine for mine, _, _ in found], 0.5), 2),
            "postgis_ms": round(percentile([other for _, other, _ in found], 0.5), 1),
            "ratio": round(percentile([other / mine for mine, other, _ in found], 0.5), 1),
            "least_ratio": round(min(other / mine for mine, other, _ in found), 1),
            "differing": sum(differ for _, _, differ in found),
        }
        for kind, found in kinds.items()
    ]


def _peer(connection: psycopg.Connection, statement: str, rounds: int) -> tuple[float, bytes]:
    best, content = float("inf"), b""
    for workers in (0, 2):
        timed = Timed()
        for _ in range(rounds):
            content = timed.call(lambda w=workers: ask(connection, statement, w))
        best = min(best, percentile(timed.clock, 0.5))
    return best, content


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
