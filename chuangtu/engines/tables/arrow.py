"""Rows as Arrow record batches, for the two columnar writers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from chuangtu.engines.tables.model import Batch, Batches, Column, ValueType

_TYPES = {
    ValueType.TEXT: pa.string(),
    ValueType.CODE: pa.string(),
    ValueType.CODES: pa.string(),
    ValueType.INTEGER: pa.int64(),
    ValueType.DAY: pa.date32(),
    ValueType.BOOLEAN: pa.bool_(),
    ValueType.GEOMETRY: pa.binary(),
}

DECIMAL_DIGITS = 38
"""The most digits of an Arrow decimal of 128 bits."""


def schema(
    columns: Sequence[Column], *, decimals: pa.DataType | None = None, metadata: Any = None
) -> pa.Schema:
    """The Arrow schema of these columns; `decimals` is the type instead of an exact decimal."""
    fields = []
    for each in columns:
        kind = _TYPES.get(each.type) or decimals or pa.decimal128(DECIMAL_DIGITS, each.scale)
        fields.append(pa.field(each.header, kind))
    return pa.schema(fields, metadata=metadata)


def record_batches(shape: pa.Schema, batches: Batches, *, rows: int) -> Iterator[pa.RecordBatch]:
    """The rows, gathered until there are at least `rows` of them."""
    waiting: list[Sequence[Any]] = []
    for batch in batches:
        waiting.extend(batch)
        if len(waiting) >= rows:
            yield _record_batch(shape, waiting)
            waiting = []
    if waiting:
        yield _record_batch(shape, waiting)


def _record_batch(shape: pa.Schema, rows: Batch) -> pa.RecordBatch:
    arrays = []
    for kind, values in zip(shape.types, zip(*rows, strict=True), strict=True):
        if pa.types.is_floating(kind):
            values = tuple(None if each is None else float(each) for each in values)
        arrays.append(pa.array(values, kind))
    return pa.RecordBatch.from_arrays(arrays, schema=shape)
