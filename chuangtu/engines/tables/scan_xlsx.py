"""Look at the raw XML of a workbook: what its reader would hide, and what would harm it.

calamine gives values; it does not say that a value came from a formula, turns an error into an
empty cell, and makes room for every cell of the rectangle a sheet claims to span.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import BinaryIO
from xml.sax.saxutils import unescape

from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import Place, column_number, shortened
from chuangtu.engines.tables.sentences import refuse
from chuangtu.engines.tables.unpack import CHUNK_BYTES, unpack

ROW_BYTES = 32 * CHUNK_BYTES
"""Longest XML of one row; a row of 256 cells of Excel's longest text is 25 MB."""

_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ASIDE = re.compile(rb"<!(?:-|\[)|<\?")
_UTF8_ONLY = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["'](?!utf-?8["'])""", re.I)
_HEAD = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*""")  # a value may hold the sign that ends it
_ATTRIBUTE = re.compile(rb"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL_NAME = re.compile(rb"\s*\$?([A-Za-z]{1,3})\$?(\d{1,8})\s*")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)""")
_ERROR = re.compile(rb"""^[^>]*\bt\s*=\s*["']e["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,5})["']""")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_STRING_END = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>")
_UNUSUAL = (b't="e"', b"t='e'", b"hidden")
_ROOT = re.compile(rb"<([^\s<>/!?:]+:)?worksheet[\s/>]")
# What calamine reads by its name alone, whatever stands before it.
_PREFIXED = re.compile(rb"<([^\s<>/!?:]+:)(?:row|c|f|v|is|t)[\s/>]")
_BARE = re.compile(rb"<(?:row|c|f|v|is|t)[\s/>]")
_DATA_END = re.compile(rb"</(?:[^\s<>/!?:]+:)?sheetData\s*>")


@dataclass
class SheetFacts:
    """What the raw XML of a sheet says besides its values.

    Attributes:
        formulas: (row, column) of cells with a formula, counted from one → its text,
            shortened; empty where the formula stands in another cell that shares it.
        errors: (row, column) of cells with an error value.
        hidden_rows: numbers of hidden rows.
        hidden_columns: (first, last) numbers of hidden columns.
        rows: the last row with a cell.
        columns: the last column with a cell.
    """

    formulas: dict[tuple[int, int], str] = attribute(default_factory=dict)
    errors: set[tuple[int, int]] = attribute(default_factory=set)
    hidden_rows: list[int] = attribute(default_factory=list)
    hidden_columns: list[tuple[int, int]] = attribute(default_factory=list)
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class StringFacts:
    """How long the shared strings are, in bytes; a sheet may use each any number of times."""

    lengths: tuple[int, ...] = ()

    def used(self, piece: bytes) -> int:
        """Bytes of all the shared strings that a piece of a sheet uses."""
        if not self.lengths:
            return 0
        known = len(self.lengths)
        numbers = map(int, _SHARED.findall(piece))
        return sum(self.lengths[each] for each in numbers if each < known)


def scan_strings(
    file: BinaryIO, part: zipfile.ZipInfo, place: Place, limits: Limits
) -> StringFacts:
    """Measure the shared strings.

    Returns:
        Their lengths; none if even the longest, in every cell, would be little.

    Raises:
        TableError: `entities`, `xlsx_bomb` or what `unpack` raises.
    """
    lengths: list[int] = []
    waiting = b""
    for chunk in checked_xml(unpack(file, part, place), part, place):
        waiting += chunk
        *whole, waiting = _STRING_END.split(waiting)
        lengths += [sum(map(len, _TEXT.findall(each))) for each in whole]
        # A character is at most four bytes, or six as an escape.
        if max(lengths, default=0) > 6 * limits.text_characters or len(waiting) > ROW_BYTES:
            raise refuse("xlsx_bomb", place, detail=f"text > {limits.text_characters}")
    harmless = max(lengths, default=0) * limits.cells <= limits.text_total
    return StringFacts(() if harmless else tuple(lengths))


def scan_sheet(
    file: BinaryIO, part: zipfile.ZipInfo, strings: StringFacts, place: Place, limits: Limits
) -> SheetFacts:
    """Read a sheet's raw XML once and say what matters about it.

    Raises:
        TableError: `entities`, `broken_xlsx`, `xlsx_bomb` or what `unpack` raises.
    """
    facts = SheetFacts()
    prefix = None
    used = 0
    is_over = False
    chunks = _without_asides(checked_xml(unpack(file, part, place), part, place), part, place)
    for piece in whole_rows(chunks, part, place):
        if prefix is None:
            root = _ROOT.search(piece)
            prefix = (root[1] or b"") if root else b""
            facts.hidden_columns = _hidden_columns(prefix, piece)
        if not is_over:
            # Behind the rows other vocabularies have names of their own.
            body = _DATA_END.split(piece, maxsplit=1)
            is_over = len(body) > 1
            _refuse_mixed(prefix, body[0], part, place)
        _rows(facts, prefix, piece)
        _check_extent(facts, place, limits)
        used += strings.used(piece)
        if used > limits.text_total:
            raise refuse("xlsx_bomb", place, detail=f"text {used} > {limits.text_total}")
    return facts


def whole_rows(chunks: Iterable[bytes], part: zipfile.ZipInfo, place: Place) -> Iterator[bytes]:
    """The same bytes, cut only after the end of a row (of any prefix), the rest at the end."""
    waiting = b""
    for chunk in chunks:
        waiting += chunk
        end = max(waiting.rfind(b"</row>"), waiting.rfind(b":row>"))
        if end >= 0:
            end = waiting.index(b">", end) + 1
            yield waiting[:end]
            waiting = waiting[end:]
        if len(waiting) > ROW_BYTES:
            raise refuse("xlsx_bomb", place, detail=f"{part.filename}: row > {ROW_BYTES} B")
    yield waiting


def checked_xml(chunks: Iterable[bytes], part: zipfile.ZipInfo, place: Place) -> Iterator[bytes]:
    """The same bytes; refuse entities, and encodings that could hide them."""
    tail = b""
    for number, chunk in enumerate(chunks):
        if not number and (chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or _UTF8_ONLY.match(chunk)):
            raise refuse("broken_xlsx", place, detail=f"{part.filename}: not UTF-8")
        if _ENTITIES.search(tail + chunk[:16]) or _ENTITIES.search(chunk):
            raise refuse("entities", place, part=part.filename)
        tail = chunk[-16:]
        yield chunk


def _without_asides(
    chunks: Iterable[bytes], part: zipfile.ZipInfo, place: Place
) -> Iterator[bytes]:
    """The same bytes; refuse comments and the like, in which names could stand that are none."""
    tail = b""
    for number, chunk in enumerate(chunks):
        searched = tail + chunk
        # The declaration at the very beginning, behind a byte order mark, is none.
        start = searched.find(b"?>") if not number and b"<?xml" in searched[:8] else 0
        if _ASIDE.search(searched, max(start, 0)):
            raise refuse("broken_xlsx", place, detail=f"{part.filename}: <!-- <?")
        tail = chunk[-2:]
        yield chunk


def _refuse_mixed(prefix: bytes, body: bytes, part: zipfile.ZipInfo, place: Place) -> None:
    """Refuse rows and cells that are not named as their sheet is."""
    if prefix:
        is_mixed = bool(_BARE.search(body)) or bool(set(_PREFIXED.findall(body)) - {prefix})
    else:
        is_mixed = bool(_PREFIXED.search(body))
    if is_mixed:
        raise refuse("broken_xlsx", place, detail=f"{part.filename}: xmlns")


def _hidden_columns(prefix: bytes, piece: bytes) -> list[tuple[int, int]]:
    head = piece.partition(b"<%ssheetData" % prefix)[0]
    columns = re.findall(rb"<%scol\b[^>]*>" % prefix, head)
    spans = [dict(_SPAN.findall(each)) for each in columns if _HIDDEN.search(each)]
    return [(int(each[b"min"]), int(each[b"max"])) for each in spans if len(each) == 2]


def _rows(facts: SheetFacts, prefix: bytes, piece: bytes) -> None:
    # Directly behind the tag, where most files have it: no text of a cell can look like it.
    names = re.findall(rb'<%sc r="([A-Z]{1,3})(\d{1,8})"' % prefix, piece)
    cells = len(re.findall(rb"<%sc[\s/>]" % prefix, piece))
    if names:
        letters, digits = {name[0] for name in names}, {name[1] for name in names}
        facts.columns = max(facts.columns, *(column_number(x.decode()) for x in letters))
        last = max(map(int, digits))
    # Most files name every cell and hold nothing unusual; only others are walked cell by cell.
    is_unusual = cells > len(names) or any(each in piece for each in _UNUSUAL)
    if is_unusual or re.search(rb"<%sf[\s/>]" % prefix, piece):
        _walk(facts, prefix, piece)
    if names:
        facts.rows = max(facts.rows, last)


def _walk(facts: SheetFacts, prefix: bytes, piece: bytes) -> None:
    """Go through every cell; one without a name stands right of the one before."""
    rows = re.split(rb"<%srow\b" % prefix, piece)[1:]
    for text in rows:
        head = _head_of(text)
        number = _attribute(head, b"r").strip()
        row = int(number) if number.isdigit() and len(number) < 9 else facts.rows + 1
        if _HIDDEN.search(head):
            facts.hidden_rows.append(row)
        facts.rows = max(facts.rows, row)
        column = 0
        for cell in re.split(rb"<%sc\b" % prefix, text)[1:]:
            name = _CELL_NAME.fullmatch(_attribute(_head_of(cell), b"r"))
            column = column_number(name[1].decode().upper()) if name else column + 1
            position = (int(name[2]) if name else row, column)
            facts.rows = max(facts.rows, position[0])
            facts.columns = max(facts.columns, column)
            if re.search(rb"<%sf[\s/>]" % prefix, cell):
                facts.formulas[position] = _formula(prefix, cell)
            elif _ERROR.match(cell):
                facts.errors.add(position)


def _head_of(text: bytes) -> bytes:
    found = _HEAD.match(text)
    return found[0] if found else b""


def _attribute(head: bytes, name: bytes) -> bytes:
    """The value of an attribute; empty where there is none of exactly this name."""
    found = _ATTRIBUTE.findall(head)
    return next((double or single for each, double, single in found if each == name), b"")


def _formula(prefix: bytes, cell: bytes) -> str:
    """The formula as Excel shows it, shortened."""
    found = re.search(rb"<%sf(?:\s[^>]*)?(?<!/)>([^<]+)<" % prefix, cell)
    text = unescape(found[1].decode(errors="replace")) if found else ""
    return shortened(f"={text}") if text else ""


def _check_extent(facts: SheetFacts, place: Place, limits: Limits) -> None:
    if facts.rows > limits.rows or facts.rows * facts.columns > limits.cells:
        raise refuse("xlsx_bomb", place, detail=f"{facts.rows} × {facts.columns}")
