"""Sites with positions of their own: exported and imported again, corrected, taken back."""

import pytest
from django.test import Client

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.models import Site
from chuangtu.terms.viewer import OFFICER, VISITOR
from tests.apps.registry.rows import AT, apply, create

pytestmark = pytest.mark.django_db
LABORATORY = {"laboratory_longitude": "121.45", "laboratory_latitude": "31.02"}


def given(number, role="laboratory"):
    site = Site.objects.get(resource_id=number, role=role)
    return site.given_longitude, site.given_latitude, site.crs


@pytest.fixture
def officer():
    client = Client(SERVER_NAME="localhost")
    person = Person.objects.create_user("officer", password="-", role="officer")
    client.force_login(person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    return client


def save(officer, number, **typed):
    """Fill in the form as it stands, but for what is typed; give the answer."""
    page = officer.get(f"/desk/records/{number}/edit")
    form = page.context["form"]
    shown = {name: value for name, value in form.initial.items() if value is not None}
    said = {**shown, "source": "电话核实", "source_date": "2016-06-15", **typed}
    return officer.post(f"/desk/records/{number}/edit", said)


def test_a_site_told_again_in_another_system_stays_as_it_was_given():
    number = create(name="上海甲公司", crs="GCJ-02", **LABORATORY)
    (site,) = (each for each in queries.get_record(number, VISITOR).sites if each["role"])
    again = {
        "name": "上海甲公司",
        "laboratory_longitude": f"{site['longitude']:.9f}",
        "laboratory_latitude": f"{site['latitude']:.9f}",
        "crs": "WGS 84",
    }

    assert apply("organization", [again]).counts["same"] == 1
    assert given(number) == (121.45, 31.02, "gcj02")


def test_half_of_a_laboratorys_position_is_corrected_in_the_form(officer):
    number = create(name="上海甲公司", crs="GCJ-02", **LABORATORY)

    assert save(officer, number, laboratory_latitude="31.03").status_code == 302

    assert given(number) == (121.45, 31.03, "gcj02")


def test_a_laboratory_is_placed_in_the_system_that_is_chosen_and_nothing_else_moves(officer):
    number = create(name="上海甲公司", longitude="121.41", latitude="31.11", crs="WGS 84")

    assert save(officer, number, **LABORATORY).status_code == 302
    assert given(number) == (121.45, 31.02, "wgs84")
    plant = {"plant_longitude": "121.46", "plant_latitude": "31.03", "crs": "gcj02"}
    assert save(officer, number, **plant).status_code == 302

    assert given(number, "plant") == (121.46, 31.03, "gcj02")
    assert given(number) == (121.45, 31.02, "wgs84")
    assert queries.get_record(number, VISITOR).position == (121.41, 31.11)


def test_a_site_of_another_system_is_shown_in_that_of_the_form(officer):
    number = create(name="上海甲公司", crs="GCJ-02", **LABORATORY)
    save(officer, number, longitude="121.41", latitude="31.11", crs="wgs84")

    form = officer.get(f"/desk/records/{number}/edit").context["form"]

    assert form.initial["crs"] == "wgs84"
    assert form.initial["laboratory_longitude"].startswith("121.445415")
    assert given(number) == (121.45, 31.02, "gcj02")


def test_an_act_that_made_a_record_and_let_an_old_one_name_it_is_undone():
    child = create(name="上海庚一公司")
    rows = [{"name": "上海庚一公司", "parent": "上海庚母公司"}]
    apply("organization", rows, act="both", creates_parties=True)
    (parent,) = queries.get_record(child, OFFICER).values["parent"]

    actions.undo(act="both", by="tester", at=AT)

    assert "parent" not in queries.get_record(child, OFFICER).values
    assert queries.find_successor(parent, OFFICER) is None
    actions.undo(act="undo:both", by="tester", at=AT)
    assert queries.get_record(child, OFFICER).values["parent"] == (parent,)


def test_what_looks_alike_is_the_same_name():
    number = create(name="上海寅一公司")
    shown = "上海寅一公司\u202e"

    assert apply("organization", [{"name": shown}]).counts["same"] == 1
    assert queries.get_record(number, VISITOR).name == "上海寅一公司"
