"""Read GeoPackage, and the shapes of Shapefiles, through GDAL, which is given nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from chuangtu.engines.tables.check_gpkg import check_gpkg
from chuangtu.engines.tables.crs import settled_crs
from chuangtu.engines.tables.limits import Limits
from chuangtu.engines.tables.model import Cell, Place, Shape, Table
from chuangtu.engines.tables.sentences import refuse

_TROUBLES = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    shapely.errors.ShapelyError,
    UnboundLocalError,  # pyogrio's own slip on a coordinate system it cannot export
    OSError,
    ValueError,
)


def read_gpkg(path: Path, name: str, crs: str | None, limits: Limits) -> tuple[Table, ...]:
    """Read every layer of a GeoPackage that is a plain table.

    Raises:
        TableError: `broken_geo`, `unreal_layer`, `header_only`, `missing_crs`, `unknown_crs` …
    """
    plain = check_gpkg(path, Place(name, Shape.FEATURES))
    with tempfile.TemporaryDirectory(prefix="chuangtu-read-") as folder:
        # GDAL complains about a GeoPackage that is not called so.
        called = Path(folder) / "layers.gpkg"
        called.symlink_to(path.resolve())
        return _layers(called, name, plain, crs, limits)


def _layers(
    path: Path, name: str, plain: Collection[str], crs: str | None, limits: Limits
) -> tuple[Table, ...]:
    place = Place(name, Shape.FEATURES)
    try:
        names = [str(each) for each in pyogrio.list_layers(path)[:, 0]]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise refuse("broken_geo", place, detail=_detail(error, path)) from error
    # GDAL lists views too that are no layers; nobody is told of what was never offered.
    real = [each for each in names if each.lower() in plain]
    if not real:
        raise refuse("broken_geo", place, detail="no layer")
    return tuple(_table(path, each, name, crs, limits) for each in real)


def read_shapes(source: str, place: Place) -> tuple[Any, str | None]:
    """The shapes of a Shapefile without its attributes, and the system its `.prj` names.

    Raises:
        TableError: `broken_geo`.
    """
    try:
        # Any byte is a sign of this encoding: the names of the columns are not looked at here.
        meta, arrow = pyogrio.read_arrow(source, columns=[], encoding="ISO-8859-1")
        return _shapes(arrow, meta["geometry_name"]), meta["crs"]
    except _TROUBLES as error:
        raise refuse("broken_geo", place, detail=_detail(error, Path(source))) from error


def _table(path: Path, name: str, file: str, crs: str | None, limits: Limits) -> Table:
    place = Place(file, Shape.FEATURES, name)
    try:
        meta, arrow = pyogrio.read_arrow(path, layer=name, max_features=limits.rows + 1)
        headers = tuple(str(each) for each in meta["fields"])
        columns = [arrow.column(each).to_pylist() for each in headers]
        shapes = _shapes(arrow, meta["geometry_name"])
    except _TROUBLES as error:
        raise refuse("broken_geo", place, detail=_detail(error, path)) from error
    if arrow.num_rows > limits.rows:
        raise refuse("too_many_rows", place, limit=limits.rows)
    if not arrow.num_rows:
        raise refuse("header_only", place)
    if len(headers) > limits.columns:
        raise refuse("too_many_columns", place, count=len(headers), limit=limits.columns)
    rows: list[list[Cell]] = [
        [None if v == "" else v for v in row] for row in zip(*columns, strict=True)
    ]
    rows = rows or [[] for _ in range(arrow.num_rows)]
    system, notices = settled_crs(meta["crs"], crs, place)
    geometries, broken = system.convert(shapes)
    return Table(
        file,
        Shape.FEATURES,
        headers,
        tuple(range(1, len(headers) + 1)),
        rows,
        range(1, len(rows) + 1),
        sheet=name,
        geometries=geometries,
        crs=system.name,
        broken=broken,
        notices=notices,
    )


def _shapes(arrow: Any, geometry: str | None) -> Any:
    name = geometry or "wkb_geometry"
    if name not in arrow.column_names:
        return [None] * arrow.num_rows
    # What is no number is found where the shapes are converted.
    with np.errstate(invalid="ignore"):
        return shapely.from_wkb(np.array(arrow.column(name).to_pylist(), dtype=object))


def _detail(error: Exception, path: Path) -> str:
    # GDAL repeats the path, which is nobody's business.
    return str(error).replace(str(path), "…").replace(str(path.parent), "…")[:160]
