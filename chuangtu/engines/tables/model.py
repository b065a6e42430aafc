"""What a file holds: tables of cells that know their place, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from chuangtu.terms.errors import ChuangtuError


class Shape(StrEnum):
    """How a place in a file is named."""

    CELLS = "cells"  # sheet and cell: B7
    LINES = "lines"  # line and column
    FEATURES = "features"  # number of the feature and name of the property


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, as the person who looks there counts: from one.

    Attributes:
        file: name of the file as the user knows it.
        shape: how rows and columns are named there.
        sheet: sheet or layer; empty where the file has none.
        row: row of the sheet, line of the text or number of the feature; 0 for none.
        column: number of the column; 0 for none.
        header: the column's header, if it is known.
    """

    file: str
    shape: Shape = Shape.CELLS
    sheet: str = ""
    row: int = 0
    column: int = 0
    header: str = ""

    @property
    def cell(self) -> str:
        """The cell as Excel names it, `B7`; a column or a row alone where only that is known.

        >>> Place("名单.xlsx", row=7, column=28).cell
        'AB7'
        """
        letters = column_letters(self.column) if self.column else ""
        return f"{letters}{self.row or ''}"

    @property
    def zh(self) -> str:
        """The place in Chinese, the file first."""
        parts = [f"“{self.file}”"]
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”" if self.is_sheet else f"图层“{self.sheet}”")
        if self.is_sheet and self.cell:
            parts.append(self._in_sheet("单元格 {}", "第 {} 行"))
        elif self.row:
            parts.append(f"第 {self.row} {'行' if self.shape is Shape.LINES else '个要素'}")
        if self.column and self.shape is Shape.LINES:
            parts.append(f"第 {self.column} 列")
        if self.header:
            parts.append(f"“{self.header}”")
        return " ".join(parts)

    @property
    def en(self) -> str:
        """The place in English, the file first."""
        parts = [f"'{self.file}'"]
        if self.sheet:
            parts.append(f"{'sheet' if self.is_sheet else 'layer'} '{self.sheet}'")
        if self.is_sheet and self.cell:
            parts.append(self._in_sheet("cell {}", "row {}"))
        elif self.row:
            parts.append(f"{'line' if self.shape is Shape.LINES else 'feature'} {self.row}")
        if self.column and self.shape is Shape.LINES:
            parts.append(f"column {self.column}")
        if self.header:
            parts.append(f"'{self.header}'")
        return ", ".join(parts)

    def _in_sheet(self, cell: str, row: str) -> str:
        """A cell or a whole row in these words; a whole column by its letters."""
        if not self.row:
            return self.cell
        return (cell if self.column else row).format(self.cell)

    @property
    def is_sheet(self) -> bool:
        """Say whether places are named by cells."""
        return self.shape is Shape.CELLS


def column_letters(number: int) -> str:
    """Name a column as Excel does; the first is 1.

    >>> column_letters(1), column_letters(26), column_letters(27), column_letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Number a column that Excel names by letters.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number


SHOWN_CHARACTERS = 60
"""Most characters of a value that a sentence shows."""


def shortened(text: str) -> str:
    """The text as far as a sentence shows it.

    >>> shortened("甲"), len(shortened("甲" * 100)), shortened("甲" * 100)[-2:]
    ('甲', 60, '甲…')
    """
    is_short = len(text) <= SHOWN_CHARACTERS
    return text if is_short else f"{text[: SHOWN_CHARACTERS - 1]}…"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, and what to do: a value, not an exception.

    Attributes:
        code: short name of the trouble (`formula`, `code_as_float` …), for counting and tests.
        zh: what is wrong and what to do, one or two sentences.
        en: the same in English.
    """

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault with the place and the value it was found at.

    Attributes:
        fault: what is wrong and what to do.
        place: where.
        value: the value as it stands in the file, shortened; empty if there is none.
    """

    fault: Fault
    place: Place
    value: str = ""

    @property
    def zh(self) -> str:
        """Place, value, reason and remedy in Chinese."""
        shown = f"（值“{self.value}”）" if self.value else ""
        return f"{self.place.zh}{shown}：{self.fault.zh}"

    @property
    def en(self) -> str:
        """Place, value, reason and remedy in English."""
        shown = f" (value '{self.value}')" if self.value else ""
        return f"{self.place.en}{shown}: {self.fault.en}"


class TableError(ChuangtuError):
    """A file that cannot be taken at all; `problem` says why, where, and what to do."""

    def __init__(self, code: str, place: Place, zh: str, en: str) -> None:
        self.problem = Problem(Fault(code, zh, en), place)
        super().__init__(self.problem.zh, self.problem.en)

    @property
    def code(self) -> str:
        """Short name of the trouble."""
        return self.problem.fault.code


@dataclass(frozen=True, slots=True)
class Untrusted:
    """A cell whose content must not be used (a formula, an error value, a hidden merge)."""

    fault: Fault
    shown: str = ""

    def __str__(self) -> str:
        """The content, for showing only."""
        return self.shown


Cell = str | int | float | Decimal | bool | date | datetime | time | timedelta | Untrusted | None
"""What a cell may hold. Floats come from Excel and JSON and are read by their shortest digits."""


@dataclass(frozen=True)
class Table:
    """The rows under one line of headers.

    Attributes:
        file: name of the file as the user knows it.
        shape: how its places are named.
        headers: as they stand in the file, trimmed; each is there once.
        columns: number of the file's column for each header, counted from one.
        rows: one sequence for each row, as long as the headers.
        numbers: row, line or feature number of each row.
        sheet: sheet or layer; empty where the file has none.
        geometries: WKB of each row in the system `crs`, or `None` for no geometry at all.
        crs: `EPSG:4326`, `EPSG:4490`, `GCJ-02`, `BD-09` …; `None` without geometries.
        header_row: number of the row the headers stand in; 0 where there is none.
        broken: index of a row that must not be used → why.
        notices: what a person should know although the rows are taken as they are.
    """

    file: str
    shape: Shape
    headers: tuple[str, ...]
    columns: tuple[int, ...]
    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int]
    sheet: str = ""
    geometries: Sequence[bytes | None] | None = None
    crs: str | None = None
    header_row: int = 0
    broken: Mapping[int, Fault] = attribute(default_factory=dict)
    notices: tuple[Problem, ...] = ()

    def place(self, row: int, column: int | None = None) -> Place:
        """Where the row with this index stands, and its cell under the header of this index."""
        if column is None:
            return Place(self.file, self.shape, self.sheet, self.numbers[row])
        return Place(
            self.file,
            self.shape,
            self.sheet,
            self.numbers[row],
            self.columns[column],
            self.headers[column],
        )


@dataclass(frozen=True, slots=True)
class Glance:
    """A table as far as it is shown to a person who says what its columns mean.

    Attributes:
        row_count: how many rows there are.
        samples: the first rows.
        drawn_count: how many geometries are lines or areas, not points.
        area_count: how many of them are areas.

    The others are as in a table.
    """

    file: str
    shape: Shape
    headers: tuple[str, ...]
    sheet: str
    crs: str | None
    notices: tuple[Problem, ...]
    row_count: int
    samples: tuple[tuple[Cell, ...], ...]
    drawn_count: int
    area_count: int


class ValueType(StrEnum):
    """What a cell is read as, and what a column is written as."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DAY = "day"
    BOOLEAN = "boolean"
    CODE = "code"
    CODES = "codes"
    GEOMETRY = "geometry"  # WKB, longitude before latitude; written, never parsed from a cell


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller wants a cell to be.

    Attributes:
        type: what it is read as.
        is_identifier: a text whose every digit counts (a code, a certificate number).
        point_after: how many digits may stand before a point and a check digit, where such codes
            have one: `201310123456.0` is then a whole code and no number.
        scale: decimal places of a DECIMAL; more are refused, not rounded away.
        unit: the unit a number may carry behind it; another unit is refused.
        minimum: smallest allowed number.
        maximum: largest allowed number.
        max_length: most characters of a text.
        spellings: folded spelling (see `fold`) → code, for CODE and CODES.
        examples: some spellings to show in a refusal.
    """

    type: ValueType
    is_identifier: bool = False
    point_after: tuple[int, ...] = ()
    scale: int = 2
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int = 32_767
    spellings: Mapping[str, str] = attribute(default_factory=dict)
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a written file.

    Attributes:
        header: what stands above it; unique in a file.
        type: what its values are: `str`, `int`, `Decimal`, `date`, `bool`, WKB, or `None`.
        scale: decimal places of a DECIMAL; values have no more.
    """

    header: str
    type: ValueType = ValueType.TEXT
    scale: int = 2


Batch = Sequence[Sequence[Cell | bytes]]
"""Some rows to write, each as long as the columns."""
Batches = Iterable[Batch]
