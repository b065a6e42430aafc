"""Long work is done beside the work of the background, which waits for none of it."""

import sys
import time

import psutil

from chuangtu.site.recurring import EVERY_S, LATEST_S, SEARCH_EVERY_S, Recurring, searching

SLOW = (sys.executable, "-c", "import time; time.sleep(60)")
FAILS = (sys.executable, "-c", "raise SystemExit(3)")


def children():
    return psutil.Process().children()


def test_one_is_done_at_a_time_and_nobody_waits_for_it():
    moment = 0.0
    one = Recurring(SLOW, lambda: True, clock=lambda: moment)
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


def test_what_fails_is_told_and_tried_again_ever_later(caplog):
    moment = 0.0
    one = Recurring(FAILS, lambda: True, clock=lambda: moment)
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
    assert "failed (status 3); what there was stays" in caplog.text


def test_a_success_ends_the_waiting():
    moment = 0.0
    one = Recurring(FAILS, lambda: True, clock=lambda: moment)
    for command in (FAILS, FAILS, (sys.executable, "-c", "")):
        one._command = command
        one.look()
        one._process.wait()
        one.look()
        moment = max(one._due, moment)

    assert one._failures == 0
    one.end()


def test_nothing_is_begun_that_is_not_due():
    Recurring(SLOW, lambda: False).look()

    assert children() == []


def test_a_database_that_is_away_is_waited_for(caplog):
    def is_away():
        raise OSError("no database")

    Recurring(SLOW, is_away).look()

    assert children() == []
    assert "it could not be found out" in caplog.text


def test_organizations_are_compared_seldom_and_behind_the_pages(db, monkeypatch):
    monkeypatch.setattr("chuangtu.apps.duplicates.queries.is_due", lambda: True)
    one = searching()
    one._command, one._clock = SLOW, lambda: 0.0

    one.look()

    (process,) = children()
    time.sleep(0.2)
    assert process.nice() > 0
    assert one._due == SEARCH_EVERY_S
    one.end()
