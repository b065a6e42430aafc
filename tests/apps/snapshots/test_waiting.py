"""The threads of a process share one look for what changed, and wait for it, but not for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from chuangtu.apps.snapshots import reader
from chuangtu.apps.snapshots.reader import Reader

PATIENCE_S = 30


class Slow(Reader):
    """A reader whose next state is there when the test says so."""

    def __init__(self, root) -> None:
        super().__init__(root)
        self.looks, self.is_looking, self.may_end = 0, threading.Event(), threading.Event()
        self.may_end.set()

    def _next(self, reading):
        self.looks += 1
        self.is_looking.set()
        assert self.may_end.wait(PATIENCE_S)
        if self.looks == 3:
            raise OSError("no database")
        return f"state {self.looks}"


@pytest.fixture
def slow(tmp_path, monkeypatch, settings):
    settings.SNAPSHOT_CHECK_MS = 60_000
    monkeypatch.setattr(reader, "_in_areas", lambda reading: reading)
    made = Slow(tmp_path)
    assert made.read() == "state 1"
    made.is_looking.clear()
    made.may_end.clear()
    return made


def test_those_who_ask_while_a_change_is_taken_up_get_it_too(slow, monkeypatch):
    monkeypatch.setattr(reader, "WAIT_S", PATIENCE_S)
    slow.stale()
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(slow.read)
        assert slow.is_looking.wait(PATIENCE_S)
        others = [threads.submit(slow.read) for _ in range(3)]
        slow.may_end.set()

        assert {each.result() for each in [first, *others]} == {"state 2"}
    assert slow.looks == 2


def test_what_takes_longer_is_not_waited_for(slow, monkeypatch):
    monkeypatch.setattr(reader, "WAIT_S", 0.01)
    slow.stale()
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(slow.read)
        assert slow.is_looking.wait(PATIENCE_S)

        assert slow.read() == "state 1"

        slow.may_end.set()
        assert first.result() == "state 2"
    assert slow.read() == "state 2"


def test_what_was_changed_during_a_look_is_looked_for_again(slow):
    slow.stale()
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(slow.read)
        assert slow.is_looking.wait(PATIENCE_S)
        slow.stale()
        slow.may_end.set()
        first.result()

    with pytest.raises(OSError, match="no database"):
        slow.read()


def test_a_look_that_failed_leaves_the_state_before_to_the_others(slow):
    slow.may_end.set()
    slow.stale()
    slow.read()
    slow.stale()
    with pytest.raises(OSError, match="no database"):
        slow.read()

    assert slow.read() == "state 2"
    assert slow.looks == 3
