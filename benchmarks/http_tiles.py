"""Map tiles over HTTP: distinct ones drawn for the first time, then the same ones again.

    CHUANGTU_DATA=var/million python -m benchmarks.http_tiles [--port 5720]

The data folder holds a published register (see benchmarks.many_records). Targets at one
million records: distinct tiles over 16 connections p95 ≤ 30 ms; kept tiles ≥ 2,500 a second.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
from math import asinh, pi, radians, tan
from pathlib import Path

from benchmarks.http_load import run
from benchmarks.http_server import memory_mb, save, served

CONNECTIONS = 16
ZOOMS = range(4, 18)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5720)
    parser.add_argument("--distinct", type=int, default=4_000)
    parser.add_argument("--again", type=int, default=40_000)
    options = parser.parse_args()
    data = Path(os.environ["CHUANGTU_DATA"]).resolve()
    records, places = positions(data)
    distinct = list(dict.fromkeys(addresses(places, options.distinct * 3)))[: options.distinct]
    filtered = [f"{each}?kind=organization&technology_field=biomedicine" for each in distinct]
    few = distinct[:400]
    with served(data, options.port) as server:

        def ask(paths: list[str]) -> dict[str, float | int]:
            return asyncio.run(run("127.0.0.1", options.port, paths, CONNECTIONS)).report()

        # Compiles the kernels in each process before anything is measured.
        ask(
            [f"/tiles/{z}/{x}/0.mvt?{q}" for z, x in ((1, 0), (1, 1)) for q in ("", "kind=patent")]
            * 8
        )
        results = {
            "distinct": ask(distinct),
            "distinct_two_filters": ask(filtered),
            "kept": ask(few * (options.again // len(few))),
            "server_memory_mb": memory_mb(server),
        }
    save("http_tiles", {"records": records, "connections": CONNECTIONS, **results})


def positions(data: Path) -> tuple[int, list[tuple[float, float]]]:
    """How many records there are, and where some of them stand."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "chuangtu.site.settings"
    import django

    django.setup()
    from chuangtu.apps.snapshots import queries

    columns = queries.current().reading.base.atlas.columns
    rng = random.Random(1)
    some = [rng.randrange(columns.located) for _ in range(20_000)]
    found = [(float(columns.longitude[each]), float(columns.latitude[each])) for each in some]
    return len(columns), found


def addresses(places: list[tuple[float, float]], count: int) -> list[str]:
    """Tiles in which there is something, at every zoom."""
    rng = random.Random(2)
    found = []
    for _ in range(count):
        longitude, latitude = rng.choice(places)
        zoom = rng.choice(ZOOMS)
        x = int((longitude + 180) / 360 * 2**zoom)
        y = int((1 - asinh(tan(radians(latitude))) / pi) / 2 * 2**zoom)
        found.append(f"/tiles/{zoom}/{x}/{y}.mvt")
    return found


if __name__ == "__main__":
    main()
