"""An area that left the map is no value anywhere, and everything is back with it."""

from __future__ import annotations

import pytest

from chuangtu.apps.imports import actions, queries
from chuangtu.apps.places import queries as places
from chuangtu.apps.places.codes import made_code
from chuangtu.apps.registry import actions as registering
from chuangtu.apps.registry import queries as register
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.snapshots import laying
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR, Visibility
from tests.apps.imports.conftest import AT, WHO
from tests.apps.imports.shapes import feature
from tests.apps.registers import add, alter, district, drop, write

pytestmark = pytest.mark.django_db
ZONE, FIRM = "悬空园", "悬空园企业"
CLASSES = [each.name.lower() for each in Visibility]


@pytest.fixture(params=[False, True], ids=["changes", "version"])
def zone(request, zones):
    """A zone that an import drew, a firm that names it, with and without a version."""
    district()
    add("organization", name="别的企业")
    # Lies in the zone without naming it, as the zone itself does.
    add("organization", name="园内企业", longitude=121.4, latitude=31.04, crs="wgs84")
    batch = zones(feature(名称=ZONE))
    number = Resource.objects.get(name=ZONE).pk
    code = register.get_record(number, ADMINISTRATOR).values["area_code"]
    firm = add("organization", name=FIRM, organization_type="enterprise", zone=code)
    if request.param:
        publish(at=AT)
    return batch, number, code, firm


def values(client, facet):
    found = client.get("/api/v1/resources/facets", query_params={"facet": facet, "as_of": "any"})
    return {each["code"]: each["count"] for each in found.json()["facets"][facet]["values"]}


def count(client, **asked):
    answer = client.get("/api/v1/resources", query_params={"as_of": "any", **asked})
    assert answer.status_code == 200, answer.content
    return answer.json()["total"]


def export(client):
    asked = {"kind": "organization", "q": FIRM, "as_of": "any"}
    return b"".join(client.get("/export.csv", query_params=asked))


def told(client, firm, code):
    """All that is read about the firm and the areas, as text; the addresses that ask left out."""
    pages = [
        client.get("/explore"),
        client.get(f"/resources/{firm}"),
        client.get(f"/api/v1/resources/{firm}"),
        client.get("/api/v1/resources/facets"),
        client.get("/api/v1/areas"),
        client.get("/"),
    ]
    return "".join(each.content.decode() for each in pages) + export(client).decode()


def assert_all_agree(client):
    for facet in ("zone", "area"):
        offered = values(client, facet)
        for value, shown in offered.items():
            if facet == "zone" or value != "unknown":
                assert count(client, **{facet: value}) == shown, (facet, value)
    assert sum(values(client, "zone").values()) == count(client)


def test_a_hidden_zone_is_no_value_and_comes_back(zone, client, bring):
    _, number, code, firm = zone
    assert values(client, "zone")[code] == 1
    assert values(client, "area")[code] == count(client, area=code) == 3
    before = values(client, "zone"), told(client, firm, code)
    assert code in before[1]

    alter(number, visibility="internal")

    assert code not in told(client, firm, code)
    assert ZONE not in told(client, firm, code).replace(FIRM, "")
    assert code not in values(client, "zone")
    assert code not in values(client, "area")
    assert_all_agree(client)
    assert count(client, zone=code) == count(client, area=code) == 0
    assert count(client, zone="unknown") == count(client)
    page = client.get("/explore", query_params={"zone": code})
    assert page.status_code == 200
    assert client.get("/explore", query_params={"area": code}).status_code == 200
    assert "zone" not in register.get_record(firm, OFFICER).values
    assert code not in repr(client.get(f"/resources/{firm}").content.decode())
    batch = bring(export(client), name="再导.csv")
    assert actions.preview(batch=batch, at=AT, **WHO)["same"] == 1

    alter(number, visibility="public")

    assert values(client, "zone") == before[0]
    assert values(client, "area")[code] == count(client, area=code) == 3
    assert count(client, zone=code) == 1
    assert register.get_record(firm, VISITOR).values["zone"] == code


def test_an_edit_of_another_field_keeps_the_zone_that_is_hidden(zone):
    _, number, code, firm = zone
    alter(number, visibility="internal")

    alter(firm, address="剑川路 1 号")
    alter(number, visibility="public")

    assert register.get_record(firm, VISITOR).values["zone"] == code


@pytest.mark.parametrize("shown_to", CLASSES)
def test_an_undoing_is_refused_while_other_records_name_the_zone(zone, shown_to):
    batch, _, code, firm = zone
    alter(firm, visibility=shown_to)

    with pytest.raises(registering.RefusedError) as caught:
        actions.undo(batch=batch.id, at=AT, **WHO)

    sentence = caught.value.zh + caught.value.en
    assert f"“{ZONE}”" in sentence
    assert code not in sentence
    assert (f"“{FIRM}”" in sentence) == (shown_to != "restricted")
    assert ("您看不到的记录" in sentence) == (shown_to == "restricted")
    assert places.find_area(code) is not None


def test_an_undoing_goes_through_when_nobody_names_the_zone_any_more(zone, client):
    batch, _, code, firm = zone
    alter(firm, zone="")

    actions.undo(batch=batch.id, at=AT, **WHO)

    assert places.find_area(code) is None
    assert count(client, area=code) == 0
    assert code not in values(client, "zone")
    assert code not in values(client, "area")
    assert count(client, zone=code) == 0
    assert client.get("/api/v1/resources", query_params={"zone": "park:nev"}).status_code == 400


def test_a_zone_that_is_named_is_not_removed(zone):
    _, number, _, firm = zone
    with pytest.raises(registering.RefusedError, match=FIRM):
        drop(number)

    drop(firm)
    drop(number)


def test_a_hidden_zone_that_is_named_is_not_removed_either(zone):
    _, number, _, firm = zone
    alter(number, visibility="internal")

    with pytest.raises(registering.RefusedError, match=FIRM):
        drop(number)


def test_a_zone_whose_boundary_stays_is_removed_though_it_is_named(zone):
    number = add("zone", name="方块园区", zone_type="park", area_code="zone:square")
    alter(zone[3], zone="zone:square")

    drop(number)

    assert register.get_record(zone[3], VISITOR).values["zone"] == "zone:square"


def test_a_zone_that_was_hidden_and_shown_again_is_undone_with_its_import(zone):
    batch, number, code, firm = zone
    alter(firm, zone="")
    alter(number, visibility="internal")
    with pytest.raises(registering.UndoError) as caught:
        actions.undo(batch=batch.id, at=AT, **WHO)
    assert f"“{ZONE}”" in caught.value.zh
    assert code not in caught.value.zh

    alter(number, visibility="public")
    actions.undo(batch=batch.id, at=AT, **WHO)

    assert queries.get_batch(batch.id, viewer=OFFICER).state == "undone"
    assert places.find_area(code) is None


def test_the_history_names_no_area_that_left_the_map(zone, client):
    _, number, code, firm = zone
    alter(firm, zone="zone:square")
    alter(number, visibility="internal")

    page = client.get(f"/resources/{firm}").content.decode()

    assert code not in page
    assert "方块园区" in page


def test_many_records_that_name_a_hidden_zone_are_taken_up_as_one_act(zone, client, monkeypatch):
    _, number, code, _ = zone
    rows = [{"name": f"园中第{n}企业", "zone": code} for n in range(30)]
    write("organization", rows, act="many")
    assert count(client, zone=code) == 31
    laid = []
    monkeypatch.setattr(laying, "AT_ONCE", 20)
    monkeypatch.setattr(laying, "_build", lambda root, span, changes: laid.append(changes))

    alter(number, visibility="internal")

    assert [len(each.resources) for each in laid] == [32]
    assert count(client, zone=code) == 0


@pytest.mark.parametrize("parameter", ["area", "zone"])
def test_a_visitor_learns_nothing_of_a_name_that_was_drawn_and_hidden(zone, client, parameter):
    _, number, code, _ = zone
    alter(number, visibility="internal")
    never = made_code("park", "从来没有的园区")

    drawn, not_drawn = (
        client.get("/api/v1/resources", {parameter: each}).json() for each in (code, never)
    )

    assert drawn["total"] == not_drawn["total"] == 0
    assert drawn.keys() == not_drawn.keys()


def test_a_visitor_learns_nothing_of_a_code_that_was_given_and_left(zones, client):
    district()
    zones(feature(区域代码="zone:secret"))
    number = Resource.objects.get(kind="zone").pk
    assert count(client, area="zone:secret") == 1
    alter(number, visibility="internal")

    left, never = (
        client.get("/api/v1/resources", {"area": each}) for each in ("zone:secret", "zone:sacred")
    )

    assert left.status_code == never.status_code == 400
    assert left.json()["detail"] == never.json()["detail"].replace("sacred", "secret")
