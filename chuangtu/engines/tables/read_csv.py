"""Read comma-separated text: UTF-8 or GB18030, every line accounted for."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from chuangtu.engines.tables.encoding import Witness, is_big5
from chuangtu.engines.tables.header import find_header
from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import Cell, Fault, Place, Shape, Table
from chuangtu.engines.tables.sentences import fault, refuse
from chuangtu.engines.tables.write_csv import unguarded

_CHUNK_BYTES = 1024 * 1024
_START_BYTES = 64 * 1024
_FIRST_LINES = 20
_DELIMITERS = ",\t;"

# What text looks like after it was decoded wrongly once: the replacement character, its bytes
# read as GBK, and characters that GB18030 keeps for private use.
_GARBLED = re.compile("\ufffd|锟斤拷|[\ue000-\uf8ff]")


def read_csv(path: Path, name: str, limits: Limits) -> Table:
    """Read a csv file; its encoding and delimiter are found out, its first line has the headers.

    Raises:
        TableError: `wrong_encoding`, `big5`, `utf16`, `garbled`, `nul`, `open_quote`,
            `stray_quote`, `long_cell`, `long_quote`, `too_many_rows` and what `find_header`
            raises.
    """
    place = Place(name, Shape.LINES)
    encoding, delimiter = open_csv(path, place)
    with path.open(encoding=encoding, newline="") as text:
        header, rows = find_header(_rows(text, delimiter, place, limits), place, limits)
        kept: list[Sequence[Cell]] = []
        numbers: list[int] = []
        broken: dict[int, Fault] = {}
        width = header.columns[-1]
        for number, row in rows:
            while len(row) > width and row[-1] is None:
                row.pop()
            if len(row) != width:
                broken[len(kept)] = fault("ragged", count=len(row), expected=width)
                row = [*row, *[None] * width][:width]
            header.check(number, row)
            kept.append([row[each - 1] for each in header.columns])
            numbers.append(number)
    header.check_end(bool(kept))
    return Table(
        name,
        Shape.LINES,
        header.names,
        header.columns,
        kept,
        numbers,
        header_row=header.row,
        broken=broken,
        notices=header.notices,
    )


def open_csv(path: Path, place: Place) -> tuple[str, str]:
    """Find out a file's encoding and delimiter.

    Raises:
        TableError: `wrong_encoding`, `big5`, `utf16`, `garbled` or `nul`.
    """
    encoding = _encoding(path, place)
    with path.open(encoding=encoding, newline="") as text:
        return encoding, _delimiter(text)


def _encoding(path: Path, place: Place) -> str:
    """UTF-8 if every byte fits, else GB18030 if every byte fits."""
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise refuse("utf16", place)
    witness = Witness()
    utf8 = _first_misfit(path, "utf-8-sig", place, witness)
    if utf8 is None:
        is_marked = start.startswith(codecs.BOM_UTF8)
        return "gb18030" if witness.doubts and not is_marked else "utf-8-sig"
    if is_big5(start):
        raise refuse("big5", place)
    gb18030 = _first_misfit(path, "gb18030", place, Witness())
    if gb18030 is None:
        return "gb18030"
    byte = max(utf8, gb18030)  # where the reading that came further ended
    with path.open("rb") as file:
        line = file.read(byte).count(b"\n") + 1
    raise refuse("wrong_encoding", Place(place.file, Shape.LINES, row=line), byte=byte + 1)


def _first_misfit(path: Path, encoding: str, place: Place, witness: Witness) -> int | None:
    """The offset of the first byte that does not fit; refuse what is no text at all."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset, line, is_last = 0, 1, False
    with path.open("rb") as file:
        while not is_last:
            chunk = file.read(_CHUNK_BYTES)
            is_last = not chunk
            kept = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, is_last)
            except UnicodeDecodeError as error:
                return offset - kept + error.start
            witness.hear(text)
            offset += len(chunk)
            line += _checked(text, line, place)
    return None


def _checked(text: str, line: int, place: Place) -> int:
    """Count a piece's line ends; refuse NUL and text that was garbled before."""
    nul = text.find("\0")
    garbled = _GARBLED.search(text)
    for code, at in (("nul", nul), ("garbled", garbled.start() if garbled else -1)):
        if at >= 0:
            where = Place(place.file, Shape.LINES, row=line + text.count("\n", 0, at))
            raise refuse(code, where, sample=garbled[0] if garbled else "")
    return text.count("\n")


def _delimiter(text: io.TextIOBase) -> str:
    """The one of comma, tab and semicolon that parts most of the first lines alike.

    A title above the table holds none, or one by chance; so the lines vote. Among equals the one
    that parts the first of them into most cells is it.
    """
    # What stands in quotes is no delimiter, and its line ends are none; the last may be cut off.
    outside_quotes = re.sub(r'"[^"]*("|\Z)', "", text.read(_START_BYTES))
    lines = [each for each in outside_quotes.splitlines() if each.strip()][:_FIRST_LINES]
    return max(_DELIMITERS, key=lambda each: _votes([line.count(each) for line in lines]))


def _votes(counts: Sequence[int]) -> tuple[int, int]:
    """How many lines have the same number of a sign, and that number."""
    alike = Counter(each for each in counts if each)
    return max(((votes, count) for count, votes in alike.items()), default=(0, 0))


def _rows(
    text: io.TextIOBase, delimiter: str, place: Place, limits: Limits
) -> Iterator[tuple[int, list[Cell]]]:
    """Each record that holds anything, with the number of the line it starts on."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    start = 1
    try:
        for count, record in enumerate(reader):
            if any(record):
                yield start, [_cell(each) for each in record]
            start = reader.line_num + 1
            if count > limits.rows:
                raise refuse("too_many_rows", place, limit=limits.rows)
    except csv.Error as error:
        where = Place(place.file, Shape.LINES, row=start)
        code = _trouble(str(error), reader.line_num > start)
        raise refuse(code, where, limit=csv.field_size_limit()) from error


def _trouble(said: str, is_over_lines: bool) -> str:
    """Which trouble the parser means; only a quote lets a cell run over several lines."""
    if "field larger" in said:
        return "long_quote" if is_over_lines else "long_cell"
    return "open_quote" if "unexpected end" in said else "stray_quote"


def _cell(text: str) -> str | None:
    return (unguarded(text) if text[0] == "'" else text) if text else None
