"""What a large act laid down is read as if each process had read the register itself."""

import random
import shutil

import pytest
from django.db import transaction

from chuangtu.apps.journal.actions import announce, withdrawn_if_lost
from chuangtu.apps.journal.queries import last_sequence
from chuangtu.apps.registry.queries import iter_published
from chuangtu.apps.snapshots import actions, bases, laying, queries, reader, segments
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


@pytest.fixture(autouse=True)
def small_acts_are_laid_down(monkeypatch):
    monkeypatch.setattr(laying, "AT_ONCE", 1)


def import_museums(names, *, act="museums"):
    """One act, as an import ends."""
    with transaction.atomic():
        since = last_sequence()
        write("alliance", [{"name": each, **HERE} for each in names], act=act)
        announce(since=since)


def laid(settings):
    return sorted(each.name for each in (settings.SNAPSHOTS / segments.SHELF).glob("*"))


def names_seen(one):
    return {each["name"] for each in Answers(one.read()).page(Selection()).items}


@pytest.fixture
def no_reading(monkeypatch):
    """Whoever reads records from the register fails."""

    def refuse(_):
        raise AssertionError("a reader read records that were laid down for it")

    def forbid():
        monkeypatch.setattr(reader.registry, "published", refuse)

    return forbid


def random_register_with_acts(seed):
    """Acts laid down over a version, with single changes before, between and after."""
    rng = random.Random(seed)
    district()
    fill(rng, 8)
    actions.publish(at=AT)
    plain = ("alliance", "patent", "workstation")
    numbers = [row.id for c in iter_published(500) for row in c if row.kind in plain]
    for turn, act in enumerate(("lata", "latb", "latc")):
        alter(numbers[turn], visibility="restricted")
        drop(numbers.pop())
        with transaction.atomic():
            since = last_sequence()
            fill(rng, 3, act=act)
            drop(numbers.pop())
            alter(numbers[turn], visibility="internal")
            alter(numbers[turn + 1], visibility="public")
            announce(since=since)
        late = [row.id for c in iter_published(500) for row in c if row.kind == "recognition"]
        drop(late[-1])
        alter(late[-2], visibility="public")
        alter(numbers[0], name=f"又改名的{turn}")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_segments_answer_every_question_as_the_register_does(settings, seed):
    random_register_with_acts(seed)
    quick = Answers(Reader(settings.SNAPSHOTS).read())
    assert len(quick.reading.laid) == 3
    assert any(len(each.rows) < len(each.segment.base.atlas) for each in quick.reading.laid)
    shutil.rmtree(settings.SNAPSHOTS / segments.SHELF)
    slow = Answers(Reader(settings.SNAPSHOTS).read())
    assert slow.reading.laid == ()
    assert quick.stamp == slow.stamp
    rows = [row for chunk in iter_published(500) for row in chunk]
    rng = random.Random(seed)
    found = 0

    for turn in range(40):
        viewer = VIEWERS[turn % 3]
        selection = draw(rng, queries.describe(viewer), rows, viewer)
        assert quick.count(selection) == slow.count(selection), selection.parameters()
        assert quick.facets(selection) == slow.facets(selection)
        one, other = (each.page(selection, limit=500) for each in (quick, slow))
        assert (one.items, one.total) == (other.items, other.total)
        drawn = [each.tile(selection, 0, 0, 0) for each in (quick, slow)]
        assert total(drawn[0]) == total(drawn[1])
        word = rng.choice(rows).name[:2]
        typed = [{e["id"] for e in a.suggest(word, viewer, 500)} for a in (quick, slow)]
        assert typed[0] == typed[1]
        found += one.total > 0
        for row in rng.sample(rows, 5):
            assert answer(quick, row.id, viewer) == answer(slow, row.id, viewer)
    assert found > 13


def answer(answers, number, viewer):
    try:
        return answers.payload(number, viewer)
    except NotVisibleError:
        return None


@pytest.mark.django_db
def test_every_process_shows_an_act_without_reading_its_records(settings, no_reading):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    workers = [Reader(settings.SNAPSHOTS) for _ in range(2)]
    assert all(names_seen(each) == {"天文馆"} for each in workers)

    import_museums(["甲馆", "乙馆", "丙馆"])

    no_reading()
    for each in workers:
        assert names_seen(each) == {"天文馆", "甲馆", "乙馆", "丙馆"}
        found = Answers(each.read()).page(Selection(words="乙馆"), order="relevance")
        assert [item["name"] for item in found.items] == ["乙馆"]
        assert total(Answers(each.read()).tile(Selection(), 0, 0, 0)) == 4


@pytest.mark.django_db
def test_an_act_that_removes_records_is_laid_down_too(settings, no_reading):
    numbers = [add("alliance", name=each, **HERE) for each in ("甲馆", "乙馆", "丙馆")]
    actions.publish(at=AT)
    with transaction.atomic():
        since = last_sequence()
        for each in numbers[:2]:
            drop(each)
        announce(since=since)

    no_reading()
    one = Reader(settings.SNAPSHOTS)

    assert names_seen(one) == {"丙馆"}
    assert one.read().find_payload(numbers[0]) is None


@pytest.mark.django_db(transaction=True)
def test_an_act_rolled_back_is_never_read_also_when_its_numbers_come_again(settings):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    with transaction.atomic():
        import_museums(["幻馆一", "幻馆二", "幻馆三"])
        transaction.set_rollback(True)
    (dead,) = laid(settings)
    one = Reader(settings.SNAPSHOTS)
    assert names_seen(one) == {"天文馆"}

    for name in ("真馆一", "真馆二", "真馆三"):
        add("alliance", name=name, **HERE)
    assert names_seen(one) == {"天文馆", "真馆一", "真馆二", "真馆三"}
    import_museums(["新馆一", "新馆二"], act="later")

    assert dead not in laid(settings)
    assert len(names_seen(one)) == 6


def lose_at_the_end(names, settings):
    with withdrawn_if_lost(), transaction.atomic():
        import_museums(names)
        assert len(laid(settings)) == 2
        raise OSError(28, "No space left on device")


@pytest.mark.django_db(transaction=True)
def test_an_act_that_has_no_room_at_its_commit_leaves_no_segment(settings):
    add("alliance", name="天文馆", **HERE)
    import_museums(["甲馆", "乙馆"], act="before")
    before = laid(settings)

    with pytest.raises(OSError, match="No space"):
        lose_at_the_end(["幻馆一", "幻馆二"], settings)

    assert laid(settings) == before
    assert len(before) == 1


@pytest.mark.django_db
def test_a_full_disk_keeps_no_act_from_being_written(settings, monkeypatch, caplog):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(bases, "build_search", fail)
    import_museums(["甲馆", "乙馆"])

    assert laid(settings) == []
    assert "could not be laid down" in caplog.text
    assert names_seen(Reader(settings.SNAPSHOTS)) == {"天文馆", "甲馆", "乙馆"}


@pytest.mark.django_db
def test_a_broken_segment_is_not_read(settings):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    import_museums(["甲馆", "乙馆"])
    (name,) = laid(settings)
    shutil.rmtree(settings.SNAPSHOTS / segments.SHELF / name / "atlas")

    one = Reader(settings.SNAPSHOTS)

    assert names_seen(one) == {"天文馆", "甲馆", "乙馆"}
    assert one.read().laid == ()


@pytest.mark.django_db
def test_a_segment_of_other_declarations_is_not_read(settings, monkeypatch):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    import_museums(["甲馆", "乙馆"])
    monkeypatch.setattr(segments, "FORMAT", 99)

    one = Reader(settings.SNAPSHOTS)

    assert names_seen(one) == {"天文馆", "甲馆", "乙馆"}
    assert one.read().laid == ()


@pytest.mark.django_db
def test_a_new_version_holds_the_acts_and_their_segments_are_swept(settings):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    import_museums(["甲馆", "乙馆"])
    assert len(laid(settings)) == 1

    actions.publish(at=AT)

    assert laid(settings) == []
    assert names_seen(Reader(settings.SNAPSHOTS)) == {"天文馆", "甲馆", "乙馆"}


@pytest.mark.django_db
def test_few_changes_are_not_laid_down(settings):
    import_museums(["甲馆"])

    assert laid(settings) == []


@pytest.mark.django_db
def test_an_act_of_more_records_than_are_read_singly_shows_at_once(settings, monkeypatch):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    monkeypatch.setattr(reader, "MOST_SINGLE", 2)
    import_museums(["甲馆", "乙馆", "丙馆", "丁馆"])

    assert names_seen(one) == {"天文馆", "甲馆", "乙馆", "丙馆", "丁馆"}
    assert one.read().gaps == ()


@pytest.mark.django_db
def test_segments_beyond_what_a_process_carries_are_stepped_over(settings, monkeypatch):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    monkeypatch.setattr(reader, "MOST_LAID", 3)
    import_museums(["甲馆", "乙馆"])
    assert len(names_seen(one)) == 3
    import_museums(["丙馆", "丁馆"], act="more")

    add("alliance", name="戊馆", **HERE)
    seen = names_seen(one)
    assert (len(seen), "戊馆" in seen) == (4, True)
    assert names_seen(Reader(settings.SNAPSHOTS)) == seen
    actions.publish(at=AT)
    assert len(names_seen(one)) == 6
