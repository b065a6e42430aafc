"""No page that depends on who asks is kept for anybody else: every address, every role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.contrib.admin.utils import quote
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from chuangtu.apps.imports import actions as imports
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.viewer import OFFICER
from tests.apps.registers import AT, district, write

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "officer", "administrator")
SAMPLES: dict[str, object] = {
    **{"z": 0, "x": 0, "y": 0, "form": "csv", "kind": "organization", "wish": "apply"},
    **{"code": "310112101", "rest": "nothing", "app_label": "registry", "url": "nothing"},
    **{"content_type_id": 1, "token": "0" * 32},
}


def addresses(found: URLResolver, before: str = "") -> Iterator[str]:
    """Every address as Django writes it, with its parameters in angle brackets."""
    for each in found.url_patterns:
        here = before + _written(each)
        if isinstance(each, URLPattern):
            yield here
        else:
            yield from addresses(each, here)


def _written(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if text.startswith("^") or "(?P<" in text:
        text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text)
        text = re.sub(r"[\^$]|\\Z|\?$", "", text).replace("\\", "")
    return text


def _row_of(address: str) -> object:
    """The key of a row that is there, where the address shows a table of the administration."""
    application, model = [*address.split("/"), "", ""][1:3]
    table = apps.all_models.get(application, {}).get(model)
    first = table and table._default_manager.order_by("pk").first()
    return quote(first.pk) if first else 1


@pytest.fixture
def numbers() -> dict[str, int]:
    """A public record with an internal field, and an import, published."""
    district()
    row = {
        "name": "上海甲仪器有限公司",
        "town": "310112101",
        "address": "七莘路1号",
        "contact": "李四",
    }
    record = write("organization", [row], act="firm").ids[0]
    publish(at=AT)
    batch = imports.upload(
        chunks=["名称,单位类型\n乙公司,企业\n".encode()],
        file_name="名单.csv",
        kind="organization",
        source="测试",
        source_date=date(2016, 1, 1),
        viewer=OFFICER,
        by="test",
        at=AT,
    )
    return {"imports": batch, "": record}


def asked(numbers: dict[str, int]) -> list[str]:
    """Every address with something in the place of each parameter."""
    found = []
    for each in addresses(get_resolver()):
        number = numbers["imports" if each.startswith("desk/imports") else ""]
        known = {**SAMPLES, "number": number, "object_id": _row_of(each)}
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda m, k=known: str(k[m[1]]), each)
        found.append("/" + filled.replace("(?:api|tiles)", "api"))
    return [*found, "/compare?a=310112101&b=310112102", "/resources/999999", "/desk/nothing"]


def client_of(role: str) -> Client:
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if role != "nobody":
        person = get_user_model().objects.create_user(
            username=f"the-{role}", password="-", first_name="张三", role=role
        )
        client.force_login(person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    return client


def said(answer) -> set[str]:
    return {each.strip() for each in answer.get("Cache-Control", "").split(",")}


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_that_depends_on_who_asks_is_kept_for_another(numbers, role):
    client, stranger = client_of(role), client_of("nobody")
    open_to_all, told = [], []

    for address in asked(numbers):
        answer, strangers = client.get(address), stranger.get(address)
        rules = said(answer)
        assert answer.status_code < 500, address
        if not rules & {"private", "no-store"}:
            open_to_all.append(address)
            if _body(answer) != _body(strangers):
                told.append((address, sorted(rules)))

    assert not told
    assert len(open_to_all) < 12, open_to_all


def test_nothing_is_kept_without_asking_again(numbers):
    stranger = client_of("nobody")

    answers = {each: stranger.get(each) for each in asked(numbers)}

    rules = {address: said(answer) for address, answer in answers.items()}
    assert [a for a, said in rules.items() if not said & {"no-cache", "no-store"}] == []
    assert [a for a, said in rules.items() if "public" in said] == []
    with_cookie = [a for a, answer in answers.items() if answer.cookies]
    assert with_cookie
    assert [a for a in with_cookie if "private" not in rules[a]] == []


def test_what_has_a_tag_is_asked_about_and_not_sent_again(numbers):
    stranger = client_of("nobody")
    tagged = {each: a["ETag"] for each in asked(numbers) if "ETag" in (a := stranger.get(each))}

    again = {each: stranger.get(each, headers={"if-none-match": tagged[each]}) for each in tagged}

    assert "/api/v1/resources" in tagged
    assert "/tiles/0/0/0.mvt" in tagged
    assert {each: answer.status_code for each, answer in again.items()} == dict.fromkeys(
        again, 304
    )
    assert [each for each, answer in again.items() if "no-cache" not in said(answer)] == []


@pytest.mark.parametrize("path", ["/resources/{}", "/print", "/areas/310112101", "/"])
def test_pages_that_show_more_to_an_officer_are_private(numbers, path):
    answer = client_of("officer").get(path.format(numbers[""]))

    assert answer.status_code == 200
    assert ("李四" in answer.content.decode()) == path.startswith("/resources")
    assert said(answer) == {"private", "no-cache"}
    assert {"Cookie", "Accept-Language"} <= set(re.split(r", *", answer["Vary"]))


def _body(answer) -> bytes:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return b"%d " % answer.status_code + whole
