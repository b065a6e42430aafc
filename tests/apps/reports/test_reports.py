"""What the public says is wrong: taken without a name, answered with a reason."""

from datetime import timedelta

import pytest
from django.test import Client

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.journal.models import Entry
from chuangtu.apps.reports import actions, queries
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.registers import AT, add, district

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    district()
    return add("organization", name="上海甲科技有限公司", staff_count=3, contact="办公 021-1")


@pytest.fixture
def officer():
    client = Client(SERVER_NAME="localhost")
    person = Person.objects.create_user("officer", password="-", role="officer")
    client.force_login(person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    return client


def say(record, text="人数不对", field="staff_count", at=AT, viewer=VISITOR):
    return actions.report(record=record, field=field, text=text, at=at, viewer=viewer)


def test_a_report_is_answered_and_its_receipt_says_so(firm, officer):
    visitor = Client(SERVER_NAME="localhost")
    said = {"field": "staff_count", "text": "<b>应为</b> 5 人"}
    receipt = visitor.post(f"/reports/about/{firm}", said).headers["Location"]
    assert "待处理" in visitor.get(receipt).content.decode()
    assert "&lt;b&gt;应为" in visitor.get(receipt).content.decode()

    (report,) = queries.list_reports(viewer=OFFICER, state="open")
    assert "上海甲科技" in officer.get("/desk/reports/").content.decode()
    page = officer.get(f"/desk/reports/{report.id}/").content.decode()
    assert "职工人数" in page
    wish = {"wish": "accept", "answer": "已按年报更正"}
    assert officer.post(f"/desk/reports/{report.id}/answer", wish).status_code == 302

    answered = visitor.get(receipt)
    assert "已采纳" in answered.content.decode()
    assert "已按年报更正" in answered.content.decode()
    assert "officer" not in answered.content.decode()
    assert "no-store" in answered.headers["Cache-Control"]
    assert officer.post(f"/desk/reports/{report.id}/answer", wish).status_code == 409


def test_a_refusal_gives_its_reason(firm, officer):
    say(firm)
    (report,) = queries.list_reports(viewer=OFFICER, state="open")

    answer = officer.post(f"/desk/reports/{report.id}/answer", {"wish": "refuse", "answer": " "})

    assert answer.status_code == 409
    assert queries.count_open(OFFICER) == 1


def test_the_publics_words_are_not_in_the_journal(firm):
    say(firm, text="电话 13800000000")
    (report,) = queries.list_reports(viewer=OFFICER, state="open")
    actions.answer(report=report.id, accepted=True, text="", by="x", at=AT, viewer=OFFICER)

    lines = Entry.objects.filter(table=actions.TABLE)
    assert lines.count() == 1
    assert "13800000000" not in f"{lines.get().before}{lines.get().after}"


@pytest.mark.parametrize("said", [{"text": " "}, {"text": "长" * 1001}, {"field": "contact"}])
def test_what_says_nothing_or_too_much_is_refused_with_what_was_typed(firm, said):
    given = {"text": "不对", "field": "staff_count"} | said

    answer = Client(SERVER_NAME="localhost").post(f"/reports/about/{firm}", given)

    assert answer.status_code == 422
    assert "请写明错在哪里" in answer.content.decode()
    assert queries.count_open(ADMINISTRATOR) == 0


def test_a_hidden_record_takes_no_report_of_a_visitor(firm):
    hidden = add("organization", name="上海秘密公司", visibility="restricted")

    with pytest.raises(NotVisibleError):
        say(hidden)
    say(hidden, viewer=ADMINISTRATOR)

    assert queries.list_reports(viewer=OFFICER, state="open") == []
    assert queries.count_open(ADMINISTRATOR) == 1
    assert Client(SERVER_NAME="localhost").get(f"/reports/about/{hidden}").status_code == 404


def test_a_flood_is_stopped_and_ends(firm, monkeypatch):
    monkeypatch.setattr(actions, "MOST_IN_AN_HOUR", 3)
    others = [add("organization", name=f"上海{n}号公司") for n in "一二三四"]
    for each in others[:3]:
        say(each)

    with pytest.raises(actions.ReportError):
        say(others[3])
    say(others[3], at=AT + timedelta(hours=2))

    monkeypatch.setattr(actions, "MOST_OPEN", 1)
    with pytest.raises(actions.ReportError):
        say(others[3], at=AT + timedelta(hours=9))


@pytest.mark.parametrize("token", ["x", "0" * 32, "a" * 31])
def test_a_guessed_receipt_is_none(firm, token):
    say(firm)

    assert Client(SERVER_NAME="localhost").get(f"/reports/{token}").status_code == 404


def test_the_desk_is_for_officers(firm):
    assert Client(SERVER_NAME="localhost").get("/desk/reports/").status_code == 302
