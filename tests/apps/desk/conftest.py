"""An officer at the desk of a district with a few organizations."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.apps.registers import AT, district, write


def _person(role: str) -> Client:
    person = get_user_model().objects.create_user(
        username=f"the-{role}", password="-", first_name="张三", role=role
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    return client


@pytest.fixture
def officer(db) -> Client:
    return _person("officer")


@pytest.fixture
def signed_in_visitor(db) -> Client:
    return _person("visitor")


@pytest.fixture
def stranger(db) -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def firm(db) -> int:
    """The number of one organization of the register."""
    district()
    row = {"name": "上海甲仪器有限公司", "town": "310112101", "address": "七莘路1号"}
    return write("organization", [row], act="firm").ids[0]


@pytest.fixture
def work_on(db):
    """Does what was asked of the background, as the worker does."""
    from chuangtu.apps.imports.actions import work_on as do
    from chuangtu.apps.imports.queries import list_waiting

    def work() -> None:
        for batch in list_waiting():
            do(batch=batch, at=lambda: AT)

    return work
