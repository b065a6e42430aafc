"""Read the attribute table of a Shapefile: every digit as it is written, in a known encoding.

GDAL turns its numbers into binary ones, cuts what it cannot read to 0 with a warning on the
server, and guesses the encoding; none of these reaches the person whose file it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from chuangtu.engines.tables.encoding import Witness
from chuangtu.engines.tables.model import Cell, Untrusted
from chuangtu.engines.tables.sentences import fault

_HEADER_BYTES, _FIELD_BYTES = 32, 32
_END = 0x0D
_DELETED = 0x2A
_UNUSED = b"\0*"
_CODE_PAGES = {
    "UTF8": "utf-8",
    "65001": "utf-8",
    "936": "gb18030",
    "CP936": "gb18030",
    "GBK": "gb18030",
    "GB2312": "gb18030",
    "GB18030": "gb18030",
    "54936": "gb18030",
    "950": "big5",
    "BIG5": "big5",
}


class BrokenDbfError(Exception):
    """The table is not one; never leaves the engine."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dbf:
    """Headers and rows of an attribute table, in the order of the shapes.

    `record_count` counts deleted records too: there is a shape for each of them.
    """

    headers: tuple[str, ...]
    rows: list[list[Cell]]
    record_count: int


def read_dbf(content: bytes, code_page: str) -> Dbf:
    """Read an attribute table.

    Args:
        content: the bytes of the `.dbf`.
        code_page: what the `.cpg` says; empty for UTF-8 if every byte fits, else GB18030.

    Raises:
        BrokenDbfError: it is cut off, or no encoding fits.
    """
    if len(content) < _HEADER_BYTES:
        raise BrokenDbfError("header")
    count = int.from_bytes(content[4:8], "little")
    start, width = (int.from_bytes(content[n : n + 2], "little") for n in (8, 10))
    if start < _HEADER_BYTES or width < 1 or len(content) < start + count * width:
        raise BrokenDbfError("length")
    encoding = _encoding(content, code_page)
    try:
        fields = list(_fields(content[:start], encoding))
        if not fields or fields[-1].end > width:
            raise BrokenDbfError("fields")
        rows = [
            [_value(content[at + f.start : at + f.end], f.type, encoding) for f in fields]
            for at in range(start, start + count * width, width)
            if content[at] != _DELETED
        ]
    except UnicodeDecodeError as error:
        raise BrokenDbfError(f"not {encoding}") from error
    return Dbf(tuple(each.name for each in fields), rows, count)


def _encoding(content: bytes, code_page: str) -> str:
    stated = code_page.strip().upper().replace("-", "").replace("ISO8859", "ISO8859-")
    if stated in _CODE_PAGES:
        return _CODE_PAGES[stated]
    # Others (ISO 8859-1, "OEM", nothing) are what programs write that did not think about it.
    witness = Witness()
    try:
        witness.hear(content[_HEADER_BYTES:].decode())
    except UnicodeDecodeError:
        return "gb18030"
    return "gb18030" if witness.doubts else "utf-8"


def _fields(header: bytes, encoding: str) -> Iterator[_Field]:
    at = 1  # the first byte of a record says whether it was deleted
    for place in range(_HEADER_BYTES, len(header) - _FIELD_BYTES + 1, _FIELD_BYTES):
        if header[place] == _END:
            return
        name = header[place : place + 11].split(b"\0")[0].decode(encoding).strip()
        length = header[place + 16]
        yield _Field(name, chr(header[place + 11]), at, at + length)
        at += length


def _value(raw: bytes, kind: str, encoding: str) -> Cell:
    raw = raw.strip(b" \0")
    if not raw or not raw.strip(_UNUSED):
        return None
    text = raw.decode(encoding).strip()
    if kind in "NF":
        return _number(text)
    if kind == "D":
        return _day(text)
    if kind == "L":
        return {"Y": True, "T": True, "N": False, "F": False}.get(text.upper())
    return text or None


def _number(text: str) -> Cell:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Untrusted(fault("broken_number"), text[:60])
    if not number.is_finite():
        return Untrusted(fault("broken_number"), text[:60])
    return int(number) if number == number.to_integral_value() else number


def _day(text: str) -> Cell:
    if text.strip("0") == "":
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return text
