"""A hundred people at the map for some minutes: they move, zoom, filter, search and open records.

    CHUANGTU_DATA=var/million python -m benchmarks.map_users [--minutes 5] [--users 100]

Every answer is timed, whatever it is. Target at one million records: no error, p95 ≤ 200 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Coroutine
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
KINDS = ("organization", "patent", "recognition", "instrument", "carrier", "rd_body")
FACETS = ("town", "technology_field", "organization_type", "title", "level", "holds", "zone")
"""What is picked besides kinds; values are those that the register has."""
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
        facets = asyncio.run(_facets(options.port))
        measured = asyncio.run(_everybody(options, places, facets))
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


async def _facets(port: int) -> dict[str, list[str]]:
    """The values that the register has of each facet people pick from."""
    connection = Connection("127.0.0.1", port)
    _, body, _ = await connection.get("/api/v1/resources/facets")
    connection.close()
    found = json.loads(gzip.decompress(body))["facets"]
    return {
        name: [each["code"] for each in found[name]["values"] if each["count"]][:40]
        for name in FACETS
        if found.get(name)
    }


async def _everybody(
    options: argparse.Namespace, places: list[tuple[float, float]], facets: dict[str, list[str]]
) -> dict[str, Measured]:
    measured: dict[str, Measured] = defaultdict(Measured)
    until = time.perf_counter() + options.minutes * 60
    people = [
        _Person(options.port, random.Random(number), places, facets, measured)
        for number in range(options.users)
    ]
    await asyncio.gather(*(each.look_around(until) for each in people))
    return measured


class _Person:
    """Somebody with the resource map open. What it asks at each move is what its page asks.

    A move of the map asks for tiles alone. Another question asks for the list with its facets
    (`answer`), for the bar of years, and for the tiles; another day for all but the years.
    """

    def __init__(
        self,
        port: int,
        rng: random.Random,
        places: list[tuple[float, float]],
        facets: dict[str, list[str]],
        measured: dict[str, Measured],
    ) -> None:
        self.rng, self.places, self.facets, self.measured = rng, places, facets, measured
        self.free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        for _ in range(AT_ONCE):
            self.free.put_nowait(Connection("127.0.0.1", port))
        self.zoom, self.filter, self.day = 11, "", ""
        self.longitude, self.latitude = rng.choice(places)

    @property
    def question(self) -> str:
        return "&".join(each for each in (self.filter, self.day) if each)

    async def look_around(self, until: float) -> None:
        await asyncio.sleep(self.rng.uniform(0, PAUSE_S[1]))
        await self._ask("page", "/explore")
        await asyncio.gather(*self._asked(is_other=True, is_other_day=True))
        while time.perf_counter() < until:
            await asyncio.sleep(self.rng.uniform(*PAUSE_S))
            await self._move()

    async def _move(self) -> None:
        """One thing a person does, and all the questions it makes the page ask."""
        turn = self.rng.random()
        if turn < 0.45:
            self.longitude += self.rng.uniform(-1, 1) * 180 / 2**self.zoom
            self.latitude += self.rng.uniform(-1, 1) * 90 / 2**self.zoom
            await asyncio.gather(*self._asked())
        elif turn < 0.60:
            self.zoom = min(max(self.zoom + self.rng.choice((-1, 1, 1)), 9), 17)
            self.longitude, self.latitude = self.rng.choice(self.places)
            await asyncio.gather(*self._asked())
        elif turn < 0.72:
            for year in self.rng.sample(range(2000, 2026), 3):
                self.day = f"as_of={year}-12-31"
                await asyncio.gather(*self._asked(is_other_day=True))
        elif turn < 0.78:
            await self._ask("record", f"/resources/{self.rng.randrange(1, 900_000)}")
        else:
            self.filter, self.day = await self._another(turn), ""
            await asyncio.gather(*self._asked(is_other=True, is_other_day=True))

    async def _another(self, turn: float) -> str:
        """Another question: an area that nobody drew before, words, or values of facets."""
        if turn < 0.84:
            across, up = (self.rng.uniform(0.005, 0.08) for _ in range(2))
            corners = [(0, 0), (across, up / 3), (across / 2, up), (-across / 3, up / 2)]
            ring = [*corners, corners[0]]
            drawn = ",".join(f"{self.longitude + x:.6f},{self.latitude + y:.6f}" for x, y in ring)
            return f"polygon={drawn}"
        if turn < 0.90:
            word = self.rng.choice(WORDS)
            for typed in range(1, 4):
                await self._ask("suggest", f"/api/v1/suggest?q={quote(word[:typed])}")
            return f"q={quote(word)}"
        picked = [f"kind={each}" for each in self.rng.sample(KINDS, self.rng.choice((0, 1, 2)))]
        for name in self.rng.sample(sorted(self.facets), self.rng.choice((1, 1, 2))):
            picked += [f"{name}={quote(each)}" for each in self._values(name)]
        return "&".join(picked)

    def _values(self, name: str) -> list[str]:
        values = self.facets[name]
        return self.rng.sample(values, min(len(values), self.rng.choice((1, 1, 2, 3))))

    def _asked(
        self, *, is_other: bool = False, is_other_day: bool = False
    ) -> list[Coroutine[None, None, None]]:
        asked = [self._ask("tile", path) for path in self._tiles()]
        if is_other_day:
            asked.append(self._ask("answer", f"/explore/answer?{self.question}"))
        if is_other:
            asked.append(self._ask("years", f"/explore/years?{self.filter}"))
        return asked

    def _tiles(self) -> list[str]:
        side = 2**self.zoom
        x = (self.longitude + 180) / 360 * side - VIEW[0] / 2
        y = (1 - asinh(tan(radians(self.latitude))) / pi) / 2 * side - VIEW[1] / 2
        return [
            f"/tiles/{self.zoom}/{int(x) + across}/{int(y) + down}.mvt?{self.question}"
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
