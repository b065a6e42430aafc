"""Exporting a whole register over HTTP: rows a second, and how much the server grows meanwhile.

    CHUANGTU_DATA=var/million python -m benchmarks.http_export [--formats csv parquet]

Targets: at least 25,000 rows a second; memory growth under 100 MB at 500,000 rows.
"""

from __future__ import annotations

import argparse
import http.client
import os
import threading
import time
from pathlib import Path

import psutil

from benchmarks.http_server import memory_mb, save, served

PIECE_BYTES = 1 << 20
FORMATS = ("csv", "geojson", "parquet", "gpkg", "xlsx")
LOADED_S = 8
"""After so long the compiled loops are loaded, which take memory once and for all."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5726)
    parser.add_argument("--formats", nargs="+", default=["csv", "parquet"], choices=FORMATS)
    parser.add_argument("--question", default="kind=organization&as_of=any")
    options = parser.parse_args()
    results = {}
    with served(Path(os.environ["CHUANGTU_DATA"]).resolve(), options.port, workers=1) as server:
        # Maps the files and opens everything that stays open; the loops load aside meanwhile.
        _fetch(options.port, "csv", options.question + "&q=zzzz")
        time.sleep(LOADED_S)
        for form in options.formats:
            results[form] = _measured(server, options.port, form, options.question)
    save("http_export", {"question": options.question, "formats": results})


def _measured(
    server: psutil.Process, port: int, form: str, question: str
) -> dict[str, float | int]:
    before = memory_mb(server)
    highest = [before]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.3):
            highest[0] = max(highest[0], memory_mb(server))

    watcher = threading.Thread(target=watch)
    watcher.start()
    begun = time.perf_counter()
    rows, size = _fetch(port, form, question)
    seconds = time.perf_counter() - begun
    done.set()
    watcher.join()
    return {
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_s": round(rows / seconds),
        "megabytes": size >> 20,
        "server_growth_mb": highest[0] - before,
    }


def _fetch(port: int, form: str, question: str) -> tuple[int, int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1_200)
    connection.request("GET", f"/export.{form}?{question}")
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"/export.{form}?{question} answered {answer.status}")
    size = 0
    while piece := answer.read(PIECE_BYTES):
        size += len(piece)
    connection.close()
    return int(answer.getheader("X-Total-Count") or 0), size


if __name__ == "__main__":
    main()
