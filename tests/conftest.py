"""Guards for all tests: no network but loopback; tables can be emptied between tests."""

import socket

import pytest


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
