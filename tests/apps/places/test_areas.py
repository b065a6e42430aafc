"""Areas are kept with source and day, take shapes in any system, and say where a position is."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.core.exceptions import ValidationError

from chuangtu.apps.journal.models import Entry
from chuangtu.apps.places import queries
from chuangtu.apps.places.actions import init_district, save_area, save_areas_from_features
from chuangtu.apps.places.models import Area
from chuangtu.apps.places.shapes import ShapeError
from chuangtu.terms.coordinates import Crs, convert

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
RING = [[121.37, 31.10], [121.40, 31.10], [121.40, 31.13], [121.37, 31.13], [121.37, 31.10]]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def minhang(db):
    init_district(code="310112", by="test", at=AT)


def square(ring=RING, **properties):
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": properties,
    }


def take(*features, crs=Crs.WGS84, kind="town"):
    return save_areas_from_features(
        features=features,
        crs=crs,
        kind=kind,
        region="310112",
        source="测试图形",
        source_date=date(2026, 1, 1),
        act="t",
        by="test",
        at=AT,
    )


def test_a_town_takes_its_shape_by_code_by_name_or_by_another_spelling():
    taken = take(square(name="莘庄"), square(code="310112102"), square(name="江川路街道"))

    assert taken.changed == ("310112101", "310112102", "310112001")
    town = Area.objects.get(code="310112101")
    assert (town.precision, town.source, town.name) == ("exact", "测试图形", "莘庄镇")
    assert (town.longitude, town.latitude) == pytest.approx((121.385, 31.115))


def test_taking_the_same_file_twice_changes_nothing():
    take(square(name="莘庄镇"))
    lines = Entry.objects.count()

    again = take(square(name="莘庄镇"))

    assert again.same == ("310112101",)
    assert Entry.objects.count() == lines


def test_a_shape_in_another_system_comes_to_lie_in_wgs84():
    shifted = [list(convert(*corner, Crs.WGS84, Crs.GCJ02)) for corner in RING]

    take(square(shifted, name="莘庄镇"), crs=Crs.GCJ02)

    town = Area.objects.get(code="310112101")
    assert town.crs == "gcj02"
    assert (town.longitude, town.latitude) == pytest.approx((121.385, 31.115), abs=1e-5)


def test_a_zone_that_is_new_needs_code_and_name():
    taken = take(square(code="zone:test", name="测试区"), kind="zone")

    assert taken.new == ("zone:test",)
    assert [each.name for each in queries.list_areas("zone")] == ["测试区"]
    with pytest.raises(ShapeError, match="properties code and name"):
        take(square(name="无代码区"), kind="zone")
    with pytest.raises(ShapeError):
        take(square(code="310112101", name="莘庄镇"), kind="zone")  # the code of a town


@pytest.mark.parametrize(
    ("geometry", "told"),
    [
        (None, "不是面"),
        ({"type": "Point", "coordinates": [121.4, 31.1]}, "不是面"),
        ({"type": "Polygon", "coordinates": [[[121.4, 31.1], [121.5, 31.2]]]}, "读不出来"),
        ({"type": "Polygon", "coordinates": []}, "不是经纬度"),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [5e5, 0], [5e5, 3e6], [0, 0]]]},
            "不是经纬度",
        ),
        (
            {
                "type": "Polygon",
                "coordinates": [[[121, 31], [122, 32], [122, 31], [121, 32], [121, 31]]],
            },
            "自相交，在 121.5, 31.5",
        ),
        (
            {
                "type": "Polygon",
                "coordinates": [[*([[121, 31], [121.1, 31]] * 50_001), [121, 31.1], [121, 31]]],
            },
            "100,004 个点",
        ),
    ],
)
def test_a_shape_that_cannot_be_is_refused_and_nothing_is_taken(geometry, told):
    bad = {"type": "Feature", "geometry": geometry, "properties": {"name": "七宝镇"}}

    with pytest.raises(ShapeError, match="七宝镇") as refused:
        take(square(name="莘庄镇"), bad)

    assert told in refused.value.zh
    assert "第 2 个" in refused.value.zh
    assert Area.objects.get(code="310112101").geometry == ""


def test_positions_are_placed_in_every_area_that_holds_them():
    take(square(name="莘庄镇"))
    save_area(
        code="zone:point", act="t", by="test", at=AT,
        values={"kind": "zone", "name": "只有点", "region_id": "310112", "longitude": 121.38,
                "latitude": 31.11, "precision": "town", "source": "测试",
                "source_date": date(2026, 1, 1)},
    )  # fmt: skip

    found = queries.areas_containing(
        np.array([121.385, 121.37, 121.30, np.nan, 0.0]), np.array([31.115, 31.10, 31.0, 31.1, 0])
    )

    assert found[0] == found[1] == ("310112", "310112101")
    assert "310112101" not in found[2]
    assert found[3] == found[4] == ()


def test_no_position_asked_gets_no_answer():
    assert queries.areas_containing([], []) == []


def test_the_base_map_says_of_every_feature_what_it_is_and_where_it_comes_from():
    save_area(
        code="zone:point", act="t", by="test", at=AT,
        values={"kind": "zone", "name": "只有点", "region_id": "310112", "longitude": 121.38,
                "latitude": 31.11, "precision": "town", "source": "测试",
                "source_date": date(2026, 1, 1)},
    )  # fmt: skip

    drawn = queries.boundary_geojson()["features"]

    told = [each["properties"] for each in drawn]
    assert all(each["name"] and each["code"] and each["source"] for each in told)
    assert all(len(each["source_date"]) == 10 for each in told)
    assert [each["code"] for each in told if each["role"] == "district"] == ["310112"]
    assert sum(each["role"] == "neighbour" for each in told) == 7
    point = next(each for each in drawn if each["properties"]["code"] == "zone:point")
    assert (point["geometry"]["type"], point["properties"]["precision"]) == ("Point", "town")
    assert not queries.boundary_geojson(["park"])["features"]


def test_an_area_is_new_then_changed_then_the_same():
    values = {"kind": "park", "name": "园", "region_id": "310112", "source": "测试",
              "source_date": date(2026, 1, 1)}  # fmt: skip

    said = [
        save_area(code="park:x", values=each, act="t", by="test", at=AT)
        for each in (values, values | {"name_en": "Park"}, {"name_en": "Park"})
    ]

    assert said == ["new", "changed", "same"]
    assert queries.find_area("park:x").name_en == "Park"
    assert queries.find_area("park:y") is None
    assert queries.find_shape("park:x") == queries.find_shape("park:y") == ""
    assert queries.find_shape("310112").startswith('{"type"')


def test_half_a_position_is_refused():
    with pytest.raises(ValidationError, match="经度和纬度"):
        save_area(code="310112101", values={"longitude": 121.4}, act="t", by="test", at=AT)


def test_towns_are_a_code_list_with_the_spellings_found_in_files():
    choices = {each.code: each for each in queries.town_choices()}

    assert choices["310112101"].zh == "莘庄镇"
    assert choices["310112101"].aliases == ("莘庄",)
    assert choices["310112001"].aliases == ("江川路",)
    assert {each.code for each in queries.area_choices()} >= set(choices) | {"310112"}


def test_a_region_is_found_by_its_code():
    assert queries.find_region("3101").level == "city"
    assert queries.find_region("9999") is None
