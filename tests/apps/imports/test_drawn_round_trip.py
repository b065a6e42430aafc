"""A zone is exported with the boundary that is kept of it, and its import changes nothing."""

from __future__ import annotations

import io
import json

import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from chuangtu.apps.catalog.queries.exports import export
from chuangtu.apps.imports import actions, queries
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import queries as register
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import OFFICER, VISITOR
from tests.apps.imports.conftest import AT, WHO
from tests.apps.imports.shapes import RING, feature, geojson
from tests.apps.registers import DAY, add, district

pytestmark = pytest.mark.django_db
SPOT = {"longitude": 121.4, "latitude": 31.1, "crs": "wgs84", "precision": "exact"}
HOLE = [[121.39, 31.03], [121.40, 31.03], [121.40, 31.04], [121.39, 31.04], [121.39, 31.03]]
FAR = [[[121.5, 31.0], [121.51, 31.0], [121.51, 31.0123456], [121.5, 31.0]]]


@pytest.fixture(autouse=True)
def minhang(db):
    district()


@pytest.fixture
def drawn(run):
    """Zones: drawn in two parts with a hole, without boundary, without point; and a carrier."""
    parts = {"type": "MultiPolygon", "coordinates": [[RING, HOLE], FAR]}
    text = geojson({**feature(), "geometry": parts})
    run(text, name="园区.geojson", kind="zone", crs="EPSG:4326")
    add("zone", name="无界园区", zone_type="产业园区", **SPOT)
    add("zone", name="方块园区", zone_type="产业园区", area_code="zone:square")
    add("carrier", name="某孵化器", carrier_type="孵化器", **SPOT)
    return shapely.from_geojson(json.dumps(parts))


def exported(form, *kinds, viewer=VISITOR):
    file = export(snapshots.current(), Selection(kinds=kinds, viewer=viewer), form, language="zh")
    return b"".join(file.pieces)


def shapes_in(form, content, tmp_path):
    """Name → geometry, as another program reads them."""
    if form == "geojson":
        read = json.loads(content)["features"]
        return {
            each["properties"]["名称"]: shapely.from_geojson(json.dumps(each["geometry"]))
            for each in read
        }
    if form == "gpkg":
        path = tmp_path / "export.gpkg"
        path.write_bytes(content)
        _, _, shapes, columns = pyogrio.raw.read(path, columns=["名称"])
        return dict(zip(columns[0], shapely.from_wkb(shapes), strict=True))
    table = pq.read_table(io.BytesIO(content), columns=["名称", "geometry"]).to_pydict()
    return dict(zip(table["名称"], shapely.from_wkb(table["geometry"]), strict=True))


@pytest.mark.parametrize("kinds", [(), ("zone",), ("zone", "carrier")])
@pytest.mark.parametrize("form", ["geojson", "gpkg", "parquet"])
def test_a_zone_is_exported_with_its_boundary(drawn, form, kinds, tmp_path):
    shapes = shapes_in(form, exported(form, *kinds), tmp_path)

    assert shapes["某园区"].equals(drawn)
    assert shapes["某园区"].geom_type == "MultiPolygon"
    assert shapes["无界园区"].geom_type == "Point"
    assert shapes["方块园区"].equals(shapely.from_geojson(places.find_shape("zone:square")))
    if kinds != ("zone",):
        assert shapes["某孵化器"].geom_type == "Point"


def test_files_without_zones_ask_for_no_shapes(drawn, monkeypatch):
    # Readers ask once after an area changed; files ask for themselves.
    snapshots.current()
    monkeypatch.setattr(places, "list_shapes", lambda kinds: pytest.fail("asked"))

    assert len(json.loads(exported("geojson", "carrier"))["features"]) == 1
    assert exported("csv", "zone")


def test_a_zone_named_by_the_code_of_a_town_keeps_its_point(drawn, tmp_path):
    add("zone", name="镇园区", zone_type="产业园区", area_code="310112", **SPOT)

    shapes = shapes_in("geojson", exported("geojson", "zone"), tmp_path)

    assert shapes["镇园区"].geom_type == "Point"


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
def test_zones_exported_and_imported_again_are_the_same(drawn, bring, form):
    content = exported(form, "zone", viewer=OFFICER)
    lines = journal.last_line_of("places.area"), journal.last_line_of("registry.resource")

    batch = bring(content, f"导出.{form}", kind="zone", source="测试文件", source_date=DAY)
    counts = dict(actions.preview(batch=batch, at=AT, **WHO))
    told = [
        (line["outcome"], line.get("changes"), [each["zh"] for each in line["findings"]])
        for line in queries.list_preview(
            batch, viewer=OFFICER, outcomes=["new", "changed", "wrong", "doubtful"]
        ).lines
    ]

    assert told == []
    assert counts["same"] == 3
    actions.apply(batch=batch, at=AT, **WHO)
    assert lines == (
        journal.last_line_of("places.area"),
        journal.last_line_of("registry.resource"),
    )
    assert register.count_all() == 4


def test_a_new_zone_on_a_kept_boundary_has_a_point_of_it(run):
    square = json.loads(places.find_shape("zone:square"))
    row = {**feature(名称="方块园区"), "geometry": square}

    run(geojson(row), name="园区.geojson", kind="zone", crs="EPSG:4326")

    (zone,) = [each for some in register.iter_published() for each in some]
    assert zone.longitude is not None


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
@pytest.mark.parametrize("system", ["GCJ02", "BD09", "EPSG:4490"])
def test_a_shape_of_another_system_is_the_same_when_it_comes_again(run, form, system, tmp_path):
    text = geojson(feature(), feature(FAR[0], 名称="远园区"))
    first = run(text, name="园区.geojson", kind="zone", crs=system)
    content = exported(form, "zone")

    again = run(text, name="园区.geojson", kind="zone", crs=system, hours=1)
    back = run(content, name=f"导出.{form}", kind="zone", hours=2)

    assert first.counts["new"] == 2
    assert (again.counts["same"], again.row_count) == (2, 2)
    assert (back.counts["same"], back.row_count) == (2, 2)
    assert shapes_in(form, content, tmp_path).keys() == {"某园区", "远园区"}
