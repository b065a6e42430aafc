"""Guards for all tests: no network but loopback; tables can be emptied between tests."""

import gc
import os
import socket
from urllib.parse import urlsplit

import psycopg
import pytest
from hypothesis import settings

# How long an example takes is for the benchmarks to say; a busy machine is no fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage again and again costs a fifth.

    What the tests themselves leave behind is still collected, only less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def no_network_but_loopback():
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"a test tried to reach {address}: tests use no network")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit end with emptied tables, which the journal's own refusal forbids.

    tests/apps/journal puts the refusal back to test it.
    """
    from django.db import connection

    from chuangtu.apps.journal import triggers

    with django_db_blocker.unblock():
        triggers.allow_removal(connection)


@pytest.fixture
def database_of_its_own(tmp_path):
    """The address of an empty database that other processes can open: SQLite or PostgreSQL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    # Tests run beside one another, each in a process of its own.
    name = f"chuangtu_killed_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
