"""A boundary is on the map only as long as a record that everybody may see bears it."""

from __future__ import annotations

import pytest

from chuangtu.apps.imports import actions
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import actions as placing
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import actions as registering
from chuangtu.apps.registry import queries as register
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER
from tests.apps.imports.conftest import AT, WHO
from tests.apps.imports.shapes import RING, WIDER, feature, geojson
from tests.apps.registers import add, alter, district, drop

pytestmark = pytest.mark.django_db
NAME = "机密试验园区"
INTERNAL = {"公开范围": "内部"}


@pytest.fixture(autouse=True)
def minhang(db):
    district()


@pytest.fixture
def rows(run):
    """Bring a table of zones without shapes."""

    def through(*lines, **options):
        head = "名称,园区类型,区域代码,公开范围"
        given = {"name": "园区.csv", "kind": "zone", **options}
        return run("\n".join([head, *lines]), **given)

    return through


def secret(ring=RING, **said):
    return feature(ring, **{"名称": NAME, **said})


def zone_named(name=NAME):
    found = [each for some in register.iter_published() for each in some if each.name == name]
    return found[0].id


def code_of(number):
    return register.get_record(number, viewer=ADMINISTRATOR).values["area_code"]


def what_visitors_see(client, code):
    """Everything about areas that is open to everybody, as one text."""
    pages = [
        client.get("/api/v1/areas"),
        client.get(f"/areas/{code}"),
        client.get("/compare"),
        client.get("/compare", query_params={"a": code, "b": "zone:square"}),
        client.get("/api/v1/resources/facets"),
        client.get("/explore"),
        client.get("/"),
    ]
    return "".join(each.content.decode() for each in pages)


def test_visitors_see_the_boundary_of_a_public_zone(zones, client):
    zones(secret())

    assert NAME in what_visitors_see(client, code_of(zone_named()))


@pytest.mark.parametrize("visibility", ["internal", "restricted"])
def test_a_zone_that_is_hidden_takes_its_boundary_off_the_map(zones, client, visibility):
    zones(secret())
    number = zone_named()
    code = code_of(number)

    alter(number, visibility=visibility)

    assert places.find_area(code) is None
    assert NAME not in what_visitors_see(client, code)
    assert client.get(f"/areas/{code}").status_code == 404
    assert code not in str(client.get("/api/v1/areas").json())


def test_a_zone_that_is_removed_takes_its_boundary_along(zones, client):
    zones(secret())
    number = zone_named()
    code = code_of(number)

    drop(number)

    assert NAME not in what_visitors_see(client, code)
    assert places.find_area(code) is None


def test_a_zone_that_is_public_again_has_its_boundary_again(zones):
    zones(secret())
    number = zone_named()
    code = code_of(number)
    before = places.area_state(code)
    alter(number, visibility="internal")

    alter(number, visibility="public")

    assert places.area_state(code) == before


def test_a_boundary_that_its_zone_gives_up_leaves_the_map(zones):
    zones(secret(区域代码="park:mou"))
    drawn = places.area_state("park:mou")

    alter(zone_named(), area_code="park:other")
    assert places.find_area("park:mou") is None
    alter(zone_named(), area_code="park:mou")
    assert places.area_state("park:mou") == drawn


def _said():
    return {"source": "测试", "source_date": None, "by": "test", "at": AT}


def test_two_zones_on_one_boundary_hide_it_only_together(zones):
    zones(secret(区域代码="park:mou"))
    first = zone_named()
    registering.apply_rows(
        kind="zone",
        rows=[{"name": "同界园区", "zone_type": "产业园区", "area_code": "park:mou"}],
        act="twin",
        decisions={0: None},
        **_said(),
    )
    second = zone_named("同界园区")

    drop(first)
    assert places.find_area("park:mou") is not None
    alter(second, visibility="internal")
    assert places.find_area("park:mou") is None


def test_a_file_that_hides_a_zone_hides_its_boundary_and_undoing_shows_it(zones, rows):
    zones(secret(区域代码="park:mou"))
    before = places.area_state("park:mou")

    batch = rows(f"{NAME},产业园区,park:mou,内部")
    assert batch.counts["changed"] == 1
    assert places.find_area("park:mou") is None
    assert {each.table for each in journal.list_of_act(act=batch.act)} == {
        "places.area",
        "registry.resource",
    }

    assert actions.undo(batch=batch.id, at=AT, **WHO) == 2
    assert places.area_state("park:mou") == before


def test_each_import_is_undone_exactly_in_turn(zones, rows):
    first = zones(secret(区域代码="park:mou"))
    drawn = places.area_state("park:mou")
    second = rows(f"{NAME},产业园区,park:mou,内部", hours=1)
    third = zones(secret(WIDER, 区域代码="park:mou", 公开范围="公开"), hours=2)
    assert "121.37" in places.find_shape("park:mou")

    actions.undo(batch=third.id, at=AT, **WHO)
    assert places.find_area("park:mou") is None
    actions.undo(batch=second.id, at=AT, **WHO)
    assert places.area_state("park:mou") == drawn
    actions.undo(batch=first.id, at=AT, **WHO)
    assert places.find_area("park:mou") is None
    assert register.count_all() == 0


def test_a_boundary_that_was_loaded_by_itself_outlives_an_import_and_its_undoing(zones, rows):
    before = places.area_state("zone:square")
    batch = rows("方块园区,产业园区,zone:square,公开")
    actions.undo(batch=batch.id, at=AT, **WHO)
    assert places.area_state("zone:square") == before

    redrawn = zones(feature(名称="方块园区"))
    assert places.area_state("zone:square") != before
    actions.undo(batch=redrawn.id, at=AT, **WHO)
    assert places.area_state("zone:square") == before


def test_a_boundary_that_was_loaded_by_itself_hides_with_its_record(rows):
    rows("方块园区,产业园区,zone:square,公开")
    number = zone_named("方块园区")

    alter(number, visibility="internal")
    assert places.find_area("zone:square") is None
    alter(number, visibility="public")
    assert places.find_area("zone:square") is not None
    drop(number)
    assert places.find_area("zone:square") is not None


def test_a_hidden_record_on_a_boundary_that_everybody_knew_leaves_it(rows):
    rows("方块园区,产业园区,zone:square,内部")
    assert places.find_area("zone:square") is not None

    drop(zone_named("方块园区"))
    assert places.find_area("zone:square") is not None


def test_towns_and_boundaries_never_leave_with_a_record(rows):
    rows("莘庄园区,产业园区,310112101,公开", "闵行园区,产业园区,310112,公开")

    for name in ("莘庄园区", "闵行园区"):
        alter(zone_named(name), visibility="internal")

    assert places.find_area("310112101") is not None
    assert places.find_area("310112") is not None


def test_a_record_hidden_after_the_preview_keeps_its_new_shape_off_the_map(zones, bring):
    number = add("zone", name=NAME, zone_type="产业园区", area_code="park:mou")
    text = geojson(secret(区域代码="park:mou", 园区类型="产业园区"))
    batch = bring(text, name="园区.geojson", kind="zone", crs="EPSG:4326")
    actions.preview(batch=batch, at=AT, **WHO)
    alter(number, visibility="internal")

    with pytest.raises(actions.ImportRefusedError):
        actions.apply(batch=batch, at=AT, **WHO)

    assert places.find_area("park:mou") is None


def test_an_act_of_the_register_that_is_undone_brings_the_boundary_back(zones):
    zones(secret())
    number = zone_named()
    code = code_of(number)
    before = places.area_state(code)
    registering.remove(id=number, version=1, act="gone", by="test", at=AT)
    assert places.find_area(code) is None

    registering.undo(act="gone", by="test", at=AT)

    assert places.area_state(code) == before
    assert register.get_record(number, viewer=OFFICER).name == NAME


def test_what_was_never_withdrawn_is_not_restored():
    assert placing.restore(codes=["park:never"], act="a", by="test", at=AT) == 0
    assert placing.withdraw(codes=["park:never"], kinds=["park"], act="a", by="t", at=AT) == 0
