"""Read zipped Shapefiles: the shapes through GDAL, the attributes ourselves."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from chuangtu.engines.tables.crs import settled_crs
from chuangtu.engines.tables.dbf import BrokenDbfError, Dbf, read_dbf
from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import Place, Shape, Table
from chuangtu.engines.tables.read_layers import read_shapes
from chuangtu.engines.tables.sentences import refuse
from chuangtu.engines.tables.unpack import unpack

_NEEDED = (".shp", ".shx", ".dbf")


@dataclass(frozen=True)
class _Parts:
    """The parts of one Shapefile by their ending, unpacked to their end; only texts are kept."""

    stem: str
    source: str
    texts: dict[str, bytes]
    shape_count: int


def read_shp(
    path: Path,
    archive: zipfile.ZipFile,
    file: BinaryIO,
    name: str,
    crs: str | None,
    limits: Limits,
) -> tuple[Table, ...]:
    """Read every Shapefile of a zip.

    Raises:
        TableError: `zip_content`, `broken_geo`, `header_only`, `missing_crs`, `unknown_crs`,
            `duplicate_header`, `too_many_columns` or `too_many_rows`.
    """
    place = Place(name, Shape.FEATURES)
    parts = {each.filename: each for each in archive.infolist()}
    found = [each for each in parts if each.lower().endswith(".shp")]
    found = [each for each in found if not each.startswith("__MACOSX/")]
    if not found:
        raise refuse("zip_content", place)
    layers = [_parts(path, file, parts, each[:-4], place) for each in found]
    return tuple(_table(each, name, crs, limits) for each in layers)


def _parts(
    path: Path, file: BinaryIO, parts: dict[str, zipfile.ZipInfo], stem: str, place: Place
) -> _Parts:
    lower = {each.lower(): each for each in parts}
    texts = {}
    for ending in (*_NEEDED, ".cpg"):
        if called := lower.get(f"{stem}{ending}".lower()):
            # Every part is unpacked here once, so that GDAL is not the one to be surprised.
            chunks = unpack(file, parts[called], place)
            kept = b"".join(chunk if ending not in (".shp", ".shx") else b"" for chunk in chunks)
            texts[ending] = kept
    if not texts.keys() >= set(_NEEDED):
        raise refuse("zip_content", place)
    source = f"/vsizip/{{{path}}}/{lower[f'{stem}.shp'.lower()]}"
    # The index has a header of 100 bytes and 8 bytes for each shape.
    index = parts[lower[f"{stem}.shx".lower()]].file_size
    return _Parts(PurePosixPath(stem).name, source, texts, (index - 100) // 8)


def _table(parts: _Parts, file: str, crs: str | None, limits: Limits) -> Table:
    place = Place(file, Shape.FEATURES, parts.stem)
    try:
        page = parts.texts.get(".cpg", b"").decode("ascii", "replace")
        table = read_dbf(parts.texts[".dbf"], page)
    except BrokenDbfError as error:
        raise refuse("broken_geo", place, detail=f".dbf: {error}") from error
    _check(table, place, limits)
    if parts.shape_count != table.record_count:
        detail = f"{parts.shape_count} shapes, {table.record_count} rows"
        raise refuse("broken_geo", place, detail=detail)
    shapes, stated = read_shapes(parts.source, place)
    system, notices = settled_crs(stated, crs, place)
    geometries, broken = system.convert(shapes)
    return Table(
        file,
        Shape.FEATURES,
        table.headers,
        tuple(range(1, len(table.headers) + 1)),
        table.rows,
        range(1, len(table.rows) + 1),
        sheet=parts.stem,
        geometries=geometries,
        crs=system.name,
        broken=broken,
        notices=notices,
    )


def _check(table: Dbf, place: Place, limits: Limits) -> None:
    if not table.rows:
        raise refuse("header_only", place)
    if len(table.rows) > limits.rows:
        raise refuse("too_many_rows", place, limit=limits.rows)
    if len(table.headers) > limits.columns:
        raise refuse("too_many_columns", place, count=len(table.headers), limit=limits.columns)
    if twice := {each for each in table.headers if table.headers.count(each) > 1}:
        header = min(twice)
        first = table.headers.index(header) + 1
        other, other_en = f"第 {first} 列", f"column {first}"
        raise refuse("duplicate_header", place, header=header, other=other, other_en=other_en)
