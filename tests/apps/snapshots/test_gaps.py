"""An act too large to be carried waits for the next version, and nothing else waits with it."""

import random

import pytest
from django.db import transaction

from chuangtu.apps.journal.actions import announce
from chuangtu.apps.journal.queries import last_sequence
from chuangtu.apps.registry.queries import iter_published
from chuangtu.apps.snapshots import actions, laying, queries, reader, segments
from chuangtu.apps.snapshots.answers import Answers
from chuangtu.apps.snapshots.reader import Reader
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.random_selections import draw
from tests.apps.registers import AT, add, alter, district, drop, fill, write
from tests.apps.vector_tiles import total

VIEWERS = (VISITOR, OFFICER, ADMINISTRATOR)
HERE = {"longitude": "121.4", "latitude": "31.1", "crs": "wgs84"}
LARGE = ["甲馆", "乙馆", "丙馆", "丁馆"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def four_are_a_large_act(monkeypatch):
    monkeypatch.setattr(laying, "AT_ONCE", 1)
    monkeypatch.setattr(reader, "MOST_SINGLE", 3)
    for each in (laying, reader):
        monkeypatch.setattr(each, "MOST_LAID", 3)


def import_museums(names, *, act="museums"):
    with transaction.atomic():
        since = last_sequence()
        write("alliance", [{"name": each, **HERE} for each in names], act=act)
        announce(since=since)


def names_seen(one):
    return {each["name"] for each in Answers(one.read()).page(Selection()).items}


def test_changes_before_and_after_a_large_act_show_at_once(settings):
    old = add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    add("alliance", name="航天馆", **HERE)
    assert names_seen(one) == {"天文馆", "航天馆"}

    import_museums(LARGE)
    assert names_seen(one) == {"天文馆", "航天馆"}
    new = add("alliance", name="地质馆", **HERE)
    alter(old, name="天象馆")

    for each in (one, Reader(settings.SNAPSHOTS)):
        assert names_seen(each) == {"天象馆", "航天馆", "地质馆"}
        assert each.read().find_payload(new)["name"] == "地质馆"
    assert queries.behind() == len(LARGE)


def test_the_next_version_shows_what_was_stepped_over(settings):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    import_museums(LARGE)
    add("alliance", name="地质馆", **HERE)
    before = Answers(one.read())
    assert before.reading.gaps

    actions.publish(at=AT)

    after = Answers(one.read())
    assert after.reading.gaps == ()
    assert names_seen(one) == {"天文馆", "地质馆", *LARGE}
    assert before.etag(Selection()) != after.etag(Selection())
    assert queries.behind() == 0
    assert list((settings.SNAPSHOTS / segments.SHELF).iterdir()) == []


def test_a_small_act_after_a_large_one_is_taken_up(settings):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    import_museums(LARGE)
    import_museums(["戊馆", "己馆"], act="small")

    one = Reader(settings.SNAPSHOTS)

    assert names_seen(one) == {"天文馆", "戊馆", "己馆"}
    assert len(one.read().laid) == 1


def test_a_state_with_a_gap_is_told_from_one_without(settings, monkeypatch):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    import_museums(LARGE)
    lacking = Answers(Reader(settings.SNAPSHOTS).read())

    monkeypatch.setattr(reader, "MOST_SINGLE", 50)
    monkeypatch.setattr(reader.segments, "list_after", lambda *_: [])
    whole = Answers(Reader(settings.SNAPSHOTS).read())

    assert (lacking.count(Selection()).total, whole.count(Selection()).total) == (1, 5)
    assert lacking.reading.sequence == whole.reading.sequence
    assert lacking.stamp != whole.stamp
    assert lacking.etag(Selection()) != whole.etag(Selection())


def test_a_district_without_a_version_goes_on_as_it_was(settings, client):
    """From the commit of the first import until the first version."""
    district()
    import_museums(LARGE)

    for address in ("/", "/explore", "/tiles/0/0/0.mvt", "/export.csv"):
        assert client.get(address).status_code == 200, address
    assert client.get("/api/v1/resources").json()["total"] == 0
    number = add("alliance", name="天文馆", **HERE)
    assert client.get(f"/resources/{number}").status_code == 200
    assert client.get("/api/v1/resources").json()["total"] == 1
    actions.publish(at=AT)
    assert client.get("/api/v1/resources").json()["total"] == 5


def test_a_record_changed_before_and_in_a_large_act_is_the_same_in_every_process(settings):
    number = add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    alter(number, description="先改一次")
    assert one.read().find_payload(number)["values"]["description"] == "先改一次"
    with transaction.atomic():
        since = last_sequence()
        import_museums(LARGE)
        alter(number, description="又改一次")
        announce(since=since)

    late = Reader(settings.SNAPSHOTS)

    assert one.read().stamp == late.read().stamp
    assert one.read().find_payload(number) == late.read().find_payload(number)


@pytest.mark.django_db(transaction=True)
def test_a_large_act_rolled_back_leaves_no_gap(settings):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    with transaction.atomic():
        import_museums(LARGE)
        transaction.set_rollback(True)
    assert list((settings.SNAPSHOTS / segments.SHELF).iterdir())

    for name in ("真馆一", "真馆二", "真馆三"):
        add("alliance", name=name, **HERE)

    one = Reader(settings.SNAPSHOTS)
    assert len(names_seen(one)) == 4
    assert one.read().gaps == ()


def a_large_act_among_small_ones(rng):
    """A version, single changes, an act too large to be carried, more changes."""
    district()
    fill(rng, 6)
    actions.publish(at=AT)
    plain = ("alliance", "patent", "workstation")
    numbers = [row.id for c in iter_published(500) for row in c if row.kind in plain]
    alter(numbers[0], visibility="restricted")
    with transaction.atomic():
        since = last_sequence()
        fill(rng, 8, act="large")
        drop(numbers.pop())
        alter(numbers[0], visibility="public")
        alter(numbers[1], visibility="internal")
        announce(since=since)
    alter(numbers[1], visibility="public")
    fill(rng, 1, act="small")
    drop(numbers.pop())


@pytest.mark.parametrize("seed", [1, 2])
def test_all_answers_of_a_state_with_gaps_agree(settings, monkeypatch, seed):
    monkeypatch.setattr(reader, "MOST_SINGLE", 60)
    for each in (laying, reader):
        monkeypatch.setattr(each, "MOST_LAID", 60)
    rng = random.Random(seed)
    a_large_act_among_small_ones(rng)
    view = Answers(Reader(settings.SNAPSHOTS).read())
    assert len(view.reading.gaps) == 1
    rows = [row for chunk in iter_published(500) for row in chunk]
    shown = [row for row in rows if view.reading.find_payload(row.id)]
    assert 0 < len(shown) < len(rows)
    found = 0

    for turn in range(45):
        viewer = VIEWERS[turn % 3]
        selection = draw(rng, queries.describe(viewer), shown, viewer)
        count = view.count(selection)
        assert len(set(counts_of(view, selection))) == 1, selection.parameters()
        assert count.total == total(view.tile(selection, 0, 0, 0)) + count.unlocated
        found += count.total > 0
    assert found > 15


def counts_of(view, selection):
    """The number of a Selection from every side."""
    yield view.count(selection).total
    yield view.page(selection).total
    yield sum(len(batch) for batch in view.batches(selection))
    kinds = view.facets(selection, ["kind"])["kind"]
    yield sum(each.count for each in kinds if each.code in (selection.kinds or {each.code}))


def test_a_record_of_a_large_act_is_not_there_yet(settings):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    import_museums(LARGE)
    numbers = {r.name: r.id for chunk in iter_published(500) for r in chunk}

    with pytest.raises(NotVisibleError):
        queries.payload(numbers["甲馆"], ADMINISTRATOR)
    alter(numbers["甲馆"], name="甲新馆")
    assert queries.payload(numbers["甲馆"], VISITOR)["name"] == "甲新馆"
