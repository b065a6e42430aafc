"""Read a workbook: values from calamine, everything calamine keeps silent about from the XML."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

import python_calamine as calamine

from chuangtu.engines.tables.header import Header, find_header
from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import (
    Cell,
    Place,
    Problem,
    Shape,
    Table,
    TableError,
    Untrusted,
    column_letters,
)
from chuangtu.engines.tables.scan_xlsx import (
    SheetFacts,
    StringFacts,
    checked_xml,
    scan_sheet,
    scan_strings,
)
from chuangtu.engines.tables.sentences import fault, refuse
from chuangtu.engines.tables.unpack import unpack

GUIDE_SHEET = "说明"
"""The sheet of a template that explains the columns; it is never read."""

BOOK_PART = "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_SMALL_PART_BYTES = 16 * 1024 * 1024
_NOT_READ = ("xl/worksheets/", "xl/sharedStrings.xml", "xl/media/")

_Merged = list[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True)
class _Sheet:
    """One sheet: calamine's side and the raw XML's side."""

    name: str
    facts: SheetFacts
    values: calamine.CalamineSheet
    file: str

    @property
    def place(self) -> Place:
        return Place(self.file, Shape.CELLS, self.name)

    @property
    def merged(self) -> _Merged:
        """Merged ranges as ((first row, column), (last row, column)), counted from one."""
        ranges = self.values.merged_cell_ranges or []
        return [((a + 1, b + 1), (c + 1, d + 1)) for (a, b), (c, d) in ranges]


def read_xlsx(
    path: Path, archive: zipfile.ZipFile, file: BinaryIO, name: str, limits: Limits
) -> tuple[Table, ...]:
    """Read every visible sheet that holds rows; the guide of a template is left out."""
    place = Place(name)
    parts = {each.filename: each for each in archive.infolist()}
    _refuse_macros(parts, place)
    texts = _small_parts(file, parts, place)
    sheets = sheet_parts(texts, place)
    strings = StringFacts()
    if shared := parts.get("xl/sharedStrings.xml"):
        strings = scan_strings(file, shared, place, limits)
    facts = {}
    for sheet, target in sheets.items():
        if target in parts:
            where = Place(name, Shape.CELLS, sheet)
            facts[sheet] = scan_sheet(file, parts[target], strings, where, limits)
    return _tables(path, name, facts, limits)


def _refuse_macros(parts: dict[str, zipfile.ZipInfo], place: Place) -> None:
    if any("vbaproject" in each.lower() or "/macrosheets/" in each.lower() for each in parts):
        raise refuse("macro", place)
    if "xl/workbook.bin" in parts:
        raise refuse("binary_excel", place)


def _small_parts(
    file: BinaryIO, parts: dict[str, zipfile.ZipInfo], place: Place
) -> dict[str, bytes]:
    """The XML calamine reads besides sheets and strings, unpacked and checked."""
    texts = {}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and not name.startswith(_NOT_READ):
            if part.file_size > _SMALL_PART_BYTES:
                raise refuse("xlsx_bomb", place, detail=f"{name}: {part.file_size} B")
            texts[name] = b"".join(checked_xml(unpack(file, part, place), part, place))
    if b"macroEnabled" in texts.get("[Content_Types].xml", b""):
        raise refuse("macro", place)
    return texts


def sheet_parts(texts: dict[str, bytes], place: Place) -> dict[str, str]:
    """Name each sheet's part of the zip, in the workbook's order."""
    try:
        book = ElementTree.fromstring(texts[BOOK_PART])
        relations = ElementTree.fromstring(texts[BOOK_RELATIONS])
    except (KeyError, ElementTree.ParseError) as error:
        raise refuse("broken_xlsx", place, detail="workbook.xml") from error
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    sheets = {}
    for each in book.iter():
        if re.fullmatch(r"\{[^}]*\}sheet", each.tag):
            target = targets.get(each.get(_RELATION) or each.get(_STRICT_RELATION)) or ""
            path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            sheets[each.get("name", "")] = path
    return sheets


def _tables(
    path: Path, name: str, facts: dict[str, SheetFacts], limits: Limits
) -> tuple[Table, ...]:
    tables: list[Table] = []
    notices: list[Problem] = []
    refusals: list[TableError] = []
    for sheet in _sheets(path, name, facts, notices):
        try:
            tables.append(_table(sheet, limits))
        except TableError as error:
            if error.code not in ("empty", "header_only"):
                raise
            refusals.append(error)
    if not tables:
        raise refusals[0] if refusals else refuse("empty", Place(name))
    notices += [Problem(fault("skipped_sheet"), e.problem.place) for e in refusals]
    first = tables[0]
    tables[0] = _with_notices(first, (*notices, *first.notices))
    return tuple(tables)


def _with_notices(table: Table, notices: tuple[Problem, ...]) -> Table:
    return Table(**{**table.__dict__, "notices": notices})


def _sheets(
    path: Path, name: str, facts: dict[str, SheetFacts], notices: list[Problem]
) -> Iterator[_Sheet]:
    """Visible sheets of cells, one at a time so that only one is in memory; name the others."""
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        for each in book.sheets_metadata:
            place = Place(name, Shape.CELLS, each.name)
            is_cells = each.typ is calamine.SheetTypeEnum.WorkSheet and each.name in facts
            if each.visible is not calamine.SheetVisibleEnum.Visible:
                notices.append(Problem(fault("hidden_sheet"), place))
            elif is_cells and each.name != GUIDE_SHEET:
                values = book.get_sheet_by_name(each.name)
                yield _Sheet(each.name, facts[each.name], values, name)
    except calamine.CalamineError as error:
        raise refuse("broken_xlsx", Place(name), detail=str(error)[:120]) from error


def _table(sheet: _Sheet, limits: Limits) -> Table:
    header, rows = find_header(_numbered_rows(sheet), sheet.place, limits)
    _refuse_merged_header(sheet, header)
    untrusted = _untrusted(sheet)
    kept: list[Sequence[Cell]] = []
    numbers: list[int] = []
    places = [each - 1 for each in header.columns]
    for number, row in rows:
        spots = untrusted.get(number)
        if spots:
            for column, spot in spots.items():
                if column < len(row):
                    row[column] = Untrusted(spot.fault, spot.shown or _shown(row[column]))
        if any(row) or any(each != "" for each in row):
            header.check(number, row)
            kept.append([None if row[n] == "" else row[n] for n in places])
            numbers.append(number)
    header.check_end(bool(kept))
    return Table(
        sheet.file,
        Shape.CELLS,
        header.names,
        header.columns,
        kept,
        numbers,
        sheet=sheet.name,
        header_row=header.row,
        notices=(*header.notices, *_notices(sheet)),
    )


def _numbered_rows(sheet: _Sheet) -> Iterator[tuple[int, list[Cell]]]:
    # calamine pads missing rows at the top, but not missing columns at the left.
    start = sheet.values.start
    left = [""] * start[1] if start else []
    last = 0
    for last, row in enumerate(sheet.values.iter_rows(), start=1):
        yield last, [*left, *row]
    # Its rows end with the last value: formulas without a stored result and errors go on.
    spots = {row for row, _ in (*sheet.facts.formulas, *sheet.facts.errors) if row > last}
    for number in sorted(spots):
        yield number, [""] * sheet.facts.columns


def _shown(value: Cell) -> str:
    return str(value)[:60]


def _refuse_merged_header(sheet: _Sheet, header: Header) -> None:
    for (top, left), (bottom, right) in sheet.merged:
        if top <= header.row <= bottom or bottom < header.row:
            where = Place(sheet.file, Shape.CELLS, sheet.name, top, left)
            raise refuse("merged_header", where, range=_range(top, left, bottom, right))


def _range(top: int, left: int, bottom: int, right: int) -> str:
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def _untrusted(sheet: _Sheet) -> dict[int, dict[int, Untrusted]]:
    """Row number → index of the column → why the cell must not be used."""
    spots: dict[int, dict[int, Untrusted]] = {}
    for (top, left), (bottom, right) in sheet.merged:
        spot = Untrusted(fault("merged_cell", range=_range(top, left, bottom, right)))
        for row in range(top, min(bottom, sheet.facts.rows) + 1):
            for column in range(left, min(right, sheet.facts.columns) + 1):
                spots.setdefault(row, {})[column - 1] = spot
    for (row, column), text in sheet.facts.formulas.items():
        spots.setdefault(row, {})[column - 1] = Untrusted(fault("formula"), text)
    spot = Untrusted(fault("error_value"))
    for row, column in sheet.facts.errors:
        spots.setdefault(row, {})[column - 1] = spot
    return spots


def _notices(sheet: _Sheet) -> tuple[Problem, ...]:
    found = []
    if rows := sheet.facts.hidden_rows:
        found.append(Problem(fault("hidden_rows", count=len(rows), first=rows[0]), sheet.place))
    if spans := sheet.facts.hidden_columns:
        names = ", ".join(f"{column_letters(a)}–{column_letters(b)}" for a, b in spans)
        found.append(Problem(fault("hidden_columns", columns=names), sheet.place))
    return tuple(found)
