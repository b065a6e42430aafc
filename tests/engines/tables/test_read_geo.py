"""Geographic files: geometry with its coordinate system, or a question about it."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace

import numpy as np
import pyproj
import pytest
import shapely
from pyogrio import raw

from chuangtu.engines.tables.limits import LIMITS
from tests.engines.tables.layers import NAMES, POINTS, layer

POINT = {"type": "Point", "coordinates": [121.4, 31.1]}


def feature(properties=None, geometry=POINT):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **members) -> bytes:
    whole = {"type": "FeatureCollection", "features": list(features), **members}
    return json.dumps(whole, ensure_ascii=False).encode()


def stated(name):
    return {"crs": {"type": "name", "properties": {"name": name}}}


def test_a_collection_of_one_shape_is_that_shape(reading):
    ring = [[121.3, 31.0], [121.4, 31.0], [121.4, 31.1], [121.3, 31.0]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    content = collection(
        feature({"名称": "甲"}, {"type": "GeometryCollection", "geometries": [polygon]}),
        feature({"名称": "乙"}, {"type": "GeometryCollection", "geometries": [polygon, POINT]}),
        feature({"名称": "丙"}, {"type": "GeometryCollection", "geometries": []}),
        feature({"名称": "丁"}, None),
    )

    (table,) = reading(content, "面.geojson", crs="EPSG:4326")

    assert [each and shapely.from_wkb(each).geom_type for each in table.geometries] == [
        "Polygon",
        "GeometryCollection",
        "GeometryCollection",
        None,
    ]


def test_geojson_gives_rows_with_exact_numbers_and_their_feature(reading):
    content = collection(
        feature({"名称": "甲", "号": 310112000000000001}),
        feature({"面积": 0.1, "类": ["a", "b"], "它": {"x": 1}, "空": ""}, None),
        feature(None),
    )

    (table,) = reading(b"\xef\xbb\xbf" + content, "点.geojson", crs="EPSG:4326")

    assert table.headers == ("名称", "号", "面积", "类", "它", "空")
    assert table.rows[0] == ["甲", 310112000000000001, None, None, None, None]
    assert table.rows[1] == [None, None, 0.1, "a；b", '{"x":1}', None]
    assert shapely.from_wkb(table.geometries[0]).wkt == "POINT (121.4 31.1)"
    assert table.geometries[1] is None
    assert table.place(1, 2).zh == "“点.geojson” 第 2 个要素 “面积”"
    assert table.place(1, 2).en == "'点.geojson', feature 2, '面积'"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("EPSG:4326", "EPSG:4326"),
        ("wgs 84", "EPSG:4326"),
        ("epsg:4490", "EPSG:4490"),
        ("GCJ-02", "GCJ-02"),
        ("gcj02", "GCJ-02"),
        ("BD-09", "BD-09"),
    ],
)
def test_a_file_that_names_no_system_is_in_the_chosen_one(reading, given, expected):
    (table,) = reading(collection(feature({"a": 1})), "点.json", crs=given)

    assert table.crs == expected
    assert not table.notices


@pytest.mark.parametrize(
    ("named", "expected", "code"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "other_crs"),
        ("EPSG:4214", "GCJ-02", "unread_crs"),
    ],
)
def test_the_file_wins_over_the_choice_as_far_as_it_is_understood(reading, named, expected, code):
    content = collection(feature({"a": 1}), **stated(named))

    (table,) = reading(content, "点.json", crs="GCJ-02")

    assert table.crs == expected
    (notice,) = table.notices
    assert notice.fault.code == code
    assert "GCJ-02" in notice.zh


def test_a_system_in_the_file_is_used(reading):
    content = collection(feature({"a": 1}), **stated("urn:ogc:def:crs:EPSG::4490"))

    assert reading(content, "点.geojson")[0].crs == "EPSG:4490"


@pytest.mark.parametrize("member", [{}, {"crs": None}, {"crs": {"properties": {"name": 1}}}])
def test_a_missing_system_is_a_question(refusal, member):
    error = refusal(collection(feature({"a": 1}), **member), "点.geojson")

    assert error.code == "missing_crs"
    for each in ("EPSG:4326", "EPSG:4490", "GCJ-02", "BD-09"):
        assert each in error.zh


@pytest.mark.parametrize("crs", ["EPSG:2437", "EPSG:4214", "nonsense", "EPSG:5773"])
def test_a_system_that_cannot_be_converted_exactly_is_refused(refusal, crs):
    assert refusal(collection(feature({"a": 1})), "点.geojson", crs=crs).code == "unknown_crs"


def test_a_plane_system_becomes_degrees(reading):
    plane = {"type": "Point", "coordinates": [40633535.0, 3442000.0, 12.0]}

    (table,) = reading(collection(feature({"a": 1}, plane)), "点.geojson", crs="EPSG:4528")

    point = shapely.from_wkb(table.geometries[0])
    assert table.crs == "EPSG:4490"
    assert not point.has_z
    assert (round(point.x, 3), round(point.y, 3)) == (121.399, 31.092)


def test_a_geometry_that_cannot_be_read_breaks_its_row(reading):
    bad = {"type": "Polygon", "coordinates": [[[1, 2]]]}

    (table,) = reading(collection(feature({"a": 1}, bad)), "点.geojson", crs="EPSG:4326")

    assert table.broken[0].code == "bad_geometry"


@pytest.mark.parametrize(
    "content",
    [
        b"[1]",
        b'{"type":"Feature"}',
        b'{"type":"FeatureCollection"}',
    ],
)
def test_json_of_another_shape_is_refused(refusal, content):
    assert refusal(content, "点.geojson").code == "not_geojson"


@pytest.mark.parametrize(
    "wrong",
    [
        "1",
        '{"type":"X"}',
        '{"type":"Feature","properties":1}',
        '{"type":"Feature","geometry":1,"properties":null}',
        '{"type":"Feature"}',
    ],
)
def test_what_is_no_feature_is_named_by_its_number(refusal, wrong):
    error = refusal(collection(feature({"a": 1}), json.loads(wrong)), "点.geojson")

    assert error.code == "not_feature"
    assert "第 2 个要素" in error.zh


def test_a_null_among_the_features_is_named_by_its_number(refusal):
    error = refusal(collection(feature({"a": 1}), None), "点.geojson")

    assert error.code == "null_feature"
    assert "第 2 个要素" in error.zh
    assert "null" in error.zh
    assert "feature 2" in error.en


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b'{"type":\n nonsense}', "broken_json", 2),
        (b'{"type":\n"FeatureCollection",\n"features":[', "cut_json", 3),
        (b'\n{"a":' + b"[" * 3000, "deep_json", 2),
    ],
)
def test_broken_json_is_named_by_its_line_in_words_of_our_own(refusal, content, code, line):
    error = refusal(content, "点.geojson")

    assert error.code == code
    assert f"第 {line} 行" in error.zh
    assert f"line {line}" in error.en
    assert not re.search("[a-z]{3}", error.zh.replace("点.geojson", ""))


def test_a_geojson_is_known_by_its_content_too(reading):
    assert reading(collection(feature({"a": 1})), "点", crs="EPSG:4326")[0].headers == ("a",)


def test_empty_and_oversized_collections_are_refused(refusal):
    assert refusal(collection(), "点.geojson").code == "header_only"
    two = collection(feature({"a": 1}), feature({"b": 1}))
    assert refusal(two, "点.geojson", limits=replace(LIMITS, rows=1)).code == "too_many_rows"
    limits = replace(LIMITS, columns=1)
    assert refusal(two, "点.geojson", limits=limits).code == "too_many_columns"


def package(tmp_path, **options) -> bytes:
    path = tmp_path / "made.gpkg"
    layer(path, **options)
    return path.read_bytes()


def test_a_geopackage_gives_every_layer(reading, tmp_path):
    path = tmp_path / "made.gpkg"
    layer(path, layer="一")
    layer(path, layer="二")

    tables = reading(path.read_bytes(), "镇.gpkg")

    assert [each.sheet for each in tables] == ["一", "二"]
    assert tables[0].rows == [["七宝", 1.5], ["莘庄", None]]
    assert tables[0].crs == "EPSG:4490"
    assert shapely.from_wkb(tables[0].geometries[1]).wkt == "POINT (121.4 31.2)"
    assert tables[0].place(0, 0).zh == "“镇.gpkg” 图层“一” 第 1 个要素 “名称”"
    assert tables[0].place(0, 0).en == "'镇.gpkg', layer '一', feature 1, '名称'"


@pytest.mark.filterwarnings("ignore:.*crs:UserWarning")
def test_a_geopackage_without_a_system_is_a_question(refusal, reading, tmp_path):
    content = package(tmp_path, crs=None)

    assert refusal(content, "镇.gpkg").code == "missing_crs"
    assert reading(content, "镇.gpkg", crs="GCJ-02")[0].crs == "GCJ-02"


def test_an_empty_geopackage_is_refused(refusal, tmp_path):
    assert refusal(package(tmp_path, points=POINTS[:0]), "镇.gpkg").code == "header_only"


def test_a_geopackage_without_layers_is_refused(refusal, tmp_path):
    path = tmp_path / "made.gpkg"
    layer(path)
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM gpkg_contents")
        database.execute("DELETE FROM gpkg_geometry_columns")
        database.execute("DROP TABLE made")
    database.close()

    assert refusal(path.read_bytes(), "镇.gpkg").code == "broken_geo"


def test_oversized_geopackages_are_refused(refusal, tmp_path):
    content = package(tmp_path)

    assert refusal(content, "镇.gpkg", limits=replace(LIMITS, rows=1)).code == "too_many_rows"
    limits = replace(LIMITS, columns=1)
    assert refusal(content, "镇.gpkg", limits=limits).code == "too_many_columns"


def test_a_damaged_geopackage_is_refused_without_the_servers_path(refusal, tmp_path):
    content = bytearray(package(tmp_path))
    content[100:] = b"x" * (len(content) - 100)

    error = refusal(bytes(content), "镇.gpkg")

    assert error.code == "broken_geo"
    assert str(tmp_path) not in error.en


def test_a_layer_that_breaks_while_it_is_read_is_refused(refusal, tmp_path):
    content = bytearray(package(tmp_path))
    page = content.index("七宝".encode()) // 4096 * 4096
    content[page : page + 4096] = b"\xff" * 4096

    assert refusal(bytes(content), "镇.gpkg").code == "broken_geo"


def test_a_table_without_geometry_or_columns_is_read(reading, tmp_path):
    path = tmp_path / "made.gpkg"
    raw.write(path, None, [NAMES], ["名称"], driver="GPKG", layer="表")
    raw.write(
        path, POINTS, [], [], driver="GPKG", layer="点", geometry_type="Point", crs="EPSG:4326"
    )
    raw.write(path, None, [np.array([b"\x01"], dtype=object)], ["字节"], driver="GPKG", layer="块")

    tables = {each.sheet: each for each in reading(path.read_bytes(), "镇.gpkg", crs="EPSG:4326")}

    assert tables["表"].geometries == [None, None]
    assert tables["表"].rows[0] == ["七宝"]
    assert tables["点"].rows == [[], []]


@pytest.mark.parametrize("code", [4528, 4549, 32651])
@pytest.mark.parametrize("dialect", ["WKT2_2019", "WKT1_ESRI", "WKT1_GDAL"])
def test_plane_systems_are_known_however_they_are_written(reading, code, dialect):
    text = pyproj.CRS.from_epsg(code).to_wkt(dialect)

    (table,) = reading(collection(feature({"a": 1}, None)), "点.geojson", crs=text)

    assert table.crs == ("EPSG:4326" if code == 32651 else "EPSG:4490")


def test_a_position_that_no_projection_reaches_is_its_rows_fault(reading):
    far = {"type": "Point", "coordinates": [1e300, 1e300]}
    content = collection(
        feature({"a": 1}, {"type": "Point", "coordinates": [346000.0, 3447000.0]}),
        feature({"a": 2}, far),
        feature({"a": 3}, {"type": "Polygon", "coordinates": "none"}),
    )

    (table,) = reading(content, "点.geojson", crs="EPSG:4549")

    assert {row: each.code for row, each in table.broken.items()} == {
        1: "bad_geometry",
        2: "bad_geometry",
    }
    assert table.geometries[0]
    assert table.geometries[1:] == [None, None]
