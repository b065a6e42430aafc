"""Write rows as Parquet, with GeoParquet metadata where there is a geometry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from chuangtu.engines.tables.arrow import record_batches, schema
from chuangtu.engines.tables.model import Batches, Column, ValueType
from chuangtu.engines.tables.outlet import Outlet

GROUP_ROWS = 20_000
"""Rows of one row group: large enough for readers to skip by, some 10 MB to hold while written."""


def write_parquet(columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """Give a Parquet file (zstd), one piece for each row group; decimals stay exact."""
    shape = schema(columns, metadata=_geo(columns))
    outlet = Outlet()
    with pq.ParquetWriter(pa.PythonFile(outlet, mode="w"), shape, compression="zstd") as writer:
        for group in record_batches(shape, batches, rows=GROUP_ROWS):
            writer.write_batch(group)
            yield outlet.taken()
    yield outlet.taken()


def _geo(columns: Sequence[Column]) -> dict[str, str] | None:
    """GeoParquet 1.0 metadata; without `crs` it means WGS 84, longitude first."""
    for each in columns:
        if each.type is ValueType.GEOMETRY:
            column = {"encoding": "WKB", "geometry_types": []}
            geo = {"version": "1.0.0", "primary_column": each.header}
            return {"geo": json.dumps({**geo, "columns": {each.header: column}})}
    return None
