"""Read GeoPackage and zipped Shapefile through GDAL, which is given nothing else to open."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import numpy as np
import pyogrio
import shapely

from chuangtu.engines.tables.crs import known_crs
from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import Cell, Place, Shape, Table
from chuangtu.engines.tables.sentences import refuse
from chuangtu.engines.tables.unpack import unpack

_NEEDED = (".shp", ".shx", ".dbf")


@dataclass(frozen=True)
class _Layer:
    """One layer for GDAL: where it is, and how its text is encoded (`None`: it says itself)."""

    source: str
    name: str
    encoding: str | None = None


def read_gpkg(path: Path, name: str, crs: str | None, limits: Limits) -> tuple[Table, ...]:
    """Read every layer of a GeoPackage.

    Raises:
        TableError: `broken_geo`, `header_only`, `missing_crs`, `unknown_crs` …
    """
    with tempfile.TemporaryDirectory(prefix="chuangtu-read-") as folder:
        # GDAL complains about a GeoPackage that is not called so.
        called = Path(folder) / "layers.gpkg"
        called.symlink_to(path.resolve())
        return _layers(called, name, crs, limits)


def _layers(path: Path, name: str, crs: str | None, limits: Limits) -> tuple[Table, ...]:
    place = Place(name, Shape.FEATURES)
    try:
        names = [str(each) for each in pyogrio.list_layers(path)[:, 0]]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise refuse("broken_geo", place, detail=_detail(error, path)) from error
    return tuple(_table(_Layer(str(path), each), name, crs, limits) for each in names)


def read_shp(
    path: Path,
    archive: zipfile.ZipFile,
    file: BinaryIO,
    name: str,
    crs: str | None,
    limits: Limits,
) -> tuple[Table, ...]:
    """Read every Shapefile of a zip; text without a `.cpg` is UTF-8 if it can be, else GB18030.

    Raises:
        TableError: `zip_content`, and what `read_gpkg` raises.
    """
    place = Place(name, Shape.FEATURES)
    parts = {each.filename: each for each in archive.infolist()}
    layers = list(_shapefiles(path, file, parts, place))
    if not layers:
        raise refuse("zip_content", place)
    return tuple(_table(each, name, crs, limits) for each in layers)


def _shapefiles(
    path: Path, file: BinaryIO, parts: dict[str, zipfile.ZipInfo], place: Place
) -> Iterator[_Layer]:
    lower = {each.lower(): each for each in parts}
    for each in parts:
        stem = each[:-4]
        if each.lower().endswith(".shp") and not each.startswith("__MACOSX/"):
            found = [lower.get(f"{stem.lower()}{ending}") for ending in _NEEDED]
            texts = {n: _drained(file, parts[n], place, n == found[2]) for n in found if n}
            if len(texts) < len(_NEEDED):
                raise refuse("zip_content", place)
            encoding = None
            if f"{stem.lower()}.cpg" not in lower:
                encoding = _encoding(texts[found[2] or ""])
            yield _Layer(f"/vsizip/{{{path}}}/{each}", PurePosixPath(stem).name, encoding)


def _drained(file: BinaryIO, part: zipfile.ZipInfo, place: Place, keep: bool) -> bytes:
    """Unpack a part to its end, so that GDAL cannot be surprised; keep the bytes of the text."""
    kept = bytearray()
    for chunk in unpack(file, part, place):
        if keep:
            kept += chunk
    return bytes(kept)


def _encoding(dbf: bytes) -> str:
    try:
        dbf[int.from_bytes(dbf[8:10], "little") :].decode()
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _table(layer: _Layer, file: str, crs: str | None, limits: Limits) -> Table:
    place = Place(file, Shape.FEATURES, layer.name)
    try:
        meta, arrow = pyogrio.read_arrow(
            layer.source, layer=layer.name, encoding=layer.encoding, max_features=limits.rows + 1
        )
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FieldError,
        OSError,
        ValueError,
    ) as error:
        detail = _detail(error, Path(layer.source))
        raise refuse("broken_geo", place, detail=detail) from error
    if arrow.num_rows > limits.rows:
        raise refuse("too_many_rows", place, limit=limits.rows)
    if not arrow.num_rows:
        raise refuse("header_only", place)
    headers = tuple(str(each) for each in meta["fields"])
    if len(headers) > limits.columns:
        raise refuse("too_many_columns", place, count=len(headers), limit=limits.columns)
    columns = [arrow.column(each).to_pylist() for each in headers]
    rows: list[list[Cell]] = [
        [None if v == "" else v for v in row] for row in zip(*columns, strict=True)
    ]
    rows = rows or [[] for _ in range(arrow.num_rows)]
    shapes = _shapes(arrow, meta)
    system = known_crs(crs or meta["crs"], place)
    return Table(
        file,
        Shape.FEATURES,
        headers,
        tuple(range(1, len(headers) + 1)),
        rows,
        range(1, len(rows) + 1),
        sheet=layer.name,
        geometries=system.convert(shapes),
        crs=system.name,
    )


def _shapes(arrow: Any, meta: dict[str, Any]) -> Any:
    name = meta["geometry_name"] or "wkb_geometry"
    if name not in arrow.column_names:
        return [None] * arrow.num_rows
    return shapely.from_wkb(np.array(arrow.column(name).to_pylist(), dtype=object))


def _detail(error: Exception, path: Path) -> str:
    # GDAL repeats the path, which is nobody's business.
    return str(error).replace(str(path), "…").replace(str(path.parent), "…")[:160]
