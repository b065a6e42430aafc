"""A state holds what it says it holds, also where somebody writes while it is read."""

import pytest

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import actions, reader
from chuangtu.apps.snapshots.reader import Reader
from tests.apps.registers import AT, add, alter

pytestmark = pytest.mark.django_db


@pytest.fixture
def met(settings, monkeypatch):
    """A reader, a record it knows, and what happens whenever changed records are read."""
    settings.SNAPSHOT_CHECK_MS = 0
    number, meanwhile, read = add("alliance", name="天文馆"), [], registry.published
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    one.read()

    def published(numbers):
        if meanwhile:
            alter(number, name=meanwhile.pop(0))
        return read(numbers)

    monkeypatch.setattr(reader.registry, "published", published)
    return one, number, meanwhile


def test_what_is_committed_while_a_change_is_read_is_part_of_the_state(met):
    one, number, meanwhile = met
    alter(number, name="航天馆")
    meanwhile += ["航海馆", "海洋馆"]

    state = one.read()

    assert state.find_payload(number)["name"] == "海洋馆"
    assert state.sequence == journal.last_sequence()


def test_who_never_stops_writing_holds_nobody_up(met):
    one, number, meanwhile = met
    alter(number, name="航天馆")
    meanwhile += [f"第{each}馆" for each in range(reader.TRIES + 3)]

    one.read()

    assert meanwhile
    meanwhile.clear()
    (row,) = registry.published([number])
    assert one.read().find_payload(number)["name"] == row.name
    assert one.read().sequence == journal.last_sequence()
