"""Write rows as a GeoPackage, through a temporary file: a database cannot be streamed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyogrio

from chuangtu.engines.tables.arrow import record_batches, schema
from chuangtu.engines.tables.model import Batches, Column, ValueType

PIECE_BYTES = 1024 * 1024
BATCH_ROWS = 10_000
LAYER = "data"

_NO_GEOMETRY = "geometry"


def write_gpkg(columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """Give a GeoPackage with one layer `data`; decimals become its REAL, exact to 15 digits."""
    geometry = next((c.header for c in columns if c.type is ValueType.GEOMETRY), _NO_GEOMETRY)
    if not any(each.type is ValueType.GEOMETRY for each in columns):
        columns = [*columns, Column(_NO_GEOMETRY, ValueType.GEOMETRY)]
        batches = ([[*row, None] for row in batch] for batch in batches)
    shape = schema(columns, decimals=pa.float64())
    with tempfile.TemporaryDirectory(prefix="chuangtu-export-") as folder:
        path = Path(folder) / "export.gpkg"
        reader = pa.RecordBatchReader.from_batches(
            shape, record_batches(shape, batches, rows=BATCH_ROWS)
        )
        pyogrio.write_arrow(
            reader,
            path,
            layer=LAYER,
            driver="GPKG",
            geometry_name=geometry,
            geometry_type="Unknown",
            crs="EPSG:4326",
        )
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece
