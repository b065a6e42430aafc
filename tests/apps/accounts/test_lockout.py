"""Who guesses passwords is locked out, and nobody else is."""

import pytest
from django.test import Client

from chuangtu.apps.accounts import actions
from chuangtu.terms.viewer import Role
from tests.apps.registers import AT

pytestmark = pytest.mark.django_db
PASSWORD = "qixin-lu-1158"


def answer(password, address):
    """What the sign-in page answers to somebody at this address behind the proxy."""
    return Client().post(
        "/accounts/sign-in/",
        {"username": "zhangsan", "password": password},
        headers={"x-forwarded-for": address},
    )


@pytest.mark.parametrize("proxies", [0, 1])
def test_who_guesses_behind_a_proxy_locks_out_nobody_else(settings, proxies):
    settings.TRUSTED_PROXIES = proxies
    actions.grant(username="zhangsan", role=Role.OFFICER, password=PASSWORD, by="test", at=AT)

    guesses = [answer("wrong", "203.0.113.7").status_code for _ in range(8)]

    assert guesses[-1] == 429
    assert answer(PASSWORD, "203.0.113.7").status_code == 429
    # Without a trusted proxy what a client says of its address counts for nothing.
    assert answer(PASSWORD, "198.51.100.9").status_code == (302 if proxies else 429)
