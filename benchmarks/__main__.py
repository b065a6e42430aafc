"""All benchmarks, one after the other: `make bench`, or `make bench BENCH_FLAGS=--quick`.

The machine comes first, so that no figure stands without it. What the programs say goes to the
screen; those with a result of their own keep it under `benchmarks/results` at full size.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time

FULL: tuple[tuple[str, ...], ...] = (
    ("atlas_speed", "--write"),
    ("search_titles",),
    ("resolve_organizations", "--write"),
    ("export_formats", "--peers"),
    ("import_rows",),
    ("many_records",),
    ("http_tiles",),
    ("freshness",),
    ("map_users",),
)
QUICK: tuple[tuple[str, ...], ...] = (
    ("atlas_speed", "--records", "200000", "--tiles", "5", "--selections", "20"),
    ("search_titles", "--titles", "50000", "--queries", "50", "--out", "{scratch}"),
    ("resolve_organizations", "--records", "5000"),
    ("export_formats", "--rows", "20000"),
    ("import_rows", "--rows", "1000"),
    ("many_records", "--records", "20000"),
    ("http_tiles", "--distinct", "200", "--again", "1000"),
    ("freshness", "--changes", "3"),
    ("map_users", "--minutes", "0.2", "--users", "10"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, a few minutes")
    parser.add_argument("--only", nargs="*", help="names of benchmarks")
    options = parser.parse_args()
    failed = []
    with tempfile.TemporaryDirectory(prefix="chuangtu-bench-") as scratch:
        environment = {**os.environ, "CHUANGTU_DATA": scratch, "CHUANGTU_RATE_LIMIT": "0"}
        subprocess.run([sys.executable, "-m", "benchmarks.machine"], check=True)
        for name, *arguments in QUICK if options.quick else FULL:
            if options.only and name not in options.only:
                continue
            given = [each.replace("{scratch}", scratch) for each in arguments]
            print(f"\n== {name} {' '.join(given)}", flush=True)
            started = time.perf_counter()
            command = [sys.executable, "-m", f"benchmarks.{name}", *given]
            if subprocess.run(command, env=environment).returncode:
                failed.append(name)
            print(f"-- {name}: {time.perf_counter() - started:.0f} s", flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
