"""Give a user's file back with what is wrong written into it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from chuangtu.engines.tables.mark_xlsx import mark_xlsx, remark_of
from chuangtu.engines.tables.model import Column, Place, Problem, Shape, Table
from chuangtu.engines.tables.read_csv import open_csv
from chuangtu.engines.tables.write_csv import guarded, write_csv

REMARK_HEADERS = ("问题", "Problem")
"""The header of the added column, in Chinese and in English."""

_BATCH_ROWS = 1_000
_REPORT = (
    ("文件", "工作表或图层", "位置", "列", "值", REMARK_HEADERS[0]),
    ("File", "Sheet or layer", "Position", "Column", "Value", REMARK_HEADERS[1]),
)


def mark(
    path: Path, tables: Sequence[Table], problems: Sequence[Problem], *, language: str = "zh"
) -> tuple[str, Iterator[bytes]]:
    """Give the ending and the bytes of a copy with the errors marked.

    Args:
        path: the user's file.
        tables: what `read` gave for it.
        problems: with places in it.
        language: of the remarks: `zh…`, or anything else for English.

    Returns:
        For xlsx the same workbook, wrong cells coloured and a column 问题 (Problem) added; for
        csv the same lines with that column, as UTF-8. A geographic file cannot show remarks: for
        it, a csv that lists them.
    """
    is_chinese = language.startswith("zh")
    if tables[0].shape is Shape.CELLS:
        header = _header(tables, is_chinese)
        return "xlsx", mark_xlsx(path, tables, problems, header, is_chinese)
    if tables[0].shape is Shape.LINES:
        return "csv", _mark_csv(path, tables[0], problems, is_chinese)
    return "csv", _report(problems, is_chinese)


def _header(tables: Sequence[Table], is_chinese: bool) -> str:
    """A header that no table has: who mends a marked file and brings it again has one there."""
    header = first = REMARK_HEADERS[0 if is_chinese else 1]
    taken = {each for table in tables for each in table.headers}
    number = 1
    while header in taken:
        number += 1
        header = f"{first} {number}"
    return header


def _mark_csv(
    path: Path, table: Table, problems: Sequence[Problem], is_chinese: bool
) -> Iterator[bytes]:
    remarks, header = _by_line(problems, is_chinese), _header([table], is_chinese)
    yield b"\xef\xbb\xbf"
    place = Place(table.file, Shape.LINES)
    encoding, delimiter = open_csv(path, place)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        text, start, is_header = io.StringIO(newline=""), 1, True
        writer = csv.writer(text, lineterminator="\r\n")
        for count, record in enumerate(reader):
            if any(record):
                remark = header if is_header else guarded(remarks.get(start, ""))
                padding = [""] * (table.columns[-1] - len(record))
                writer.writerow([*record, *padding, remark])
                is_header = False
            start = reader.line_num + 1
            if count % _BATCH_ROWS == 0:
                yield text.getvalue().encode()
                text.seek(0)
                text.truncate()
        yield text.getvalue().encode()


def _by_line(problems: Sequence[Problem], is_chinese: bool) -> Mapping[int, str]:
    remarks: dict[int, str] = {}
    for each in problems:
        told = remark_of(each, is_chinese)
        before = remarks.get(each.place.row)
        remarks[each.place.row] = f"{before} {told}" if before else told
    return remarks


def _report(problems: Sequence[Problem], is_chinese: bool) -> Iterator[bytes]:
    rows = [
        [
            each.place.file,
            each.place.sheet,
            str(each.place.row or ""),
            each.place.header,
            each.value,
            each.fault.zh if is_chinese else each.fault.en,
        ]
        for each in problems
    ]
    return write_csv([Column(each) for each in _REPORT[0 if is_chinese else 1]], [rows])
