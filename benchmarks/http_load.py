"""Asks a server over kept-alive connections and measures each answer; the standard library only.

It runs on the same cores as the server, so the rates it prints are what is left beside it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass
class Measured:
    """What one run saw."""

    milliseconds: list[float] = field(default_factory=list)
    bytes_read: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0

    @property
    def errors(self) -> int:
        return sum(n for status, n in self.statuses.items() if status not in (200, 304))

    def line(self, name: str) -> str:
        return (
            f"{name}: {len(self.milliseconds)} answers, {self.rate:,.0f}/s,"
            f" p50 {self.percentile(0.5):.1f} ms, p95 {self.percentile(0.95):.1f} ms,"
            f" p99 {self.percentile(0.99):.1f} ms, {self.errors} errors,"
            f" {self.bytes_read / max(len(self.milliseconds), 1) / 1024:.1f} KiB each"
        )

    def report(self) -> dict[str, float | int]:
        return {
            "answers": len(self.milliseconds),
            "rate_per_s": round(self.rate),
            "p50_ms": round(self.percentile(0.5), 2),
            "p95_ms": round(self.percentile(0.95), 2),
            "p99_ms": round(self.percentile(0.99), 2),
            "errors": self.errors,
            "mean_bytes": self.bytes_read // max(len(self.milliseconds), 1),
        }


class Connection:
    """One kept-alive connection."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def get(self, path: str, *, plain: bool = False) -> tuple[int, bytes, dict[str, str]]:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        assert self._reader is not None
        self._writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n"
            f"Accept-Encoding: {'identity' if plain else 'gzip'}\r\n\r\n".encode()
        )
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ", 2)[1])
        given = {k.lower(): v.strip() for k, _, v in (each.partition(":") for each in head[1:])}
        body = b""
        if "content-length" in given:
            body = await self._reader.readexactly(int(given["content-length"]))
        elif given.get("transfer-encoding") == "chunked":
            body = await self._chunks()
        return status, body, given

    async def _chunks(self) -> bytes:
        assert self._reader is not None
        whole = b""
        while size := int(await self._reader.readline(), 16):
            whole += await self._reader.readexactly(size)
            await self._reader.readline()
        await self._reader.readline()
        return whole

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


async def run(host: str, port: int, paths: Iterable[str], connections: int) -> Measured:
    """Ask for every path once, over so many connections at once."""
    waiting = iter(paths)
    measured = Measured()
    started = time.perf_counter()
    await asyncio.gather(
        *(_worker(Connection(host, port), waiting, measured) for _ in range(connections))
    )
    measured.seconds = time.perf_counter() - started
    return measured


async def _worker(connection: Connection, waiting: Iterator[str], measured: Measured) -> None:
    for path in waiting:
        begun = time.perf_counter()
        status, body, _ = await connection.get(path)
        measured.milliseconds.append((time.perf_counter() - begun) * 1e3)
        measured.bytes_read += len(body)
        measured.statuses[status] = measured.statuses.get(status, 0) + 1
    connection.close()
