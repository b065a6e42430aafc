"""Public pages open for everybody, before and after there is something to show."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from chuangtu.apps.portal import queries
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.registers import district

ON = date(2015, 12, 31)
PAGES = ("/", "/about", "/open-data", "/accessibility", "/accounts/sign-in/")


@pytest.fixture
def client() -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_opens_before_there_is_a_district(client: Client, path: str, language: str):
    answer = client.get(path, headers={"accept-language": language})

    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.django_db
def test_without_a_district_the_home_page_says_how_to_set_one_up(client: Client):
    assert "chuangtu init 310112" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/explore"])
def test_an_empty_register_is_said_to_be_empty(client: Client, path):
    district()

    page = client.get(path).content.decode()

    assert "名册还是空的" in page
    assert "没有符合条件" not in page
    assert "kind-tile" not in page


@pytest.mark.parametrize("viewer", [VISITOR, OFFICER, ADMINISTRATOR], ids=lambda v: v.role)
def test_the_numbers_of_the_home_page_are_those_of_the_selection(register, viewer):
    overview = queries.get_overview(viewer, ON)

    selection = Selection(viewer=viewer, as_of=ON)
    assert overview.total == snapshots.count(selection).total > 0
    assert sum(each.count for each in overview.kinds) == overview.total
    for each in overview.kinds:
        one = Selection(kinds=(each.kind.name,), viewer=viewer, as_of=ON)
        assert each.count == snapshots.count(one).total
    assert sum(each.count for each in overview.towns) + overview.elsewhere == overview.total


def test_the_plan_stands_beside_what_the_register_counts(register):
    statement = queries.find_statement("310112", VISITOR)

    assert statement is not None
    hnte = next(each for each in statement.figures if each.figure.key == "hnte")
    assert hnte.figure.value == "570"
    counted = Selection(
        kinds=("recognition",), facets={"title": ("hnte",)}, as_of=ON, viewer=VISITOR
    )
    assert hnte.counted == snapshots.count(counted).total


@pytest.mark.django_db
def test_a_district_without_a_plan_states_nothing():
    assert queries.find_statement("110101", VISITOR) is None


def test_the_home_page_shows_the_register(client: Client, register):
    answer = client.get("/")

    page, day = answer.content.decode(), answer.context["today"]
    total = snapshots.count(Selection(viewer=VISITOR, as_of=day)).total
    assert f'<strong class="figures">{total:,}</strong>' in page
    assert re.search(r'href="/explore\?kind=organization"', page)


def test_every_layer_of_the_map_names_its_source(client: Client, register):
    layers = queries.list_layers()

    page = client.get("/about").content.decode()

    assert layers
    for each in layers:
        assert each.source in page
