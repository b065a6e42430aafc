"""Zipped shapefiles: shapes and attributes that belong together, or a sentence about it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
import shapely

from chuangtu.engines.tables.limits import LIMITS
from tests.engines.tables.layers import layer
from tests.engines.tables.workbooks import zipped


def shapefile(tmp_path, *, encoding=None, drop=(), prefix="") -> bytes:
    path = tmp_path / "镇.shp"
    layer(path, driver="ESRI Shapefile", encoding=encoding or "UTF-8")
    parts = {f"{prefix}{each.name}": each.read_bytes() for each in tmp_path.glob("镇.*")}
    return zipped({name: part for name, part in parts.items() if not name.endswith(drop)})


@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
@pytest.mark.parametrize("drop", [(), (".cpg",)])
def test_a_zipped_shapefile_is_read_in_both_encodings(reading, tmp_path, encoding, drop):
    content = shapefile(tmp_path, encoding=encoding, drop=drop, prefix="数据/")

    (table,) = reading(content, "镇.zip")

    assert table.sheet == "镇"
    assert [row[0] for row in table.rows] == ["七宝", "莘庄"]
    assert table.crs == "EPSG:4490"


@pytest.mark.filterwarnings("ignore:.*crs:UserWarning")
def test_a_shapefile_without_prj_is_a_question(refusal, tmp_path):
    assert refusal(shapefile(tmp_path, drop=(".prj",)), "镇.zip").code == "missing_crs"


@pytest.mark.parametrize("drop", [(".shp",), (".dbf",), (".shx",)])
def test_a_shapefile_that_lacks_a_part_is_refused(refusal, tmp_path, drop):
    assert refusal(shapefile(tmp_path, drop=drop), "镇.zip").code == "zip_content"


def test_what_a_mac_adds_to_a_zip_is_not_a_layer(reading, tmp_path):
    with zipfile.ZipFile(io.BytesIO(shapefile(tmp_path))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = zipped({**parts, "__MACOSX/镇.shp": b"x"})

    assert len(reading(content, "镇.zip")) == 1


def remade(content: bytes, changed) -> bytes:
    """The same zip with some parts changed by their ending."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({n: changed.get(n[-4:], lambda part: part)(p) for n, p in parts.items()})


def test_attributes_that_are_no_table_are_refused(refusal, tmp_path):
    content = remade(shapefile(tmp_path), {".dbf": lambda part: part[:40]})

    error = refusal(content, "镇.zip")

    assert error.code == "broken_geo"
    assert ".dbf" in error.zh


def test_shapes_that_cannot_be_read_are_refused(refusal, tmp_path):
    content = remade(shapefile(tmp_path), {".shp": lambda part: b"x" * len(part)})

    assert refusal(content, "镇.zip").code == "broken_geo"


def test_a_deleted_record_takes_its_shape_with_it(reading, tmp_path):
    def first_deleted(part):
        start = int.from_bytes(part[8:10], "little")
        return part[:start] + b"*" + part[start + 1 :]

    content = remade(shapefile(tmp_path), {".dbf": first_deleted})
    (table,) = reading(content, "镇.zip")

    assert [row[0] for row in table.rows] == ["莘庄"]
    assert [shapely.from_wkb(each).wkt for each in table.geometries] == ["POINT (121.4 31.2)"]


def test_shapes_and_attributes_of_different_number_are_refused(refusal, tmp_path):
    def with_one_record(part):
        return part[:4] + (1).to_bytes(4, "little") + part[8:]

    content = remade(shapefile(tmp_path), {".dbf": with_one_record})

    error = refusal(content, "镇.zip")

    assert error.code == "broken_geo"
    assert "2 shapes, 1 rows" in error.zh


def test_empty_and_oversized_shapefiles_are_refused(refusal, tmp_path):
    def emptied(part):
        return part[:4] + bytes(4) + part[8:]

    content = shapefile(tmp_path)

    assert refusal(remade(content, {".dbf": emptied}), "镇.zip").code == "header_only"
    assert refusal(content, "镇.zip", limits=replace(LIMITS, rows=1)).code == "too_many_rows"
    limits = replace(LIMITS, columns=1)
    assert refusal(content, "镇.zip", limits=limits).code == "too_many_columns"


def test_columns_of_one_name_are_refused(refusal, tmp_path):
    content = remade(
        shapefile(tmp_path), {".dbf": lambda part: part.replace("面积".encode(), "名称".encode())}
    )

    error = refusal(content, "镇.zip")

    assert error.code == "duplicate_header"
    assert "名称" in error.zh
    assert "第 1 列" in error.zh
    assert "column 1" in error.en
