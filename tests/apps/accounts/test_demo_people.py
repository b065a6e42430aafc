"""Demonstration accounts have a published password, so they open nothing but a demonstration."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from chuangtu.apps.accounts import actions, queries
from chuangtu.apps.journal import queries as journal
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    actions.ensure_demo_people(by="test", at=AT)


def test_in_a_demonstration_each_account_is_its_role(demo, rf):
    assert queries.viewer_of(queries.find_demo_person("demo-officer")) == OFFICER
    assert queries.viewer_of(queries.find_demo_person("demo-admin")) == ADMINISTRATOR


def test_outside_a_demonstration_the_published_password_opens_nothing(demo, settings, rf):
    person = queries.find_demo_person("demo-officer")
    settings.DEMO = False

    request = rf.post("/")
    opened = authenticate(request, username="demo-officer", password=actions.DEMO_PASSWORD)

    assert opened is None
    assert queries.viewer_of(person) == VISITOR
    assert queries.list_demo_people() == []


def test_one_click_signs_in(demo):
    client = Client()

    client.post(reverse("accounts:demo-sign-in"), {"username": "demo-admin"})

    assert client.session["_auth_user_id"] == str(queries.find_demo_person("demo-admin").pk)


def test_one_click_signs_nobody_in_outside_a_demonstration(demo, settings):
    settings.DEMO = False
    client = Client()

    answer = client.post(reverse("accounts:demo-sign-in"), {"username": "demo-admin"})

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_one_click_needs_a_form_of_ours(demo):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(reverse("accounts:demo-sign-in"), {"username": "demo-admin"})

    assert answer.status_code == 403


def test_a_session_of_a_demonstration_ends_with_it(demo, settings):
    client = Client()
    client.post(reverse("accounts:demo-sign-in"), {"username": "demo-admin"})
    settings.DEMO = False

    answer = client.get("/admin/")

    assert answer.status_code == 302


def test_the_tables_ask_for_the_right_on_the_platforms_own_pages(demo):
    client = Client()
    visitor = client.get("/admin/", follow=True)
    client.post(reverse("accounts:demo-sign-in"), {"username": "demo-officer"})
    officer = client.get("/admin/", follow=True)

    assert visitor.redirect_chain[-1][0] == "/accounts/sign-in/?next=/admin/"
    assert officer.status_code == 403
    assert 'href="/admin/"' not in client.get("/desk/").content.decode()
    assert "您没有这一页的权限" in officer.content.decode()


def test_an_administrator_looks_at_every_table_and_changes_none(demo):
    client = Client()
    client.post(reverse("accounts:demo-sign-in"), {"username": "demo-admin"})
    index = client.get("/admin/").content.decode()
    tables = set(re.findall(r'href="(/admin/[a-z]+/[a-z]+/)"', index))

    assert {"/admin/registry/resource/", "/admin/journal/entry/", "/admin/places/area/"} <= tables
    for each in tables:
        assert client.get(each).status_code == 200
        assert client.post(f"{each}add/", {}).status_code == 403
    assert "/add/" not in index
    assert 'href="/admin/"' in client.get("/desk/").content.decode()


def test_the_published_password_is_not_changed_among_the_tables(demo):
    client = Client()
    client.post(reverse("accounts:demo-sign-in"), {"username": "demo-admin"})

    assert client.get("/admin/password_change/").status_code == 403
    assert client.get("/admin/axes/accesslog/").status_code == 200


def test_making_them_twice_makes_them_once_and_the_journal_says_so(demo):
    before = len(list(journal.list_of_act(act="demo-people")))

    actions.ensure_demo_people(by="test", at=AT)

    assert before == 2
    assert len(list(journal.list_of_act(act="demo-people"))) == 2
    assert journal.find_broken() is None


def test_nobody_is_a_visitor():
    from django.contrib.auth.models import AnonymousUser

    assert queries.viewer_of(AnonymousUser()) == VISITOR
