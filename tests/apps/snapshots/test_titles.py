"""Organizations by the titles they hold: on the day, for the viewer, with changes at once."""

from datetime import date

import pytest

from chuangtu.apps.snapshots import actions, queries
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import OFFICER, VISITOR
from tests.apps.registers import AT, add, alter, drop

pytestmark = pytest.mark.django_db


@pytest.fixture
def recognition():
    """One firm with a title from 2013 to 2016, another firm without."""
    add("organization", name="甲公司")
    add("organization", name="乙公司")
    number = add(
        "recognition",
        title="hnte",
        holder="甲公司",
        valid_from=date(2013, 1, 1),
        valid_until=date(2016, 1, 1),
    )
    actions.publish(at=AT)
    return number


def holders(day, title="hnte", viewer=VISITOR):
    selection = Selection(facets={"holds": (title,)}, as_of=day, viewer=viewer)
    page = queries.page(selection)
    assert page.total == queries.count(selection).total
    return [each["name"] for each in page.items if each["kind"] == "organization"]


def counted(day):
    selection = Selection(kinds=("organization",), as_of=day)
    return {each.code: each.count for each in queries.facets(selection, ["holds"])["holds"]}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2012, 12, 31), []),
        (date(2013, 1, 1), ["甲公司"]),
        (date(2015, 12, 31), ["甲公司"]),
        (date(2016, 1, 1), []),
    ],
)
def test_a_title_counts_from_its_first_day_to_before_its_end(recognition, day, expected):
    assert holders(day) == expected
    assert counted(day).get("hnte", 0) == len(expected)
    assert counted(day)[UNKNOWN] == 2 - len(expected)


def test_a_title_given_or_taken_away_shows_at_once(recognition):
    day = date(2014, 6, 1)
    second = add("recognition", title="hnte", holder="乙公司", valid_from=date(2014, 1, 1))
    assert sorted(holders(day)) == ["乙公司", "甲公司"]

    drop(recognition)

    assert holders(day) == ["乙公司"]
    alter(second, valid_until=date(2014, 2, 1))
    assert holders(day) == []
    assert sorted(holders(day, UNKNOWN)) == ["乙公司", "甲公司"]


def test_a_title_that_a_viewer_may_not_see_is_not_counted_for_it(recognition):
    alter(recognition, visibility="internal")

    assert holders(date(2014, 6, 1), viewer=VISITOR) == []
    assert holders(date(2014, 6, 1), viewer=OFFICER) == ["甲公司"]


def test_a_title_is_one_more_condition_beside_words_and_kinds(recognition):
    day = date(2014, 6, 1)
    asked = {"facets": {"holds": ("hnte",)}, "as_of": day}

    assert queries.count(Selection(words="甲公司", kinds=("organization",), **asked)).total == 1
    assert queries.count(Selection(words="乙公司", kinds=("organization",), **asked)).total == 0
    assert queries.count(Selection(kinds=("patent",), **asked)).total == 0


def test_the_address_takes_it(recognition, client):
    answer = client.get("/api/v1/resources?kind=organization&holds=hnte&as_of=2014-06-01").json()

    assert [each["name"] for each in answer["items"]] == ["甲公司"]
