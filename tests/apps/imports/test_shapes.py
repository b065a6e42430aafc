"""A polygon of a zone's row becomes the zone's boundary, in the same act as the row."""

from __future__ import annotations

import json
import struct
from datetime import date

import numpy as np
import pyogrio.raw
import pytest
import shapely

from chuangtu.apps.imports import actions, queries
from chuangtu.apps.imports.actions import ImportRefusedError
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import queries as places
from chuangtu.apps.places.actions import AreaUndoError, save_area
from chuangtu.apps.registry import queries as register
from chuangtu.terms.coordinates import Crs, convert
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT, WHO
from tests.apps.imports.shapes import RING, WIDER, feature, geojson
from tests.apps.registers import district

pytestmark = pytest.mark.django_db

BOW = [[121.38, 31.02], [121.42, 31.06], [121.42, 31.02], [121.38, 31.06], [121.38, 31.02]]


@pytest.fixture(autouse=True)
def minhang(db):
    district()


@pytest.fixture
def look(bring):
    """Bring features as far as the preview; gives the import's number and the preview's lines."""

    def through(*features, **options):
        given = {"name": "园区.geojson", "kind": "zone", "crs": "EPSG:4326", **options}
        batch = bring(geojson(*features), **given)
        actions.preview(batch=batch, at=AT, **WHO)
        return batch, queries.list_preview(batch, viewer=OFFICER).lines

    return through


def only_zone():
    (row,) = [each for chunk in register.iter_published() for each in chunk]
    return register.get_record(row.id, viewer=OFFICER)


def area_of_zone():
    return places.find_area(only_zone().values["area_code"])


def test_a_polygon_becomes_an_area_of_the_record(zones):
    batch = zones(feature(), source="园区边界", source_date=date(2016, 5, 1))

    area = area_of_zone()
    assert batch.counts["new"] == 1
    assert (area.kind, area.name, area.region) == ("park", "某园区", "310112")
    assert (area.source, area.source_date, area.precision) == (
        "园区边界",
        date(2016, 5, 1),
        "exact",
    )
    assert json.loads(places.find_shape(area.code))["coordinates"] == [RING]
    assert {e.table for e in journal.list_of_act(act=batch.act)} == {
        "places.area",
        "registry.resource",
    }


@pytest.mark.parametrize(
    ("type_", "kind"), [("重点区域", "zone"), ("产业集群", "cluster"), ("商务区", "park")]
)
def test_the_type_of_zone_says_what_kind_of_area_it_is(zones, type_, kind):
    zones(feature(園区类型="", 园区类型=type_))

    assert area_of_zone().kind == kind


def test_the_same_file_twice_changes_nothing(zones):
    zones(feature())
    lines = journal.last_line_of("places.area")

    batch = zones(feature(), source_date=date(2016, 7, 1))

    assert batch.counts["same"] == 1
    assert journal.last_line_of("places.area") == lines


def test_a_new_shape_of_a_known_zone_is_a_change_that_can_be_undone(zones):
    zones(feature())
    code = area_of_zone().code
    before, lines = places.area_state(code), journal.last_line_of("registry.resource")

    batch = zones(feature(WIDER))

    assert batch.counts["changed"] == 1
    assert journal.last_line_of("registry.resource") == lines
    assert json.loads(places.find_shape(code))["coordinates"] == [WIDER]
    line = queries.list_preview(batch.id, viewer=OFFICER).lines[0]
    assert line["changes"] == {"shape": [5, 5]}
    assert actions.undo(batch=batch.id, at=AT, **WHO) == 1
    assert places.area_state(code) == before


def test_undoing_takes_record_and_area_away(zones):
    batch = zones(feature())
    code = area_of_zone().code

    assert actions.undo(batch=batch.id, at=AT, **WHO) == 2

    assert register.count_all() == 0
    assert places.find_area(code) is None


def test_a_later_shape_stops_the_undoing(zones):
    batch = zones(feature())
    code = area_of_zone().code
    save_area(code=code, values={"name": "改名园区"}, act="t", by="李四", at=AT)

    with pytest.raises(Exception, match="李四"):
        actions.undo(batch=batch.id, at=AT, **WHO)

    assert register.count_all() == 1


def test_a_later_shape_stops_the_undoing_of_a_shape_alone(zones):
    zones(feature())
    batch = zones(feature(WIDER))
    code = area_of_zone().code
    save_area(code=code, values={"name": "改名园区"}, act="t", by="李四", at=AT)

    with pytest.raises(AreaUndoError, match="李四"):
        actions.undo(batch=batch.id, at=AT, **WHO)


def test_an_area_changed_after_the_preview_keeps_the_whole_file_out(zones, look):
    zones(feature())
    code = area_of_zone().code
    batch, _ = look(feature(WIDER), feature(名称="另一园区"))
    save_area(code=code, values={"name_en": "Some Park"}, act="t", by="李四", at=AT)

    with pytest.raises(ImportRefusedError, match="Preview again"):
        actions.apply(batch=batch, at=AT, **WHO)

    assert register.count_all() == 1
    assert json.loads(places.find_shape(code))["coordinates"] == [RING]


def test_a_zone_without_a_code_takes_the_area_of_its_name(zones):
    zones(feature(名称="方块园区"))

    assert only_zone().values["area_code"] == "zone:square"
    assert json.loads(places.find_shape("zone:square"))["coordinates"] == [RING]


def test_a_code_in_the_file_is_the_areas_code(zones):
    zones(feature(区域代码="park:mou"))

    assert places.find_area("park:mou").name == "某园区"


def test_a_row_may_name_its_own_source(zones):
    zones(feature(数据来源="测绘院", 来源日期="2016-03-04"))

    area = area_of_zone()
    assert (area.source, area.source_date) == ("测绘院", date(2016, 3, 4))


def test_a_shape_in_gcj02_is_kept_in_wgs84(zones):
    zones(feature(), crs="GCJ-02")

    (ring,) = json.loads(places.find_shape(area_of_zone().code))["coordinates"]
    x, y = convert(*RING[0], Crs.GCJ02, Crs.WGS84)
    assert ring[0] == pytest.approx([x, y], abs=1e-7)


@pytest.mark.parametrize(
    ("features", "sentence"),
    [
        ([feature(BOW)], "自相交"),
        ([feature(区域代码="310112101")], "莘庄镇"),
        ([feature(区域代码="甲 园区")], "区域代码"),
        ([feature(区域代码="a" * 65)], "64"),
        ([feature(名称="园" * 101)], "101"),
        ([feature(), feature(WIDER)], "合并"),
    ],
)
def test_a_shape_that_cannot_be_kept_is_a_wrong_row(look, features, sentence):
    batch, lines = look(*features)

    assert lines[-1]["outcome"] == "wrong"
    assert any(sentence in each["zh"] for each in lines[-1]["findings"])
    with pytest.raises(ImportRefusedError):
        actions.apply(batch=batch, at=AT, **WHO)
    assert register.count_all() == 0


def test_what_is_wrong_with_a_row_is_said_once_its_shape_apart(look):
    _, (line,) = look(feature(园区类型="不存在的类型"))

    assert line["outcome"] == "wrong"
    assert "shape" not in line.get("changes", {})


def test_a_record_that_is_not_public_keeps_its_shape_off_the_map(zones):
    areas = places.list_areas()
    batch = zones(feature(公开范围="内部"))

    (line,) = queries.list_preview(batch.id, viewer=OFFICER).lines
    assert "人人可见" in line["findings"][0]["zh"]
    assert places.list_areas() == areas
    said = only_zone().values
    assert not said.get("area_code")
    held = shapely.Polygon(RING)
    assert held.contains(shapely.Point(float(said["longitude"]), float(said["latitude"])))


def test_bad_rows_that_are_left_out_leave_their_shapes_out(zones):
    areas = len(places.list_areas())
    zones(feature(), feature(BOW, 名称="坏园区"), choices={"skips_bad_rows": True})

    assert len(places.list_areas()) == areas + 1


def test_a_line_stays_a_point(zones):
    areas = places.list_areas()
    batch = zones(feature(RING[:3], shape="LineString"))

    assert "--areas" in batch.reading["notices"][-1]["zh"]
    assert places.list_areas() == areas


def test_an_empty_polygon_says_nothing(zones):
    areas = places.list_areas()
    empty = {**feature(), "geometry": {"type": "Polygon", "coordinates": []}}
    batch = zones(empty)

    assert batch.counts["new"] == 1
    assert batch.reading["notices"] == []
    assert places.list_areas() == areas


def test_kinds_without_boundaries_keep_a_point(run):
    areas = places.list_areas()
    carrier = {"名称": "某孵化器", "载体类型": "孵化器"}
    row = {**feature(), "properties": carrier}
    batch = run(geojson(row), name="载体.geojson", kind="carrier", crs="EPSG:4326")

    assert batch.counts["new"] == 1
    assert "--areas" in batch.reading["notices"][-1]["zh"]
    assert places.list_areas() == areas


def test_an_address_that_an_area_cannot_bear_is_left_out(zones):
    zones(feature(), source_url="见附件")
    assert area_of_zone().source_url == ""
    zones(feature(WIDER), source_url="https://example.org/zones")
    assert area_of_zone().source_url == "https://example.org/zones"


def test_a_doubtful_row_draws_for_the_record_that_was_chosen(zones, look):
    zones(feature(区域代码="park:mou"))
    number = only_zone().id
    batch, (line,) = look(feature(WIDER, 区域代码="park:other"))
    assert line["outcome"] == "doubtful"

    actions.decide(batch=batch, row=0, record=number, at=AT, **WHO)
    actions.preview(batch=batch, at=AT, **WHO)
    actions.apply(batch=batch, at=AT, **WHO)

    assert only_zone().values["area_code"] == "park:other"
    assert json.loads(places.find_shape("park:other"))["coordinates"] == [WIDER]


def test_a_row_said_twice_with_one_shape_is_one_area(zones):
    areas = len(places.list_areas())
    batch = zones(feature(), feature())

    assert batch.counts["same"] == 1
    assert len(places.list_areas()) == areas + 1


def test_before_a_district_is_set_up_shapes_are_points(look, monkeypatch):
    monkeypatch.setattr(places, "get_district", lambda: None)
    _, (line,) = look(feature())

    assert line["outcome"] == "new"
    assert "chuangtu init" in line["findings"][0]["zh"]


def test_ordinates_that_are_no_numbers_are_a_wrong_row(bring, tmp_path):
    path = tmp_path / "zones.gpkg"
    whole = shapely.to_wkb(shapely.Polygon([(121.38, 31.02), (121.42, 31.03), (121.42, 31.06)]))
    torn = whole.replace(struct.pack("<d", 31.03), struct.pack("<d", float("nan")))
    pyogrio.raw.write(
        path,
        geometry=np.array([torn], dtype=object),
        field_data=[np.array(["某园区"], dtype=object), np.array(["产业园区"], dtype=object)],
        fields=["名称", "园区类型"],
        geometry_type="Polygon",
        crs="EPSG:4326",
        driver="GPKG",
        encoding="utf-8",
    )
    batch = bring(path.read_bytes(), name="园区.gpkg", kind="zone")

    actions.preview(batch=batch, at=AT, **WHO)

    (line,) = queries.list_preview(batch, viewer=OFFICER).lines
    assert line["outcome"] == "wrong"
    assert "图形无法读取" in line["findings"][0]["zh"]
