"""Versions are built beside the work of the background, which waits for none of them."""

import sys
import time

import psutil
import pytest

from chuangtu.site import publishing
from chuangtu.site.publishing import EVERY_S, LATEST_S, Publishing

SLOW = (sys.executable, "-c", "import time; time.sleep(60)")
FAILS = (sys.executable, "-c", "raise SystemExit(3)")


@pytest.fixture
def due(monkeypatch):
    """A new version is always due."""
    monkeypatch.setattr(publishing, "_is_due", lambda: True)


def children():
    return psutil.Process().children()


def test_one_version_is_built_at_a_time_and_nobody_waits_for_it(due):
    moment = 0.0
    one = Publishing(SLOW, clock=lambda: moment)
    begun = time.monotonic()

    one.look()
    builders = children()
    moment = 1_000.0
    one.look()

    assert time.monotonic() - begun < 20
    assert len(builders) == 1
    assert children() == builders
    one.end()
    assert children() == []


def test_a_version_that_fails_is_told_and_tried_again_ever_later(due, caplog):
    moment = 0.0
    one = Publishing(FAILS, clock=lambda: moment)
    waits = []
    for _ in range(8):
        one.look()
        one._process.wait()
        one.look()
        assert one._process is None, "it is not tried again at once"
        waits.append(one._due - moment)
        moment = one._due

    assert waits[:3] == [EVERY_S * 2, EVERY_S * 4, EVERY_S * 8]
    assert waits[-1] == LATEST_S
    assert "publishing failed (status 3); readers keep the version they have" in caplog.text


def test_a_success_ends_the_waiting(due):
    moment = 0.0
    one = Publishing(FAILS, clock=lambda: moment)
    for command in (FAILS, FAILS, (sys.executable, "-c", "")):
        one._command = command
        one.look()
        one._process.wait()
        one.look()
        moment = max(one._due, moment)

    assert one._failures == 0
    one.end()


def test_nothing_is_begun_when_no_version_is_due(monkeypatch):
    monkeypatch.setattr(publishing, "_is_due", lambda: False)

    Publishing(SLOW).look()

    assert children() == []
