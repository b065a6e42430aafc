"""Serves a data folder with granian for a benchmark, and says what the machine is."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

STARTS_WITHIN_S = 180
RESULTS = Path(__file__).parent / "results"


@contextmanager
def served(data: Path, port: int, workers: int = 2) -> Iterator[psutil.Process]:
    """Granian as `chuangtu serve` starts it, without a rate limit: one client stands for many."""
    environment = {**os.environ, "CHUANGTU_DATA": str(data), "CHUANGTU_RATE_LIMIT": "0"}
    command = [
        *(sys.executable, "-m", "granian", "--interface=wsgi", f"--port={port}"),
        *(f"--workers={workers}", "--blocking-threads=4", "--backlog=1024", "--no-ws"),
        *("--log-level=warning", "chuangtu.site.wsgi:application"),
    ]
    server = subprocess.Popen(command, env=environment)
    try:
        _wait(port, server)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("the server did not start")
        try:
            urllib.request.urlopen(
                f"http://127.0.0.1:{port}/tiles/0/0/0.mvt", timeout=STARTS_WITHIN_S
            )
        except urllib.error.HTTPError as error:
            raise SystemExit(f"the server answers {error.code}: {error.read()!r}") from error
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server did not answer within {STARTS_WITHIN_S} s")


def memory_mb(process: psutil.Process) -> int:
    """Memory of the server's processes, without the files they map.

    Pages of a mapped file are the system's to take back at any time; a snapshot's are many.
    """
    family = [process, *process.children(recursive=True)]
    return sum(map(_anonymous_bytes, family)) >> 20


def _anonymous_bytes(process: psutil.Process) -> int:
    rollup = Path(f"/proc/{process.pid}/smaps_rollup")
    if not rollup.exists():
        return int(process.memory_full_info().uss)
    (line,) = (each for each in rollup.read_text().splitlines() if each.startswith("Anonymous:"))
    return int(line.split()[1]) << 10


def save(name: str, content: dict[str, Any]) -> None:
    """Write a result beside the others, with the machine it comes from."""
    RESULTS.mkdir(exist_ok=True)
    whole = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": os.cpu_count(),
            "memory_gib": round(psutil.virtual_memory().total / 2**30),
            "python": platform.python_version(),
            "load_average": [round(each, 1) for each in os.getloadavg()],
            "note": "the load generator runs on the same cores as the server",
        },
        **content,
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n")
    print(text)
