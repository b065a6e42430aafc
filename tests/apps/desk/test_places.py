"""Records with an address and without a position: suggested, put, and never guessed."""

import pytest
from django.test import Client

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.desk.queries import suggest_places
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER
from tests.apps.registers import AT, add, district

pytestmark = pytest.mark.django_db
AT_HOME = {"longitude": "121.40", "latitude": "31.10", "crs": "wgs84"}


@pytest.fixture
def officer():
    client = Client(SERVER_NAME="localhost")
    person = Person.objects.create_user("officer", password="-", role="officer")
    client.force_login(person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    return client


@pytest.fixture
def waiting():
    """Three that wait: one at a known house, one of a registered site, one nobody can place."""
    district()
    add("carrier", name="已知楼", carrier_type="incubator", address="都市路100号", **AT_HOME)
    house = add("carrier", name="同楼", carrier_type="incubator", address="闵行区都市路100号3楼")
    site = add("organization", name="上海注册公司", registered_address="都市路100号")
    lost = add(
        "carrier", name="别处", carrier_type="incubator", address="北京市海淀区中关村大街1号"
    )
    add("carrier", name="无地址", carrier_type="incubator")
    publish(at=AT)
    return house, site, lost


def suggestions():
    return {
        each.record.id: each for each in suggest_places(registry.list_unlocated(OFFICER), OFFICER)
    }


def test_a_known_house_is_suggested_and_another_city_is_not(waiting):
    house, site, lost = waiting
    found = suggestions()

    assert set(found) == {house, site, lost}
    assert found[house].located.precision == "exact"
    assert found[lost].located.longitude is None
    assert "北京" in found[lost].located.zh


def test_the_good_suggestions_of_a_page_are_taken_as_one_act(waiting, officer):
    house, site, lost = waiting

    page = officer.post("/desk/places/take", {"after": "0"}, follow=True)

    assert "已确定 2 条的位置" in page.content.decode()
    assert registry.get_record(house, OFFICER).position == pytest.approx((121.40, 31.10))
    placed = registry.get_record(site, OFFICER)
    assert placed.position == pytest.approx((121.40, 31.10))
    assert {(e["role"], e["address"]) for e in placed.sites} == {("registered", "都市路100号")}
    assert placed.precision == "exact"
    assert registry.get_record(lost, OFFICER).position is None
    assert len({each.act for n in (house, site) for each in registry.history(n, OFFICER)[:1]}) == 1


def test_a_pin_places_a_record_with_its_source(waiting, officer):
    lost = waiting[2]
    said = {"version": 1, "longitude": "121.38", "latitude": "31.12", "precision": "road"}

    answer = officer.post(f"/desk/places/{lost}/put", {**said, "source": "电话核实"})

    assert answer.status_code == 302
    record = registry.get_record(lost, OFFICER)
    assert (record.position, record.precision) == ((121.38, 31.12), "road")
    assert record.sources["longitude"].title == "电话核实"
    assert officer.get(f"/desk/places/{lost}/").status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"longitude": "", "latitude": "31.1", "precision": "road"},
        {"longitude": "９", "latitude": "31.1", "precision": "road"},
        {"longitude": "121.4", "latitude": "31.1", "precision": "rough"},
        {"longitude": "31.1", "latitude": "121.4", "precision": "road"},
        {"longitude": "9" * 15, "latitude": "31.1", "precision": "road"},
        {"longitude": "121.4", "latitude": "31.1", "precision": "road", "version": "7"},
    ],
)
def test_a_pin_of_nonsense_is_refused_and_places_nothing(waiting, officer, said):
    house = waiting[0]

    answer = officer.post(f"/desk/places/{house}/put", {"version": 1, **said})

    assert answer.status_code == 422
    assert registry.get_record(house, OFFICER).position is None


def test_a_hidden_record_waits_for_those_who_see_it(waiting, officer):
    hidden = add(
        "carrier",
        name="受限",
        carrier_type="incubator",
        address="都市路100号",
        visibility="restricted",
    )

    assert hidden not in {each.id for each in registry.list_unlocated(OFFICER)}
    assert hidden in {each.id for each in registry.list_unlocated(ADMINISTRATOR)}
    assert officer.get(f"/desk/places/{hidden}/").status_code == 404


def test_the_pages_are_for_officers(waiting, officer):
    assert "同楼" in officer.get("/desk/places/").content.decode()
    assert Client(SERVER_NAME="localhost").get("/desk/places/").status_code == 302
