"""How fast and how frugally every format is exported: 500,000 rows of 20 realistic columns.

Each format runs in a process of its own, so that its memory is its own. The growth counted is
between the first thousand rows written and the peak; the rows themselves are made as they are
asked for. XlsxWriter and openpyxl are measured as peers on fewer rows, in the same run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import psutil
import shapely

from benchmarks.http_server import save
from chuangtu.engines.tables.model import Column, ValueType
from chuangtu.engines.tables.write import Format, write

KEPT_FROM = 500_000
"""Rows from which on a result is kept under `benchmarks/results`."""
T, D, N = ValueType.TEXT, ValueType.DECIMAL, ValueType.INTEGER
COLUMNS = [
    Column("编号", N),
    Column("名称", T),
    Column("统一社会信用代码", T),
    Column("类型", T),
    Column("行业", T),
    Column("街镇", T),
    Column("注册地址", T),
    Column("英文名称", T),
    Column("成立日期", ValueType.DAY),
    Column("认定日期", ValueType.DAY),
    Column("有效期至", ValueType.DAY),
    Column("营业收入（万元）", D, 2),
    Column("研发费用（万元）", D, 2),
    Column("面积（平方米）", D, 1),
    Column("职工人数", N),
    Column("高新技术企业", ValueType.BOOLEAN),
    Column("网址", T),
    Column("来源", T),
    Column("备注", T),
    Column("geometry", ValueType.GEOMETRY),
]
BATCH = 1_000


def rows(count: int) -> Iterator[list[list[object]]]:
    """The same rows every time, made a batch at a time; a pool is varied to look real."""
    source = random.Random(310112)
    towns = ["莘庄镇", "七宝镇", "颛桥镇", "华漕镇", "虹桥镇", "梅陇镇", "吴泾镇", "马桥镇"]
    industries = ["软件和信息技术服务业", "研究和试验发展", "专用设备制造业", "医药制造业"]
    day = date(1995, 1, 1)
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        xs = [121.2 + source.random() / 3 for _ in range(size)]
        ys = [31.0 + source.random() / 4 for _ in range(size)]
        points = shapely.to_wkb(shapely.points(xs, ys))
        yield [
            [
                start + n,
                f"上海{source.choice(towns)[:2]}示例{start + n}科技有限公司",
                f"91310112{source.randrange(10**9):09d}X",
                "企业",
                source.choice(industries),
                source.choice(towns),
                f"上海市闵行区{source.choice(towns)}示例路 {source.randrange(2000)} 号 A&B 座",
                f"Shanghai Example {start + n} Technology Co., Ltd.",
                day + timedelta(source.randrange(8000)),
                day + timedelta(source.randrange(8000)),
                None if n % 3 else day + timedelta(9000),
                Decimal(source.randrange(10**9)).scaleb(-2),
                None if n % 5 == 0 else Decimal(source.randrange(10**7)).scaleb(-2),
                Decimal(source.randrange(10**6)).scaleb(-1),
                source.randrange(2000),
                n % 2 == 0,
                f"https://www.example{n}.com/about?id={n}",
                "闵行区科技创新“十三五”规划",
                None if n % 4 else "=HYPERLINK 这样的文字不会成为公式",
                points[n],
            ]
            for n in range(size)
        ]


def measure(form: str, count: int, answers: multiprocessing.Queue) -> None:
    process = psutil.Process()
    list(write(Format(form), COLUMNS, rows(BATCH)))  # libraries loaded, buffers grown
    started_with = peak = process.memory_info().rss
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.02):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    made, made_cpu = time.perf_counter(), time.process_time()
    for _ in rows(count):
        pass
    making, making_cpu = time.perf_counter() - made, time.process_time() - made_cpu
    size, begun, begun_cpu = 0, time.perf_counter(), time.process_time()
    with tempfile.TemporaryFile() as file:
        for piece in write(Format(form), COLUMNS, rows(count)):
            size += file.write(piece)
    spent, spent_cpu = time.perf_counter() - begun, time.process_time() - begun_cpu
    done.set()
    watcher.join()
    speeds = count / (spent - making), count / (spent_cpu - making_cpu)
    answers.put((*speeds, peak - started_with, size))


def peer_xlsxwriter(count: int) -> float:
    import xlsxwriter

    begun = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(os.path.join(folder, "a.xlsx"), {"constant_memory": True})
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        number = 0
        for batch in rows(count):
            for row in batch:
                for place, value in enumerate(row[:19]):
                    if isinstance(value, str):
                        sheet.write_string(number, place, value)
                    elif isinstance(value, date):
                        sheet.write_datetime(number, place, value, day)
                    elif value is not None:
                        sheet.write_number(number, place, float(value))
                number += 1
        book.close()
    return count / (time.process_time() - begun)


def peer_openpyxl(count: int) -> float:
    import openpyxl

    begun = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for batch in rows(count):
            for row in batch:
                sheet.append(row[:19])
        book.save(os.path.join(folder, "a.xlsx"))
    return count / (time.process_time() - begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--format", choices=[each.value for each in Format])
    parser.add_argument("--peers", action="store_true")
    given = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    print(f"{given.rows:,} rows × {len(COLUMNS)} columns (making the rows is taken off)")
    found = {}
    for form in [given.format] if given.format else [each.value for each in Format]:
        answers = context.Queue()
        process = context.Process(target=measure, args=(form, given.rows, answers))
        process.start()
        speed, cpu_speed, growth, size = answers.get()
        process.join()
        found[form] = {
            "rows_per_s": round(speed),
            "rows_per_s_of_processor": round(cpu_speed),
            "growth_mb": round(growth / 1e6),
            "file_mb": round(size / 1e6, 1),
        }
        print(
            f"{form:8} {speed:9,.0f} rows/s by the clock, {cpu_speed:9,.0f} by processor time,"
            f"  +{growth / 1e6:5.0f} MB  file {size / 1e6:6.1f} MB",
            flush=True,
        )
    peers = {}
    if given.peers:
        peers = {
            "XlsxWriter, constant memory": round(peer_xlsxwriter(20_000)),
            "openpyxl, write only": round(peer_openpyxl(20_000)),
        }
        for name, speed in peers.items():
            print(f"{name}: {speed:,} rows/s of processor")
    if given.rows >= KEPT_FROM and not given.format:
        save(
            "export_formats",
            {"rows": given.rows, "formats": found, "xlsx_peers_rows_per_s_of_processor": peers},
        )


if __name__ == "__main__":
    main()
