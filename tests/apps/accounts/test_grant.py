"""Whoever runs the installation makes people officers, and every grant is in the journal."""

import io
import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from chuangtu.apps.accounts import actions, queries
from chuangtu.apps.accounts.models import Person
from chuangtu.apps.journal import queries as journal
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR, Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "qixin-lu-1158"


def grant(*arguments, password=PASSWORD, monkeypatch):
    said = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("grant", *arguments, stdout=said)
    return said.getvalue()


def lines_of(person):
    lines = journal.list_of_row(table="accounts.Person", row=str(person.pk))
    return sorted(lines, key=lambda line: line.id)


def test_a_new_officer_signs_in_and_sees_what_officers_see(monkeypatch, rf):
    said = grant("zhangsan", "officer", "--name", "张三", monkeypatch=monkeypatch)

    person = authenticate(rf.post("/"), username="zhangsan", password=PASSWORD)

    assert queries.viewer_of(person) == OFFICER
    assert queries.signature(person) == "张三（zhangsan）"
    assert "zhangsan" in said
    assert PASSWORD not in said


def test_a_role_is_changed_and_taken_back_and_the_password_stays(monkeypatch, rf):
    grant("zhangsan", "officer", monkeypatch=monkeypatch)
    grant("zhangsan", "administrator", password="", monkeypatch=monkeypatch)
    assert queries.viewer_of(Person.objects.get()) == ADMINISTRATOR
    grant("zhangsan", "visitor", password="", monkeypatch=monkeypatch)

    person = authenticate(rf.post("/"), username="zhangsan", password=PASSWORD)

    assert queries.viewer_of(person) == VISITOR
    lines = lines_of(person)
    assert [(each.before or {}).get("role") for each in lines] == [
        None,
        "officer",
        "administrator",
    ]
    assert [each.after["role"] for each in lines] == ["officer", "administrator", "visitor"]
    assert PASSWORD not in str([(each.before, each.after) for each in lines])


def test_the_same_grant_again_changes_nothing(monkeypatch):
    grant("zhangsan", "officer", "--name", "张三", monkeypatch=monkeypatch)
    before = journal.last_sequence(), Person.objects.get().password

    grant("zhangsan", "officer", password="", monkeypatch=monkeypatch)

    assert (journal.last_sequence(), Person.objects.get().password) == before
    assert len(lines_of(Person.objects.get())) == 1


@pytest.mark.parametrize(
    ("username", "password"), [("zhangsan", "12345678"), ("zhangsan", ""), ("张 三", PASSWORD)]
)
def test_a_weak_password_or_a_name_nobody_can_type_makes_no_account(
    monkeypatch, username, password
):
    with pytest.raises(CommandError, match="没有建立"):
        grant(username, "officer", password=password, monkeypatch=monkeypatch)

    assert not Person.objects.exists()


@pytest.mark.parametrize(("username", "password"), [("zhangsan", "1"), ("张/三", PASSWORD)])
def test_what_is_wrong_is_told_in_each_language(monkeypatch, username, password):
    with pytest.raises(CommandError) as told:
        grant(username, "officer", password=password, monkeypatch=monkeypatch)

    zh, en = str(told.value).replace(username, "").splitlines()
    assert not re.search("[a-z]{2}", zh)
    assert en.isascii()


def test_a_demonstration_account_is_given_nothing(monkeypatch):
    actions.ensure_demo_people(by="test", at=AT)

    with pytest.raises(CommandError, match="演示账号"):
        grant("demo-officer", "administrator", monkeypatch=monkeypatch)

    assert Person.objects.get(username="demo-officer").role == Role.OFFICER
