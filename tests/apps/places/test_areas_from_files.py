"""Shapes come in from files, by the command, with their system, source and day."""

import json

import numpy as np
import pyogrio
import pytest
import shapely
from django.core.management import CommandError, call_command

from chuangtu.apps.places.models import Area
from chuangtu.terms.coordinates import Crs, convert

RING = [[121.37, 31.10], [121.40, 31.10], [121.40, 31.13], [121.37, 31.13], [121.37, 31.10]]
SAID = {"source": "区规划院", "source_date": "2026-01-31"}

pytestmark = pytest.mark.django_db


def geojson(path, ring=RING, crs=None, **properties):
    content = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": properties,
            }
        ],
    }
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_geojson_gives_a_town_its_shape(tmp_path, capsys):
    file = geojson(tmp_path / "街镇.geojson", crs="urn:ogc:def:crs:OGC:1.3:CRS84", 名称="莘庄")

    call_command("init", "310112", areas=file, **SAID)

    town = Area.objects.get(code="310112101")
    assert (town.longitude, town.latitude) == pytest.approx((121.385, 31.115))
    assert (town.source, town.source_date.isoformat(), town.precision) == (
        "区规划院", "2026-01-31", "exact",
    )  # fmt: skip
    assert "1 changed" in capsys.readouterr().out


def test_the_stated_system_is_that_of_a_file_which_names_none(tmp_path):
    shifted = [list(convert(*corner, Crs.WGS84, Crs.GCJ02)) for corner in RING]
    file = geojson(tmp_path / "a.geojson", shifted, name="莘庄镇")

    call_command("init", "310112", areas=file, crs="GCJ-02", **SAID)

    town = Area.objects.get(code="310112101")
    assert town.crs == "gcj02"
    assert (town.longitude, town.latitude) == pytest.approx((121.385, 31.115), abs=1e-5)


def test_a_file_that_names_another_system_than_its_owner_is_refused(tmp_path):
    file = geojson(tmp_path / "a.geojson", crs="EPSG:4490", name="莘庄镇")

    with pytest.raises(CommandError, match="EPSG:4490"):
        call_command("init", "310112", areas=file, crs="GCJ-02", **SAID)


def test_a_geopackage_in_cgcs2000_gives_a_new_park(tmp_path):
    file = tmp_path / "parks.gpkg"
    pyogrio.raw.write(
        str(file),
        geometry=shapely.to_wkb([shapely.Polygon(RING)]),
        field_data=[np.array([each], dtype=object) for each in ("park:new", "新园区")],
        fields=["code", "name"],
        geometry_type="Polygon",
        crs="EPSG:4490",
        driver="GPKG",
    )

    call_command("init", "310112", areas=file, kind="park", **SAID)

    park = Area.objects.get(code="park:new")
    assert (park.name, park.kind, park.crs) == ("新园区", "park", "cgcs2000")


def test_a_district_without_boundary_takes_one_from_a_file(tmp_path, capsys):
    file = geojson(tmp_path / "b.geojson", code="130171")

    call_command("init", "130171", areas=file, kind="boundary", crs="CGCS2000", **SAID)
    before = capsys.readouterr().out
    call_command("init", "130171")

    area = Area.objects.get(code="130171")
    assert area.geometry
    assert area.source == "区规划院"
    assert "There is no boundary" in before
    assert "There is no boundary" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "--source"),
        ({"source": "某", "source_date": "去年"}, "2026-01-31"),
        ({**SAID, "crs": "北京54"}, "CGCS2000"),
        (SAID, "does not say its coordinate system"),
    ],
)
def test_a_file_without_a_clear_origin_is_refused(tmp_path, options, told):
    file = geojson(tmp_path / "a.geojson", name="莘庄镇")

    with pytest.raises(CommandError, match=told):
        call_command("init", "310112", areas=file, **options)

    assert Area.objects.get(code="310112101").geometry == ""


def test_a_file_that_is_not_there_or_has_no_shapes_is_refused(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("name\n莘庄镇\n", encoding="utf-8")

    with pytest.raises(CommandError, match="There is no file"):
        call_command("init", "310112", areas=tmp_path / "absent.geojson", **SAID)
    with pytest.raises(CommandError, match="one layer of shapes"):
        call_command("init", "310112", areas=table, **SAID)
