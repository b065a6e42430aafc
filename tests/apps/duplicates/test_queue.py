"""The queue of pairs that may be one organization: found, decided, taken back."""

import pytest
from django.core.management import call_command
from django.test import Client

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.duplicates import actions, queries
from chuangtu.apps.duplicates.models import Pair
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.models import Resource
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER
from tests.apps.registers import AT, add, alter, district
from tests.apps.registry.rows import code

pytestmark = pytest.mark.django_db
SAID = {"by": "tester", "at": AT}


@pytest.fixture
def two():
    """Two records of one firm, and one that has nothing to do with them."""
    district()
    first = add("organization", name="上海壹達信息科技有限公司", staff_count=12)
    second = add(
        "organization", name="上海市一达信息科技有限责任公司", uscc=code(5), staff_count=15
    )
    add("organization", name="华东师范大学")
    return first, second


@pytest.fixture
def officer():
    client = Client(SERVER_NAME="localhost")
    person = Person.objects.create_user("officer", password="-", role="officer")
    client.force_login(person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    return client


def open_pair():
    (pair,) = queries.list_pairs(viewer=OFFICER)
    return pair


def test_a_search_finds_the_pair_once_and_says_why(two):
    actions.search(**SAID)
    done = actions.search(**SAID)

    pair = open_pair()
    assert (pair.first, pair.second) == two
    assert pair.reasons[0]["zh"]
    assert (done.compared, done.found) == (3, 1)


def test_what_was_decided_is_not_asked_again(two):
    actions.search(**SAID)
    actions.keep_apart(pair=open_pair().id, note="电话核实", viewer=OFFICER, **SAID)
    actions.search(**SAID)

    assert queries.list_pairs(viewer=OFFICER) == []
    (apart,) = queries.list_pairs(viewer=OFFICER, state="apart")
    assert apart.note == "电话核实"
    with pytest.raises(actions.DecidedError):
        actions.keep_apart(pair=apart.id, note="", viewer=OFFICER, **SAID)


def test_a_pair_that_is_no_longer_alike_leaves_the_queue(two):
    actions.search(**SAID)
    alter(two[0], name="北京二丁餐饮管理有限公司")
    # The name it had stays with it as a former one, and so does the likeness, until that goes.
    Resource.objects.get(pk=two[0]).names.all().delete()
    actions.search(**SAID)

    assert queries.count_open(OFFICER) == 0
    assert Pair.objects.get().state == "settled"


def test_two_become_one_by_the_form_and_two_again(two, officer):
    actions.search(**SAID)
    pair = open_pair()
    page = officer.get(f"/desk/duplicates/{pair.id}/")
    assert "take-staff_count" in page.content.decode()
    asked = {
        "wish": "unite",
        "first": two[0],
        "second": two[1],
        "keep": two[0],
        f"version-{two[0]}": 1,
        f"version-{two[1]}": 1,
        "take-staff_count": two[1],
        "name_kind": "variant",
    }

    answer = officer.post(f"/desk/duplicates/{pair.id}/decide", asked)

    assert answer.status_code == 302
    record = registry.get_record(two[0], OFFICER)
    assert (record.values["staff_count"], record.values["uscc"]) == (15, code(5))
    assert officer.get(f"/resources/{two[1]}").headers["Location"] == f"/resources/{two[0]}"
    assert officer.post(f"/desk/duplicates/{pair.id}/decide", asked).status_code == 409
    assert "已合并" in officer.get("/desk/duplicates/?state=united").content.decode()

    officer.post(f"/desk/duplicates/{pair.id}/decide", {"wish": "reopen"})

    assert registry.get_record(two[1], OFFICER).values["uscc"] == code(5)
    assert registry.get_record(two[0], OFFICER).values["staff_count"] == 12
    assert queries.count_open(OFFICER) == 1


@pytest.mark.parametrize(
    "changed",
    [{"keep": "abc"}, {"keep": "1e9"}, {"name_kind": "nonsense"}, {"keep": ""}, {"first": "x"}],
)
def test_a_form_of_nonsense_changes_nothing(two, officer, changed):
    actions.search(**SAID)
    pair = open_pair()
    asked = {"wish": "unite", "first": two[0], "second": two[1], "keep": two[0]}
    asked |= {f"version-{each}": 1 for each in two} | {"name_kind": "variant"} | changed

    assert officer.post(f"/desk/duplicates/{pair.id}/decide", asked).status_code == 409
    assert queries.count_open(OFFICER) == 1
    assert Resource.objects.count() == 3


def test_somebody_who_changed_one_of_them_is_not_overrun(two, officer):
    actions.search(**SAID)
    pair = open_pair()
    alter(two[1], staff_count=99)
    asked = {"wish": "unite", "first": two[0], "second": two[1], "keep": two[0]}
    asked |= {f"version-{each}": 1 for each in two} | {"name_kind": "variant"}

    answer = officer.post(f"/desk/duplicates/{pair.id}/decide", asked)

    assert answer.status_code == 409
    assert "改过这条记录" in answer.content.decode()
    assert registry.get_record(two[1], OFFICER).values["staff_count"] == 99


def test_a_pair_with_a_hidden_record_is_there_for_those_who_see_both(two, officer):
    alter(two[1], visibility="restricted")
    actions.search(**SAID)
    number = Pair.objects.get().pk

    assert queries.count_open(OFFICER) == 0
    assert officer.get(f"/desk/duplicates/{number}/").status_code == 404
    assert officer.post(f"/desk/duplicates/{number}/decide", {"wish": "apart"}).status_code == 404
    assert [each.id for each in queries.list_pairs(viewer=ADMINISTRATOR)] == [number]


def test_a_very_large_register_is_not_searched_by_itself(two, monkeypatch):
    assert queries.is_due()

    monkeypatch.setattr(queries, "MOST_BY_ITSELF", 2)

    assert queries.is_needed()
    assert not queries.is_due()


def test_a_stranger_is_asked_to_sign_in(two):
    actions.search(**SAID)

    for address in ("/desk/duplicates/", f"/desk/duplicates/{open_pair().id}/"):
        assert Client(SERVER_NAME="localhost").get(address).status_code == 302


def test_the_command_searches_only_when_something_changed(two, capsys):
    call_command("resolve", if_needed=True)
    call_command("resolve", if_needed=True)

    told = capsys.readouterr().out
    assert "比对了 3 家单位" in told
    assert "名录没有变化" in told
