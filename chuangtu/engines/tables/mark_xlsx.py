"""Write remarks into a copy of a workbook by changing only the cells concerned in its XML.

Rewriting the file from its values would lose what the user made of it: widths, colours, lists.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path

from chuangtu.engines.tables.model import (
    Place,
    Problem,
    Table,
    column_letters,
    column_number,
)
from chuangtu.engines.tables.outlet import Outlet
from chuangtu.engines.tables.read_xlsx import BOOK_PART, BOOK_RELATIONS, sheet_parts
from chuangtu.engines.tables.scan_xlsx import whole_rows
from chuangtu.engines.tables.unpack import CHUNK_BYTES
from chuangtu.engines.tables.write_xlsx import xml_text

_STYLES = "xl/styles.xml"
_RED = (
    b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="FFFFC7CE"/></%spatternFill>'
    b"</%sfill>"
)
_ROW = rb"<%(p)srow\b([^>]*?)(?:/>|>(.*?)</%(p)srow>)"
_CELL = rb"<%(p)sc\b([^>]*?)(?:/>|>(.*?)</%(p)sc>)"
_NAME = re.compile(rb'\s*\br="([A-Z]+)(\d+)"')
_NUMBER = re.compile(rb'\br="(\d+)"')
_STYLE = re.compile(rb'\s*\bs="(\d+)"')
_SPANS = re.compile(rb'\s*\bspans="[^"]*"')


@dataclass
class _Remarks:
    """What is to be written into one sheet.

    Attributes:
        column: where the remarks go, right of everything.
        cells: row → columns to colour.
        texts: row → what the remark column says.
        styles: number of styles before ours; the red twin of style n is n + styles.
    """

    column: int
    styles: int
    cells: dict[int, set[int]] = attribute(default_factory=dict)
    texts: dict[int, str] = attribute(default_factory=dict)


def remark_of(problem: Problem, is_chinese: bool) -> str:
    """What the added column says of a problem: of which column, and what."""
    said = problem.fault.zh if is_chinese else problem.fault.en
    header = problem.place.header
    return f"{header}{'：' if is_chinese else ': '}{said}" if header else said


def mark_xlsx(
    path: Path,
    tables: Sequence[Table],
    problems: Sequence[Problem],
    header: str,
    is_chinese: bool,
) -> Iterator[bytes]:
    """Give the same workbook with wrong cells coloured and a column of remarks in each sheet."""
    outlet = Outlet()
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        texts = {name: source.read(name) for name in (BOOK_PART, BOOK_RELATIONS)}
        parts = sheet_parts(texts, Place(tables[0].file))
        styles, count = _with_red(source)
        remarks = {
            parts[each.sheet]: _remarks(each, problems, header, is_chinese, count)
            for each in tables
        }
        for part in source.infolist():
            with target.open(part.filename, "w") as into:
                for chunk in _chunks(source, part, styles, remarks.get(part.filename)):
                    into.write(chunk)
                    yield outlet.taken()
    yield outlet.taken()


def _chunks(
    source: zipfile.ZipFile, part: zipfile.ZipInfo, styles: bytes, remarks: _Remarks | None
) -> Iterator[bytes]:
    if part.filename == _STYLES:
        yield styles
        return
    with source.open(part) as file:
        chunks = iter(lambda: file.read(CHUNK_BYTES), b"")
        if remarks is None:
            yield from chunks
            return
        prefix = None
        for piece in whole_rows(chunks, part, Place("")):
            if prefix is None:
                root = re.search(rb"<(\w+:)?worksheet\b", piece)
                prefix = (root[1] or b"") if root else b""
            yield _marked(piece, prefix, remarks)


def _with_red(source: zipfile.ZipFile) -> tuple[bytes, int]:
    """The styles with a red twin of each, and how many there were; without styles, none."""
    if _STYLES not in source.namelist():
        return b"", 0
    text = source.read(_STYLES)
    root = re.search(rb"<(\w+:)?styleSheet\b", text)
    p = (root[1] or b"") if root else b""
    fills = re.search(rb"<%sfills\b[^>]*>(.*?)</%sfills>" % (p, p), text, re.S)
    cells = re.search(rb"<%scellXfs\b[^>]*>(.*?)</%scellXfs>" % (p, p), text, re.S)
    if not fills or not cells:
        return text, 0
    red = len(re.findall(rb"<%sfill\b" % p, fills[1]))
    twins = re.findall(rb"<%sxf\b[^>]*?/>|<%sxf\b.*?</%sxf>" % (p, p, p), cells[1], re.S)
    painted = b"".join(_painted(each, red) for each in twins)
    fill = _RED % (p, p, p, p, p)
    text = text.replace(
        cells[0],
        b'<%scellXfs count="%d">%s%s</%scellXfs>' % (p, 2 * len(twins), cells[1], painted, p),
    ).replace(
        fills[0],
        b'<%sfills count="%d">%s%s</%sfills>' % (p, red + 1, fills[1], fill, p),
    )
    return text, len(twins)


def _painted(style: bytes, fill: int) -> bytes:
    plain = re.sub(rb'\s(?:fillId|applyFill)="[^"]*"', b"", style, count=2)
    return re.sub(rb"xf\b", b'xf fillId="%d" applyFill="1"' % fill, plain, count=1)


def _remarks(
    table: Table, problems: Sequence[Problem], header: str, is_chinese: bool, styles: int
) -> _Remarks:
    found = _Remarks(column=max(table.columns) + 1, styles=styles)
    found.texts[table.header_row] = header
    for each in problems:
        place = each.place
        if place.sheet == table.sheet and place.row:
            told = remark_of(each, is_chinese)
            before = found.texts.get(place.row)
            found.texts[place.row] = f"{before} {told}" if before else told
            if place.column:
                found.cells.setdefault(place.row, set()).add(place.column)
    return found


def _marked(piece: bytes, prefix: bytes, remarks: _Remarks) -> bytes:
    cell = re.compile(_CELL % {b"p": prefix}, re.S)

    def replaced(found: re.Match[bytes]) -> bytes:
        number = _NUMBER.search(found[1])
        row = int(number[1]) if number else 0
        if row not in remarks.texts:
            return found[0]
        cells = [(_column(each), each[0]) for each in cell.finditer(found[2] or b"")]
        body = _row(cells, row, prefix, remarks)
        attributes = _SPANS.sub(b"", found[1])
        return b"<%srow%s>%s</%srow>" % (prefix, attributes, body, prefix)

    return re.sub(_ROW % {b"p": prefix}, replaced, piece, flags=re.S)


def _column(cell: re.Match[bytes]) -> int:
    name = _NAME.search(cell[1])
    return column_number(name[1].decode()) if name else 0


def _row(cells: list[tuple[int, bytes]], row: int, prefix: bytes, remarks: _Remarks) -> bytes:
    wrong = remarks.cells.get(row, set()) if remarks.styles else set()
    kept = {column: text for column, text in cells if column != remarks.column}
    for column in wrong:
        empty = b'<%sc r="%s%d"/>' % (prefix, column_letters(column).encode(), row)
        kept[column] = _coloured(kept.get(column, empty), remarks.styles)
    name = f"{column_letters(remarks.column)}{row}".encode()
    text = xml_text(remarks.texts[row]).encode()
    p = prefix
    kept[remarks.column] = (
        b'<%sc r="%s" t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%sc>'
        % (p, name, p, p, text, p, p, p)
    )
    return b"".join(kept[each] for each in sorted(kept))


def _coloured(cell: bytes, styles: int) -> bytes:
    head, close, rest = cell.partition(b">")
    style = _STYLE.search(head)
    number = int(style[1]) if style else 0
    bare = _STYLE.sub(b"", head, count=1)
    end = b"/" if bare.endswith(b"/") else b""
    return b'%s s="%d"%s%s%s' % (bare.removesuffix(b"/"), number + styles, end, close, rest)
