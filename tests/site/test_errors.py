"""Every error a person can meet has a page that says what to do."""

from __future__ import annotations

import errno

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import translation

from chuangtu.apps.snapshots.queries import NotPublishedError
from chuangtu.site import errors
from chuangtu.terms.errors import ChuangtuError, NotVisibleError, ParameterError

RAISED: list[Exception] = []


def _raise(request: HttpRequest) -> HttpResponse:
    raise RAISED[-1]


urlpatterns = [path("raise", _raise), path("", include("chuangtu.site.urls"))]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client() -> Client:
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ParameterError("q", "太长。请缩短。", "Too long. Shorten it."), 400),
        (NotVisibleError("没有这条记录。", "No such record."), 404),
        (ChuangtuError("还不能。", "Not yet."), 400),
        (NotPublishedError("正在准备。", "Not yet published."), 503),
        (Http404(), 404),
        (PermissionDenied(), 403),
        (SuspiciousOperation(), 400),
        (RuntimeError("a secret of the inside"), 500),
        (OSError(errno.ENOSPC, "a secret of the inside"), 507),
        (OperationalError("database or disk is full: a secret of the inside"), 507),
        (OperationalError("no such table: a secret of the inside"), 500),
        (FileNotFoundError(errno.ENOENT, "a secret of the inside"), 500),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else str(each),
)
def test_an_error_becomes_its_page(client: Client, error: Exception, status: int):
    RAISED.append(error)

    answer = client.get("/raise")

    page = answer.content.decode()
    assert answer.status_code == status
    assert "<h1>" in page
    assert 'href="/"' in page
    assert "secret of the inside" not in page
    if isinstance(error, ChuangtuError):
        assert error.zh in page


def test_the_sentence_is_in_the_language_of_the_page(client: Client):
    RAISED.append(NotVisibleError("没有这条记录。", "No such record."))

    page = client.get("/raise", headers={"accept-language": "en"}).content.decode()

    assert "No such record." in page
    assert "没有这条记录" not in page


def test_every_status_of_the_table_has_words():
    assert {status for _, status in errors.TABLE} <= set(errors.WORDS)


def test_a_way_of_asking_that_a_page_does_not_know_has_a_page(client: Client):
    answer = client.get("/accounts/sign-out/")

    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "<h1>" in answer.content.decode()


def test_a_form_without_its_token_is_explained():
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    answer = strict.post("/i18n/setlang/", {"language": "en"})

    assert answer.status_code == 403
    assert "表单已失效" in answer.content.decode()


def test_the_page_of_a_server_error_asks_nothing_of_the_database(
    django_assert_num_queries,
):
    with django_assert_num_queries(0), translation.override("en"):
        answer = errors.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
