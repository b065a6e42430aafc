"""How soon a confirmed change shows in every web process: in search, list, count and tile.

    CHUANGTU_DATA=var/million python -m benchmarks.freshness [--changes 30]
        [--imports 1000 8000 30000 100000]

A record is renamed; sixteen kept connections, spread over the processes by the kernel, ask until
each has seen the new name in all three answers. Then files are imported, and the connections ask
from the commit on until each counts every row. Target at one million records: ≤ 1 s.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.http_load import Connection
from benchmarks.http_server import memory_mb, save, served
from benchmarks.http_tiles import positions

CONNECTIONS = 16
GIVEN_UP_S = 180.0
"""On a busy machine the first answer of a process alone takes long."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5722)
    parser.add_argument("--changes", type=int, default=30)
    parser.add_argument("--imports", type=int, nargs="*", default=[1_000, 8_000, 30_000, 100_000])
    options = parser.parse_args()
    data = Path(os.environ["CHUANGTU_DATA"]).resolve()
    records, _ = positions(data)
    with served(data, options.port) as server:
        seconds = asyncio.run(_measure(options.port, options.changes))
        imports = asyncio.run(_measure_imports(options.port, options.imports))
        memory = memory_mb(server)
    seconds.sort()
    save(
        "freshness",
        {
            "records": records,
            "changes": len(seconds),
            "connections": CONNECTIONS,
            "median_s": round(seconds[len(seconds) // 2], 3),
            "slowest_s": round(seconds[-1], 3),
            "imports": imports,
            "server_memory_mb": memory,
        },
    )


async def _measure(port: int, changes: int) -> list[float]:
    connections = [Connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
    found = []
    for turn in range(changes + 1):
        name = f"鲜活度测量{int(time.time() * 1000)}号"
        await asyncio.to_thread(_rename, turn + 1, name)
        begun = time.perf_counter()
        await asyncio.gather(*(_until_seen(each, name) for each in connections))
        if turn:  # the first one opens the connections and warms the processes
            found.append(time.perf_counter() - begun)
    for each in connections:
        each.close()
    return found


async def _measure_imports(port: int, sizes: list[int]) -> list[dict[str, float]]:
    found = []
    for rows in sizes:
        # New ones: the server closes those that are idle for the time of a long import.
        connections = [Connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
        name = f"鲜活度导入{int(time.time() * 1000)}批"
        applying = await asyncio.to_thread(_import, rows, name)
        begun = time.perf_counter()
        await asyncio.gather(*(_until_seen(each, name, rows) for each in connections))
        seen = time.perf_counter() - begun
        found.append({"rows": rows, "apply_s": round(applying, 1), "seen_s": round(seen, 3)})
        for each in connections:
            each.close()
    return found


def _import(rows: int, name: str) -> float:
    """Import so many new records as an officer does; give the seconds the writing took."""
    from chuangtu.apps.imports import actions
    from chuangtu.terms.viewer import ADMINISTRATOR

    lines = [f"{name}第{n}号,{121.3 + n % 997 / 5e3},31.1,WGS 84,公开" for n in range(rows)]
    now = datetime.now(UTC)
    who: Any = {"viewer": ADMINISTRATOR, "by": "benchmark", "at": now}
    batch = actions.upload(
        chunks=["\n".join(["名称,经度,纬度,坐标系,公开范围", *lines, ""]).encode()],
        file_name=f"{name}.csv",
        kind="organization",
        source="测量",
        source_date=date(2026, 1, 1),
        **who,
    )
    actions.preview(batch=batch, **who)
    begun = time.perf_counter()
    counts = actions.apply(batch=batch, **who)
    assert counts["new"] == rows, counts
    return time.perf_counter() - begun


def _rename(turn: int, name: str) -> None:
    from chuangtu.apps.registry import actions
    from chuangtu.apps.registry.queries import published

    number = turn * 10
    (row,) = published([number])
    actions.change(
        id=number,
        values={
            "name": name,
            "visibility": "public",
            "longitude": "121.4",
            "latitude": "31.1",
            "crs": "wgs84",
            "valid_until": None,
        },
        version=row.payload["version"],
        source="测量",
        source_date=date(2026, 1, 1),
        by="benchmark",
        at=datetime.now(UTC),
    )


async def _until_seen(connection: Connection, name: str, rows: int = 1) -> None:
    # The kind: what a renamed organization owns is found by its name, too.
    words = f"as_of=any&kind=organization&q={quote(name)}"
    given_up = time.perf_counter() + GIVEN_UP_S
    while time.perf_counter() < given_up:
        if await _is_seen(connection, words, rows):
            return
        await asyncio.sleep(0.02)
    raise SystemExit(f"'{name}' did not show within {GIVEN_UP_S} s")


async def _is_seen(connection: Connection, words: str, rows: int) -> bool:
    answers: list[Any] = []
    for path in ("/api/v1/search?limit=1&", "/api/v1/resources/facets?facet=kind&"):
        status, body, _ = await connection.get(path + words, plain=True)
        answers.append(status == 200 and b'"total":%d,' % rows in body)
    status, body, _ = await connection.get(f"/tiles/0/0/0.mvt?{words}", plain=True)
    answers.append(status == 200 and b"count" in body)
    return all(answers)


if __name__ == "__main__":
    main()
