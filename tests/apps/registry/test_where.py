"""Records in a district: towns and zones by name, areas by position, and never by guessing."""

import pytest

from chuangtu.apps.places.queries import town_choices
from chuangtu.apps.registry import queries
from chuangtu.terms.viewer import OFFICER
from tests.apps.registers import TOWNS, district, draw_towns
from tests.apps.registry.rows import FIRM, apply, create

pytestmark = pytest.mark.django_db
HOME = "310112"
INSIDE = {"longitude": 121.44, "latitude": 31.08, "crs": "wgs84"}


@pytest.fixture(autouse=True)
def minhang():
    district()


def published(**values):
    number = create(kind="venue", name="某馆", venue_type="other", **values)
    (row,) = queries.published([number])
    return row


def test_a_town_and_a_zone_are_known_by_name():
    town = town_choices()[0]

    row = published(town=town.zh, zone="方块园区")

    assert row.facets["town"] == town.code
    assert row.facets["zone"] == "zone:square"
    assert row.lists["area"] == tuple(sorted((HOME, town.code, "zone:square")))


def test_an_exact_position_lies_in_the_areas_that_hold_it():
    row = published(**INSIDE)

    assert {"zone:square", "310112"} <= set(row.lists["area"])
    assert row.facets["zone"] is None


def test_a_rough_position_lies_in_no_area_but_the_district():
    row = published(**INSIDE, precision="town", town=town_choices()[0].code)

    assert row.longitude == 121.44
    assert row.lists["area"] == (HOME, town_choices()[0].code)


EAST = {"longitude": 121.435, "latitude": 31.05, "crs": "wgs84"}


def test_a_record_that_states_no_town_is_counted_in_the_one_that_holds_it():
    draw_towns()

    row = published(**EAST)

    assert row.facets["town"] == "310112102"
    assert [each for each in row.lists["area"] if each in TOWNS] == ["310112102"]
    assert "town" not in row.payload["values"]


def test_a_record_that_states_another_town_is_counted_there_alone():
    draw_towns()

    row = published(**EAST, town="310112101")

    assert row.facets["town"] == row.payload["values"]["town"] == "310112101"
    assert [each for each in row.lists["area"] if each in TOWNS] == ["310112101"]


def test_a_record_on_a_common_border_is_counted_in_one_town():
    draw_towns()

    row = published(longitude=121.43, latitude=31.05, crs="wgs84")

    assert row.facets["town"] == "310112101"
    assert [each for each in row.lists["area"] if each in TOWNS] == ["310112101"]


def test_a_rough_position_is_in_no_town_by_its_border():
    draw_towns()

    row = published(**EAST, precision="district")

    assert row.facets["town"] is None
    assert row.lists["area"] == (HOME,)


def test_a_position_outside_is_not_the_districts_and_lies_nowhere():
    far = {"longitude": 121.9, "latitude": 31.08, "crs": "wgs84"}

    number = create(kind="venue", name="区外馆", venue_type="other", precision="district", **far)
    (rough,) = queries.published([number])

    assert rough.lists["area"] == ()
    assert published(**far).lists["area"] == ()


def test_a_record_without_a_position_lies_where_it_is_said_to():
    assert published(zone="zone:square").lists["area"] == (HOME, "zone:square")


def test_a_record_nothing_is_said_of_is_the_districts_and_in_no_part_of_it():
    row = published()

    assert row.lists["area"] == (HOME,)
    assert row.facets["town"] is None
    assert row.facets["precision"] == "none"


def test_a_town_of_another_district_is_refused_with_a_sentence():
    found = queries.validate(
        "venue", {"name": "馆", "venue_type": "other", "town": "张江镇"}, OFFICER
    )

    assert [each.field for each in found] == ["town"]
    assert "没有“张江镇”" in found[0].zh


def test_a_position_far_outside_is_written_with_a_warning():
    row = {**FIRM, "longitude": 116.4, "latitude": 39.9}

    applied = apply("organization", [row])

    assert applied.is_written
    assert [each.is_fatal for each in applied.findings[0]] == [False]
    assert "不在本区范围内" in applied.findings[0][0].zh


def test_a_boundary_is_no_zone_a_record_can_be_said_to_lie_in():
    with pytest.raises(Exception, match="not a value"):
        published(zone="310112")
