"""What tests of apps start from: snapshots of their own, read anew at every question."""

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
