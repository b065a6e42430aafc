"""What tests of apps start from: snapshots of their own, read anew at every question."""

import os
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import transaction
from django.test import override_settings

from chuangtu.apps.snapshots import declared


@pytest.fixture(autouse=True)
def own_snapshots(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    settings.SNAPSHOT_CHECK_MS = 0
    declared._described.clear()


@pytest.fixture(scope="module")
def shared_register(django_db_setup, django_db_blocker, tmp_path_factory):
    """One random register for all tests of a module; each test's own changes are undone."""
    from tests.apps.registers import changed_register

    folder = tmp_path_factory.mktemp("register") / "snapshots"
    with (
        django_db_blocker.unblock(),
        override_settings(SNAPSHOTS=folder, SNAPSHOT_CHECK_MS=0),
        transaction.atomic(),
    ):
        changed_register()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def register(shared_register, settings, db):
    """The module's register, with a published version and changes on top."""
    settings.SNAPSHOTS = shared_register


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
