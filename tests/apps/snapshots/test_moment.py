"""What is read in one moment is of that moment, and keeps nobody from writing."""

import threading

import pytest
from django.db import connection, connections

from chuangtu.apps.registry.queries import count_all
from chuangtu.apps.snapshots import actions, queries
from chuangtu.apps.snapshots.moment import one_moment
from chuangtu.terms.selection import Selection
from tests.apps.registers import AT, add

pytestmark = pytest.mark.django_db(transaction=True)


def written_beside(name):
    """Write a record as another process would."""

    def write():
        try:
            add("alliance", name=name)
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(60)
    assert not thread.is_alive(), "the writer had to wait"


def test_what_is_written_meanwhile_is_not_seen_and_then_is():
    add("alliance", name="天文馆")
    with one_moment():
        assert count_all() == 1
        written_beside("航天馆")
        with one_moment():
            assert count_all() == 1

    assert count_all() == 2
    assert not connection.in_atomic_block


def test_a_failure_ends_the_moment():
    with pytest.raises(ZeroDivisionError), one_moment():
        1 / count_all()

    add("alliance", name="天文馆")
    assert count_all() == 1


def test_a_version_holds_nothing_of_an_act_that_came_meanwhile(monkeypatch):
    add("alliance", name="天文馆")
    build = actions.build_base

    def slowly(folder, chunks):
        first = next(chunks)
        written_beside("航天馆")
        return build(folder, [first, *chunks])

    monkeypatch.setattr(actions, "build_base", slowly)

    version = actions.publish(at=AT)

    assert (version.count, version.sequence) == (1, 1)
    assert queries.count(Selection()).total == 2
