"""How long a file of organizations takes from the file to the register: 4,000 and 100,000 rows.

Counts everything a person waits for: keeping and reading the file, the preview with its counts,
and the one transaction that writes rows, journal and outbox. Then the same file again, which must
change nothing, and the undoing. Each size has a process and a database of its own: a new SQLite
file, or a new database on the PostgreSQL server that DATABASE_URL names, dropped afterwards.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from benchmarks.http_server import save
from chuangtu.engines.tables.model import Column, ValueType

KEPT = (4_000, 100_000)
"""Sizes whose result is kept under `benchmarks/results`."""
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [3**n % 31 for n in range(17)]


def credit_code(number: int) -> str:
    stem = f"91310112{number:09d}"
    total = sum(CHARACTERS.index(c) * w for c, w in zip(stem, WEIGHTS, strict=True))
    return stem + CHARACTERS[(31 - total % 31) % 31]


def rows(count: int) -> Iterator[list[list[object]]]:
    source = random.Random(310112)
    forms = ["有限责任公司", "股份有限公司", ""]
    kinds = ["企业", "企业", "企业", "高等院校", "科研院所"]
    for start in range(0, count, 1_000):
        yield [
            [
                f"上海示例{n}科技有限公司",
                credit_code(n),
                source.choice(kinds),
                "6510",
                source.choice(forms) or None,
                date(1995, 1, 1) + timedelta(source.randrange(8_000)),
                source.randrange(1, 100_000),
                source.randrange(2_000),
                source.choice(["是", "否", None]),
                f"东川路 {source.randrange(2_000)} 号",
                f"{121.3 + source.random() / 5:.6f}",
                f"{31.0 + source.random() / 5:.6f}",
                "WGS 84",
                f"https://www.example{n}.cn",
                f"示例品牌{n}" if n % 3 == 0 else None,
                "是",
            ]
            for n in range(start, min(start + 1_000, count))
        ]


HEADERS = (
    *("名称", "统一社会信用代码", "单位类型", "行业代码", "法律形式", "成立日期"),
    *("注册资本（万元）", "职工人数", "规上企业", "地址", "经度", "纬度", "坐标系", "网址"),
    *("品牌名", "示例数据"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=list(KEPT))
    parser.add_argument("--format", choices=["xlsx", "csv"], default="xlsx")
    parser.add_argument("--here", action="store_true", help="in this process and database")
    given = parser.parse_args()
    for count in given.rows:
        if given.here:
            _run_here(count, given.format)
        else:
            _run_apart(count, given.format)


def _run_apart(count: int, form: str) -> None:
    command = [sys.executable, "-m", "benchmarks.import_rows", "--here"]
    command += ["--rows", str(count), "--format", form]
    server = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="chuangtu-bench-") as folder:
        environment = {**os.environ, "CHUANGTU_DATA": folder}
        if not server.startswith("postgres"):
            environment.pop("DATABASE_URL", None)
            subprocess.run(command, env=environment, check=True)
            return
        name = f"chuangtu_bench_{os.getpid()}_{count}"
        with psycopg.connect(server, autocommit=True) as session:
            session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                parts = urlsplit(server)
                environment["DATABASE_URL"] = parts._replace(path=f"/{name}").geturl()
                subprocess.run(command, env=environment, check=True)
            finally:
                session.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _run_here(count: int, form: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chuangtu.site.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    run(count, form, connection.vendor)


def run(count: int, form: str, vendor: str) -> None:
    from chuangtu.apps.imports import actions
    from chuangtu.engines.tables.write import Format, write
    from chuangtu.terms.viewer import ADMINISTRATOR

    content = b"".join(write(Format(form), _columns(), rows(count)))
    who = {"viewer": ADMINISTRATOR, "by": "benchmark"}

    def bring(at: datetime) -> tuple[int, dict[str, float], dict[str, int]]:
        spent, counts = {}, {}
        begun = time.perf_counter()
        batch = actions.upload(
            chunks=[content],
            file_name=f"名单.{form}",
            kind="organization",
            source="示例",
            source_date=date(2015, 12, 31),
            at=at,
            **who,
        )
        spent["read"] = time.perf_counter() - begun
        for step in (actions.preview, actions.apply):
            begun = time.perf_counter()
            counts = dict(step(batch=batch, at=at, **who))
            spent[step.__name__] = time.perf_counter() - begun
        return batch, spent, counts

    started = time.process_time()
    first, spent, counts = bring(datetime(2016, 1, 1, tzinfo=UTC))
    told = " + ".join(f"{name} {seconds:.1f}" for name, seconds in spent.items())
    busy = time.process_time() - started
    print(f"{vendor}, {form}, {count:,} rows: {sum(spent.values()):.1f} s = {told}; {counts}")
    print(f"  of it {busy:.1f} s of this process's own work")
    _, again, counts = bring(datetime(2016, 1, 2, tzinfo=UTC))
    assert counts["same"] == count, counts
    print(f"  the same again: {sum(again.values()):.1f} s, nothing changed")
    begun = time.perf_counter()
    actions.undo(batch=first, at=datetime(2016, 1, 3, tzinfo=UTC), **who)
    undone = time.perf_counter() - begun
    print(f"  undone: {undone:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory of the process: {peak:,.0f} MB", flush=True)
    if count in KEPT:
        save(
            f"import_{vendor}_{count}",
            {
                "rows": count,
                "format": form,
                "seconds": round(sum(spent.values()), 1),
                "of_it": {name: round(seconds, 1) for name, seconds in spent.items()},
                "again_s": round(sum(again.values()), 1),
                "undone_s": round(undone, 1),
                "peak_mb": round(peak),
            },
        )


def _columns() -> list[Column]:
    days, whole = {"成立日期"}, {"注册资本（万元）", "职工人数"}
    return [
        Column(
            each,
            ValueType.DAY
            if each in days
            else ValueType.INTEGER
            if each in whole
            else ValueType.TEXT,
        )
        for each in HEADERS
    ]


if __name__ == "__main__":
    main()
