"""A hundred people at the map for some minutes: they move, zoom, filter, search and open records.

    CHUANGTU_DATA=var/million python -m benchmarks.map_users [--minutes 5] [--users 100]

Every answer is timed, whatever it is. Target at one million records: no error, p95 ≤ 200 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import time
from collections import defaultdict
from math import asinh, pi, radians, tan
from pathlib import Path
from urllib.parse import quote

from benchmarks.http_load import Connection, Measured
from benchmarks.http_server import memory_mb, save, served
from benchmarks.http_tiles import positions

AT_ONCE = 4
"""Connections of one browser."""
VIEW = (4, 3)
"""Tiles on a screen, across and down."""
PAUSE_S = (2.0, 6.0)
"""How long a person looks before the next move."""
FILTERS = (
    "",
    "",
    "",
    "kind=organization",
    "kind=patent",
    "kind=recognition&title=hnte",
    "kind=organization&technology_field=biomedicine",
    "kind=organization&holds=hnte",
    "as_of=2015-12-31",
    "kind=organization&staff_count.min=100",
)
WORDS = ("航天", "机器人", "生物医药", "紫竹", "jiqiren", "上海精密", "GR1234", "华创")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5724)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--users", type=int, default=100)
    options = parser.parse_args()
    data = Path(os.environ["CHUANGTU_DATA"]).resolve()
    records, places = positions(data)
    with served(data, options.port) as server:
        measured = asyncio.run(_everybody(options, places))
        memory = memory_mb(server)
    everything = Measured(seconds=options.minutes * 60)
    for each in measured.values():
        everything.milliseconds += each.milliseconds
        everything.bytes_read += each.bytes_read
        for status, count in each.statuses.items():
            everything.statuses[status] = everything.statuses.get(status, 0) + count
        each.seconds = everything.seconds
    save(
        "map_users",
        {
            "records": records,
            "users": options.users,
            "minutes": options.minutes,
            "all": everything.report(),
            "by_question": {name: each.report() for name, each in sorted(measured.items())},
            "server_memory_mb": memory,
        },
    )


async def _everybody(
    options: argparse.Namespace, places: list[tuple[float, float]]
) -> dict[str, Measured]:
    measured: dict[str, Measured] = defaultdict(Measured)
    until = time.perf_counter() + options.minutes * 60
    people = [
        _Person(options.port, random.Random(number), places, measured)
        for number in range(options.users)
    ]
    await asyncio.gather(*(each.look_around(until) for each in people))
    return measured


class _Person:
    def __init__(
        self,
        port: int,
        rng: random.Random,
        places: list[tuple[float, float]],
        measured: dict[str, Measured],
    ) -> None:
        self.rng, self.places, self.measured = rng, places, measured
        self.free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        for _ in range(AT_ONCE):
            self.free.put_nowait(Connection("127.0.0.1", port))
        self.zoom, self.filter = 11, ""
        self.longitude, self.latitude = rng.choice(places)

    async def look_around(self, until: float) -> None:
        await asyncio.sleep(self.rng.uniform(0, PAUSE_S[1]))
        while time.perf_counter() < until:
            await self._move()
            await asyncio.sleep(self.rng.uniform(*PAUSE_S))

    async def _move(self) -> None:
        """One thing a person does, and all the questions it makes the page ask."""
        turn = self.rng.random()
        if turn < 0.55:
            self.longitude += self.rng.uniform(-1, 1) * 180 / 2**self.zoom
            self.latitude += self.rng.uniform(-1, 1) * 90 / 2**self.zoom
        elif turn < 0.75:
            self.zoom = min(max(self.zoom + self.rng.choice((-1, 1, 1)), 9), 17)
            self.longitude, self.latitude = self.rng.choice(self.places)
        elif turn < 0.9:
            self.filter = self.rng.choice(FILTERS)
        else:
            self.filter = f"q={quote(self.rng.choice(WORDS))}"
            typed = quote(self.rng.choice(WORDS)[:2])
            await self._ask("suggest", f"/api/v1/suggest?q={typed}")
        asked = [self._ask("tile", path) for path in self._tiles()]
        asked.append(self._ask("list", f"/api/v1/resources?limit=20&{self.filter}"))
        if turn >= 0.75:
            asked.append(self._ask("facets", f"/api/v1/resources/facets?{self.filter}"))
        if self.rng.random() < 0.2:
            number = self.rng.randrange(1, 900_000)
            asked.append(self._ask("record", f"/api/v1/resources/{number}"))
        await asyncio.gather(*asked)

    def _tiles(self) -> list[str]:
        side = 2**self.zoom
        x = (self.longitude + 180) / 360 * side - VIEW[0] / 2
        y = (1 - asinh(tan(radians(self.latitude))) / pi) / 2 * side - VIEW[1] / 2
        return [
            f"/tiles/{self.zoom}/{int(x) + across}/{int(y) + down}.mvt?{self.filter}"
            for across in range(VIEW[0])
            for down in range(VIEW[1])
        ]

    async def _ask(self, question: str, path: str) -> None:
        connection = await self.free.get()
        begun = time.perf_counter()
        try:
            status, body, _ = await connection.get(path)
        except (OSError, EOFError, asyncio.IncompleteReadError):
            connection.close()
            status, body = 0, b""
        self.free.put_nowait(connection)
        # A record that a visitor may not see is not there: an answer, and no error.
        status = 200 if (question, status) == ("record", 404) else status
        seen = self.measured[question]
        seen.milliseconds.append((time.perf_counter() - begun) * 1e3)
        seen.bytes_read += len(body)
        seen.statuses[status] = seen.statuses.get(status, 0) + 1


if __name__ == "__main__":
    main()
