"""Write any number of rows as a file, a piece at a time: nothing is held whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from chuangtu.engines.tables.model import Batches, Column
from chuangtu.engines.tables.write_csv import write_csv
from chuangtu.engines.tables.write_geojson import write_geojson
from chuangtu.engines.tables.write_gpkg import write_gpkg
from chuangtu.engines.tables.write_parquet import write_parquet
from chuangtu.engines.tables.write_xlsx import write_xlsx


class Format(StrEnum):
    """The kinds of file that are written; the value is also the file's ending."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    PARQUET = "parquet"

    @property
    def media_type(self) -> str:
        """What the file is called in a Content-Type header."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.GEOJSON: "application/geo+json",
    Format.GPKG: "application/geopackage+sqlite3",
    Format.PARQUET: "application/vnd.apache.parquet",
}

_WRITERS: dict[Format, Callable[[Sequence[Column], Batches], Iterator[bytes]]] = {
    Format.CSV: write_csv,
    Format.XLSX: write_xlsx,
    Format.GEOJSON: write_geojson,
    Format.GPKG: write_gpkg,
    Format.PARQUET: write_parquet,
}


def write(form: Format, columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """Give the bytes of a file with these rows, piece by piece.

    Args:
        form: which kind of file.
        columns: headers and types, in order; at most one GEOMETRY column.
        batches: some hundreds to thousands of rows at a time; each row as long as the columns,
            `None` where a value is unknown. Geometry is WKB in WGS 84, longitude first.

    Returns:
        Pieces of the file, in order. csv, xlsx, GeoJSON and Parquet start before the last batch
        is asked for; GPKG, a database, starts after.

    >>> b"".join(write(Format.CSV, [Column("名称")], [[["创图"]]])).decode("utf-8-sig").split()
    ['名称', '创图']
    """
    return _WRITERS[form](columns, batches)
