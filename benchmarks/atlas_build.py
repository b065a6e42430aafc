"""Building an atlas, in a process of its own so that its memory is its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.atlas_records import records
from benchmarks.machine import peak_mb
from chuangtu.engines.atlas.build import build


def measured_build(count: int, folder: Path, seed: int) -> dict[str, float]:
    """Make the records, then build them in another process; seconds and the most memory held."""
    records(count, folder / "columns", seed=seed)
    shutil.rmtree(folder / "atlas", ignore_errors=True)
    command = [sys.executable, "-m", "benchmarks.atlas_build", str(count), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    size = sum(file.stat().st_size for file in (folder / "atlas").iterdir())
    return json.loads(done.stdout) | {"disk_mb": round(size / 1e6)}


def main() -> None:
    folder = Path(sys.argv[2])
    columns = records(int(sys.argv[1]), folder / "columns", make=False)
    before, started, used = peak_mb(), time.perf_counter(), time.process_time()
    build(columns, folder / "atlas")
    seconds = time.perf_counter() - started
    cpu = time.process_time() - used
    report = {"seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1)}
    report["peak_rss_mb"] = round(peak_mb())
    sys.stdout.write(json.dumps(report | {"rss_before_mb": round(before)}))


if __name__ == "__main__":
    main()
