"""Who guesses passwords is locked out, and nobody else is."""

from datetime import timedelta

import pytest
from axes.models import AccessFailureLog
from django.core.management import call_command
from django.db.models import F
from django.test import Client

from chuangtu.apps.accounts import actions, lockout
from chuangtu.apps.accounts.lockout import ACCOUNT, ADDRESS
from chuangtu.terms.viewer import Role
from tests.apps.registers import AT

pytestmark = pytest.mark.django_db
PASSWORD = "qixin-lu-1158"


def answer(password, address, username="zhangsan", language="zh-hans"):
    """What the sign-in page answers to somebody at this address behind the proxy."""
    client = Client()
    client.cookies["django_language"] = language
    return client.post(
        "/accounts/sign-in/",
        {"username": username, "password": password},
        headers={"x-forwarded-for": address},
    )


@pytest.fixture
def zhangsan(settings):
    settings.TRUSTED_PROXIES = 1
    actions.grant(username="zhangsan", role=Role.OFFICER, password=PASSWORD, by="test", at=AT)


def let_pass(time):
    """As if all failures so far lay so much further back."""
    AccessFailureLog.objects.update(attempt_time=F("attempt_time") - time)


@pytest.mark.parametrize("proxies", [0, 1])
def test_who_guesses_behind_a_proxy_locks_out_nobody_else(settings, proxies):
    settings.TRUSTED_PROXIES = proxies
    actions.grant(username="zhangsan", role=Role.OFFICER, password=PASSWORD, by="test", at=AT)

    guesses = [answer("wrong", "203.0.113.7").status_code for _ in range(8)]

    assert guesses[-1] == 429
    assert answer(PASSWORD, "203.0.113.7").status_code == 429
    # Without a trusted proxy what a client says of its address counts for nothing.
    assert answer(PASSWORD, "198.51.100.9").status_code == (302 if proxies else 429)


def test_one_password_tried_on_many_accounts_makes_the_address_wait(zhangsan):
    tries = range(ADDRESS.failures)
    guesses = [answer("Spring2026", "203.0.113.7", f"person{n}").status_code for n in tries]
    told = answer(PASSWORD, "203.0.113.7")

    assert guesses == [200] * (ADDRESS.failures - 1) + [429]
    assert told.status_code == 429
    assert "请 15 分钟后再试" in told.content.decode()
    assert 840 < int(told["Retry-After"]) <= 900
    assert "in 15 minutes" in answer(PASSWORD, "203.0.113.7", language="en").content.decode()
    assert answer(PASSWORD, "198.51.100.9").status_code == 302
    # Waiting tries were not counted: the wait ends when it was told to end.
    let_pass(ADDRESS.within)
    assert answer(PASSWORD, "203.0.113.7").status_code == 302


def test_signing_in_to_an_own_account_between_guesses_frees_no_address(zhangsan):
    for n in range(ADDRESS.failures):
        if n % 5 == 4:
            assert answer(PASSWORD, "203.0.113.7").status_code == 302
        last = answer("Spring2026", "203.0.113.7", f"person{n}")

    assert last.status_code == 429


def test_a_subscriber_of_ipv6_is_one_address_however_many_are_used(zhangsan):
    for n in range(ADDRESS.failures):
        answer("Spring2026", f"2001:db8:7:1::{n:x}", f"person{n}")

    assert answer(PASSWORD, "2001:db8:7:1:ffff::1").status_code == 429
    assert answer(PASSWORD, "2001:db8:7:2::1").status_code == 302


def test_one_account_guessed_at_from_many_addresses_waits_but_not_where_it_signed_in(zhangsan):
    assert answer(PASSWORD, "198.51.100.9").status_code == 302
    tries = range(ACCOUNT.failures)
    guesses = [answer(f"Spring{n}", f"203.0.113.{n}").status_code for n in tries]
    let_pass(timedelta(minutes=20))
    told = answer(PASSWORD, "203.0.113.200")

    assert guesses == [200] * (ACCOUNT.failures - 1) + [429]
    assert told.status_code == 429
    assert "请 40 分钟后再试" in told.content.decode()
    assert answer(PASSWORD, "198.51.100.9").status_code == 302
    assert answer("x", "203.0.113.200", "lisi").status_code == 200
    let_pass(timedelta(minutes=40))
    assert answer(PASSWORD, "203.0.113.200").status_code == 302


def test_the_operator_frees_an_account_or_an_address(zhangsan):
    for n in range(ACCOUNT.failures):
        answer("wrong", f"203.0.113.{n}")
    for n in range(ADDRESS.failures):
        answer("wrong", "192.0.2.1", f"person{n}")

    call_command("axes_reset_username", "zhangsan")
    call_command("axes_reset_ip", "192.0.2.1")

    assert answer(PASSWORD, "203.0.113.200").status_code == 302
    assert answer(PASSWORD, "192.0.2.1").status_code == 302


def test_what_a_proxy_passes_on_that_is_no_address_is_the_connections(zhangsan):
    assert answer("wrong", "not-an-address").status_code == 200
    assert AccessFailureLog.objects.get().ip_address == "127.0.0.1"


def test_old_failures_are_forgotten(zhangsan, monkeypatch):
    monkeypatch.setattr(lockout, "CLEARED_EVERY", 1)
    answer("wrong", "192.0.2.1")
    let_pass(timedelta(hours=25))
    answer("wrong", "192.0.2.3")

    assert [each.ip_address for each in AccessFailureLog.objects.all()] == ["192.0.2.3"]
