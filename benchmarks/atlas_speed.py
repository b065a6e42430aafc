"""The atlas at full size: build, tiles, counts and facets, and PostGIS on the same tiles.

python -m benchmarks.atlas_speed                    ten million records, with the peer
python -m benchmarks.atlas_speed --records 200000   a quick look
python -m benchmarks.atlas_speed --no-peer          without PostGIS
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sys
import tempfile
from dataclasses import astuple, fields
from pathlib import Path

from benchmarks.atlas_beside import Beside, beside
from benchmarks.atlas_build import measured_build
from benchmarks.atlas_counts import counts
from benchmarks.atlas_peer import absent, peer
from benchmarks.atlas_report import report
from benchmarks.atlas_tiles import alone
from benchmarks.machine import machine, private_mb
from chuangtu.engines.atlas.load import load

SEED = 20
RESULTS = Path(__file__).parent / "results"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000_000)
    parser.add_argument("--tiles", type=int, default=30, help="tiles a zoom, the atlas alone")
    parser.add_argument("--selections", type=int, default=200)
    parser.add_argument("--peer-tiles", type=int, default=24, help="tiles a zoom from z9 on")
    parser.add_argument("--rounds", type=int, default=5, help="times the peer is asked for a tile")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--write", action="store_true", help="keep the results with the source")
    asked = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="atlas-speed-"))
    try:
        found, tiles = _measure(asked, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if asked.write:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "atlas.json").write_text(json.dumps(found, indent=1) + "\n")
        _write_tiles(tiles, RESULTS / "atlas_beside.csv")
    text = report(found, tiles)
    sys.stdout.write(text)
    if asked.write:
        (RESULTS / "atlas.md").write_text(text)


def _measure(asked: argparse.Namespace, folder: Path) -> tuple[dict, list[Beside]]:
    found: dict = {"machine": machine(), "records": asked.records}
    _say(f"building {asked.records:,} records")
    found["build"] = measured_build(asked.records, folder, SEED)
    atlas = load(folder / "atlas")
    _say("tiles")
    found["tiles"] = alone(atlas, asked.tiles, SEED)
    _say("counts and facets")
    found["counts"] = counts(atlas, asked.selections, SEED)
    found["private_mb"] = round(private_mb())
    if reason := "left out" if asked.no_peer else absent():
        return found | {"peer": reason}, []
    _say("loading PostGIS")
    with peer(atlas) as connection:
        _say("the same tiles from both")
        found["peer"] = connection.execute("SELECT postgis_full_version()").fetchone()[0]
        tiles = beside(atlas, connection, asked.peer_tiles, asked.rounds, SEED)
    return found | {"load after": machine()["load before"]}, tiles


def _write_tiles(tiles: list[Beside], file: Path) -> None:
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(each.name for each in fields(Beside))
        for each in map(astuple, tiles):
            writer.writerow(round(cell, 4) if isinstance(cell, float) else cell for cell in each)


def _say(what: str) -> None:
    sys.stderr.write(f"atlas: {what} …\n")


if __name__ == "__main__":
    main()
