"""Write rows as csv that Excel opens in Chinese and that cannot run as formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import shapely

from chuangtu.engines.tables.model import Batch, Batches, Column, ValueType

_ENCODING_MARK = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as the local code page

# A spreadsheet runs a cell that starts so. The apostrophes before are matched too, so that
# reading can take away exactly the one that was put there.
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")

_Values = Sequence[Any]


def write_csv(columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """Give csv, UTF-8 with a byte-order mark, CRLF lines; one piece for each batch.

    Text that a spreadsheet would run gets an apostrophe in front; numbers stay as they are.
    """
    encoders = [_encoder(each) for each in columns]
    heading = [guarded(each.header) for each in columns]
    yield _ENCODING_MARK + _lines([heading])
    for batch in batches:
        if batch:
            yield _lines(_encoded(encoders, batch))


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """Take away the apostrophe that `guarded` put there, and no other.

    >>> unguarded("'=1+1"), unguarded("'t Hooft")
    ('=1+1', "'t Hooft")
    """
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def _encoded(encoders: list[Callable[[_Values], _Values]], batch: Batch) -> list[_Values]:
    columns = zip(*batch, strict=True)
    encoded = [encode(values) for encode, values in zip(encoders, columns, strict=True)]
    return list(zip(*encoded, strict=True))


def _lines(rows: list[_Values]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _encoder(column: Column) -> Callable[[_Values], _Values]:
    return {ValueType.BOOLEAN: _booleans, ValueType.GEOMETRY: _geometries}.get(
        column.type, _plain if column.type in _NUMBERS_AND_DAYS else _texts
    )


# csv itself writes an int, an ISO day and an empty `None`; a Decimal's exponent is avoided.
_NUMBERS_AND_DAYS = {ValueType.INTEGER, ValueType.DECIMAL, ValueType.DAY}


def _plain(values: _Values) -> _Values:
    return ["" if each is None else format(each, "") for each in values]


def _texts(values: _Values) -> _Values:
    matches = _DANGEROUS.match
    return ["" if v is None else f"'{v}" if matches(v) else v for v in values]


def _booleans(values: _Values) -> _Values:
    return ["" if each is None else "是" if each else "否" for each in values]


def _geometries(values: _Values) -> _Values:
    texts = shapely.to_wkt(shapely.from_wkb(values), rounding_precision=9)
    return ["" if each is None else each for each in texts]
