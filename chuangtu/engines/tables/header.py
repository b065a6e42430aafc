"""The line of headers: where it is, what it names, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import Cell, Place
from chuangtu.engines.tables.sentences import refuse


@dataclass(frozen=True)
class Header:
    """The named columns of a table.

    Attributes:
        row: number of the row or line the headers stand in.
        names: the headers, trimmed, line breaks as spaces.
        columns: number of the column of each, counted from one.
        place: the sheet or file they stand in.
    """

    row: int
    names: tuple[str, ...]
    columns: tuple[int, ...]
    place: Place

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


def find_header(
    rows: Iterator[tuple[int, Sequence[Cell]]], place: Place, limits: Limits
) -> Header:
    """Take the first row that holds anything as the headers.

    Raises:
        TableError: `empty`, `too_many_columns` or `duplicate_header`.
    """
    for number, row in rows:
        names = [_name(each) for each in row]
        if any(names):
            return _header(number, names, place, limits)
    raise refuse("empty", place)


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
            other = replace(place, row=number, column=seen[name])
            shown = other.cell if other.is_sheet else seen[name]
            raise refuse("duplicate_header", where, header=name[:60], other=shown)
        seen[name] = column
    return Header(number, tuple(names[n - 1] for n in columns), tuple(columns), place)
