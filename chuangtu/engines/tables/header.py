"""The line of headers: where it is, what it names, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import Cell, Place, Problem, shortened
from chuangtu.engines.tables.sentences import fault, refuse

Rows = Iterator[tuple[int, list[Cell]]]
"""Rows with their numbers."""

_FIRST_ROWS = 10
"""Among so many rows the headers are looked for under a title."""
_LONGEST_HEADER = 60
_FIGURE = re.compile(r"[\d\s.,:%/年月日+-]+")


@dataclass(frozen=True)
class Header:
    """The named columns of a table.

    Attributes:
        row: number of the row or line the headers stand in.
        names: the headers, trimmed, line breaks as spaces.
        columns: number of the column of each, counted from one.
        place: the sheet or file they stand in.
        notices: what stands above them and was taken for a title.
    """

    row: int
    names: tuple[str, ...]
    columns: tuple[int, ...]
    place: Place
    notices: tuple[Problem, ...] = ()

    def check(self, row: int, values: Sequence[Cell]) -> None:
        """Refuse a row with a value under no header."""
        if len(values) == len(self.columns) == self.columns[-1]:
            return  # every column has a header
        for column, value in enumerate(values, start=1):
            if value not in ("", None) and column not in self.columns:
                raise refuse("blank_header", replace(self.place, row=row, column=column))

    def check_end(self, has_rows: bool) -> None:
        """Refuse a table without rows."""
        if not has_rows:
            raise refuse("header_only", self.place)


def find_header(rows: Rows, place: Place, limits: Limits) -> tuple[Header, Rows]:
    """Take the first row that holds anything as the headers, but for titles above them.

    Returns:
        The headers, and the rows below them.

    Raises:
        TableError: `empty`, `unclear_header`, `too_many_columns` or `duplicate_header`.
    """
    first = next((each for each in rows if _names(each[1])), None)
    if first is None:
        raise refuse("empty", place)
    ahead = [first] if len(_names(first[1])) > 1 else [first, *islice(rows, _FIRST_ROWS - 1)]
    start = _start(ahead, place)
    number, row = ahead[start]
    header = _header(number, [_name(each) for each in row], place, limits)
    titles = tuple(
        Problem(fault("skipped_title", first=number), replace(place, row=above), shortened(name))
        for above, cells in ahead[:start]
        for name in _names(cells)
    )
    return replace(header, notices=titles), chain(ahead[start + 1 :], rows)


def _start(ahead: Sequence[tuple[int, Sequence[Cell]]], place: Place) -> int:
    """Which of the first rows has the headers: under a title in one cell stands a table."""
    wide = [n for n, (_, row) in enumerate(ahead) if len(_names(row)) > 1]
    if not wide or wide[0] == 0:
        return 0
    if len(wide) > 1 and _could_be_headers(ahead[wide[0]][1]):
        return wide[0]
    if place.is_sheet:
        raise refuse("unclear_header", replace(place, row=ahead[0][0]))
    return 0  # in a text, a line with a sign too many is a fault of that line


def _could_be_headers(row: Sequence[Cell]) -> bool:
    """Say whether all that stands in a row are words, each there once."""
    names = _names(row)
    are_texts = all(isinstance(each, str) for each in row if each is not None)
    are_words = all(len(n) <= _LONGEST_HEADER and not _FIGURE.fullmatch(n) for n in names)
    return are_texts and are_words and len(set(names)) == len(names)


def _names(row: Sequence[Cell]) -> list[str]:
    return [name for each in row if (name := _name(each))]


def _name(cell: Cell) -> str:
    """A header on one line, without signs that nobody sees."""
    words = "" if cell is None else " ".join(str(cell).split())
    return "".join(each for each in words if each.isprintable())


def _header(number: int, names: list[str], place: Place, limits: Limits) -> Header:
    columns = [n for n, each in enumerate(names, start=1) if each]
    if columns[-1] > limits.columns:
        raise refuse("too_many_columns", place, count=columns[-1], limit=limits.columns)
    seen: dict[str, int] = {}
    for column in columns:
        name = names[column - 1]
        where = replace(place, row=number, column=column)
        if name in seen:
            zh, en = f"第 {seen[name]} 列", f"column {seen[name]}"
            if place.is_sheet:
                cell = replace(place, row=number, column=seen[name]).cell
                zh, en = f" {cell}", cell
            raise refuse("duplicate_header", where, header=name[:60], other=zh, other_en=en)
        seen[name] = column
    return Header(number, tuple(names[n - 1] for n in columns), tuple(columns), place)
