"""What was changed shows at the next question, everywhere, and nothing half."""

import shutil
import threading
import time

import pytest
from django.db import OperationalError

from chuangtu.apps.places.actions import save_area
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import actions, bases, queries, reader, segments
from chuangtu.apps.snapshots.models import Snapshot
from chuangtu.apps.snapshots.reader import NotPublishedError, Reader
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.place import NamedArea
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.registers import AT, add, alter, district, drop
from tests.apps.vector_tiles import total

HERE = {"longitude": "121.4", "latitude": "31.1", "crs": "wgs84"}

pytestmark = pytest.mark.django_db


def found(words, viewer=VISITOR):
    return [each["name"] for each in queries.search(Selection(words=words, viewer=viewer)).items]


def shown(viewer=VISITOR):
    """The one number, from the four places that show it."""
    selection = Selection(viewer=viewer)
    numbers = {
        queries.count(selection).total,
        queries.page(selection).total,
        total(queries.tile(selection, 0, 0, 0)),
        sum(each.count for each in queries.facets(selection, ["kind"])["kind"]),
    }
    assert len(numbers) == 1
    return numbers.pop()


@pytest.mark.parametrize("is_published", [False, True])
def test_a_new_record_shows_in_count_tile_list_and_search(is_published):
    add("alliance", name="天文馆", **HERE)
    if is_published:
        actions.publish(at=AT)

    assert shown() == 1
    add("alliance", name="航天博物馆", **HERE)

    assert shown() == 2
    assert found("航天") == ["航天博物馆"]


def test_a_changed_record_is_found_by_its_new_name_only():
    number = add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)

    alter(number, name="航天博物馆")

    assert (found("天文馆"), found("航天")) == ([], ["航天博物馆"])
    assert queries.payload(number, VISITOR)["name"] == "航天博物馆"
    assert shown() == 1


def test_a_removed_record_is_gone_everywhere():
    number = add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)

    drop(number)

    assert shown() == 0
    assert found("天文") == []
    with pytest.raises(NotVisibleError):
        queries.payload(number, ADMINISTRATOR)


def test_a_hidden_record_is_gone_for_those_who_may_not_see_it():
    number = add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)

    alter(number, visibility="internal")

    assert (shown(VISITOR), shown(OFFICER)) == (0, 1)
    assert (found("天文"), found("天文", OFFICER)) == ([], ["天文馆"])
    with pytest.raises(NotVisibleError):
        queries.payload(number, VISITOR)


def test_publishing_changes_no_answer_and_takes_the_changes_in():
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    add("alliance", name="航天博物馆", **HERE)
    before = queries.page(Selection()).items

    version = actions.publish(at=AT)

    assert queries.page(Selection()).items == before
    assert version.count == 2
    assert reader.reader().read().changed == {}
    assert queries.current().stamp.startswith(version.name)


def test_answers_drawn_from_one_reading_stay_as_they_were():
    add("alliance", name="天文馆", **HERE)
    then = queries.current()

    add("alliance", name="航天博物馆", **HERE)

    assert then.count(Selection()).total == 1
    assert queries.count(Selection()).total == 2


def test_a_failed_publication_leaves_only_the_version_before_and_says_so(settings, monkeypatch):
    add("alliance", name="天文馆", **HERE)
    first = actions.publish(at=AT)
    monkeypatch.setattr(bases, "build_search", fail)
    with pytest.raises(OSError, match="disk full"):
        actions.publish(at=AT)
    monkeypatch.undo()

    folders = {each.name for each in settings.SNAPSHOTS.iterdir() if each.is_dir()}
    assert folders - {segments.SHELF} == {first.name}
    assert queries.current().stamp.startswith(first.name)
    assert shown() == 1
    actions.publish(at=AT)
    states = Snapshot.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["superseded", "abandoned", "ready"]


def fail(*_):
    raise OSError("disk full")


def test_old_versions_are_swept_and_marked(settings):
    for _ in range(4):
        actions.publish(at=AT)

    swept = Snapshot.objects.filter(state="swept").count()
    assert swept == 2
    assert sum(each.is_dir() for each in settings.SNAPSHOTS.iterdir()) == 2


def test_a_version_is_built_when_readers_carry_many_changes(settings):
    settings.SNAPSHOT_OVERLAY = 1
    add("alliance", name="天文馆", **HERE)

    assert actions.publish_if_needed(at=AT).count == 1
    assert actions.publish_if_needed(at=AT) is None
    add("alliance", name="航天博物馆", **HERE)
    assert actions.publish_if_needed(at=AT) is None
    add("alliance", name="地质馆", **HERE)
    assert actions.publish_if_needed(at=AT).count == 3


def test_a_new_shape_of_an_area_makes_a_new_version():
    district()
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    assert actions.publish_if_needed(at=AT) is None
    inside = Selection(areas=(NamedArea("zone:square"),))
    assert queries.count(inside).total == 1

    square = "[[[121.41,31.05],[121.48,31.05],[121.48,31.12],[121.41,31.12],[121.41,31.05]]]"
    shape = f'{{"type":"Polygon","coordinates":{square}}}'
    save_area(code="zone:square", values={"geometry": shape}, act="narrower", by="test", at=AT)

    assert actions.publish_if_needed(at=AT) is not None
    assert queries.count(inside).total == 0
    assert actions.publish_if_needed(at=AT) is None


def test_an_empty_register_needs_no_version():
    assert actions.publish_if_needed(at=AT) is None


def test_a_version_of_another_database_is_not_read(settings):
    """The database was put back from a backup: the version knows what never happened."""
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    (settings.SNAPSHOTS / queries.current().reading.base.name / "manifest.json").write_text(
        '{"version":"x","sequence":99,"count":1,"fingerprint":"","built_at":"","format":2}'
    )
    reader._readers.clear()

    assert queries.current().reading.base.name == ""
    assert shown() == 1
    assert actions.is_needed()


def test_a_version_of_other_declarations_is_not_read_but_built_anew(monkeypatch):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    reader._readers.clear()
    monkeypatch.setattr("chuangtu.apps.snapshots.manifest.FORMAT", 99)

    assert queries.current().reading.base.name == ""
    assert shown() == 1
    assert actions.publish_if_needed(at=AT) is not None


def test_the_database_is_asked_at_most_so_often(settings, django_assert_num_queries):
    settings.SNAPSHOT_CHECK_MS = 200
    moment = 0.0
    one = Reader(settings.SNAPSHOTS, clock=lambda: moment)
    one.read()

    with django_assert_num_queries(0):
        one.read()
    moment = 0.25
    # The newest change of a record, and of an area.
    with django_assert_num_queries(2):
        one.read()


def test_too_many_records_without_their_version_are_refused_with_a_sentence(
    monkeypatch, settings, client
):
    district()
    number = add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    shutil.rmtree(settings.SNAPSHOTS)
    monkeypatch.setattr(reader, "MOST_SINGLE", 0)
    reader._readers.clear()

    with pytest.raises(NotPublishedError):
        queries.current()
    assert queries.behind() == 1
    answer = client.get("/api/v1/resources")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "chuangtu publish" in answer.json()["detail_zh"]
    for address in ("/", "/explore", f"/resources/{number}"):
        page = client.get(address)
        assert (page.status_code, page.headers.get("Retry-After")) == (503, "5"), address
        assert "chuangtu publish" in page.content.decode()


def test_a_register_never_published_is_shown_as_it_was(monkeypatch, client):
    monkeypatch.setattr(reader, "MOST_SINGLE", 0)
    district()
    add("alliance", name="天文馆", **HERE)
    reader._readers.clear()

    assert shown() == 0
    assert queries.behind() == 1
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/resources").json()["total"] == 0


def test_more_changes_than_can_be_carried_wait_for_the_next_version(monkeypatch):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    queries.current()
    monkeypatch.setattr(reader, "MOST_SINGLE", 1)
    for name in ("甲馆", "乙馆"):
        add("alliance", name=name, **HERE)

    assert shown() == 1
    actions.publish(at=AT)
    assert shown() == 3


@pytest.mark.django_db(transaction=True)
def test_many_changes_are_fetched_beside_the_questions(monkeypatch):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    queries.current()
    monkeypatch.setattr(reader, "AT_ONCE", 1)
    for name in ("甲馆", "乙馆", "丙馆"):
        add("alliance", name=name, **HERE)

    assert queries.count(Selection()).total == 1
    until = time.monotonic() + 20
    while queries.count(Selection()).total != 4 and time.monotonic() < until:
        time.sleep(0.02)
    assert shown() == 4


@pytest.mark.django_db(transaction=True)
def test_a_process_reads_its_own_change_at_once(settings):
    settings.SNAPSHOT_CHECK_MS = 60_000
    add("alliance", name="天文馆", **HERE)
    assert queries.count(Selection()).total == 1

    add("alliance", name="航天博物馆", **HERE)

    assert queries.count(Selection()).total == 2


def test_every_record_is_published_with_what_was_registered():
    number = add("alliance", name="天文馆", name_en="Planetarium", contact="62340000", **HERE)
    actions.publish(at=AT)

    (row,) = registry.published([number])
    seen = queries.payload(number, ADMINISTRATOR)
    assert seen["values"] == row.payload["values"]
    assert seen["position"]["longitude"] == 121.4
    assert "contact" not in queries.payload(number, VISITOR)["values"]
    assert "contact" in queries.payload(number, OFFICER)["values"]


@pytest.mark.parametrize("is_serving", [True, False])
def test_who_serves_readies_the_search_of_each_new_version(monkeypatch, is_serving):
    readied, done = [], threading.Event()
    serving = threading.Event()
    if is_serving:
        serving.set()
    monkeypatch.setattr(reader, "SERVING", serving)
    monkeypatch.setattr(reader, "warm", lambda index: (readied.append(index), done.set()))
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)

    opened = reader.reader().read()

    assert done.wait(5 if is_serving else 0.2) is is_serving
    assert readied == ([opened.base.index] if is_serving else [])


def test_readers_say_how_many_changes_they_do_not_show_yet(monkeypatch):
    add("alliance", name="天文馆", **HERE)
    actions.publish(at=AT)
    assert queries.behind() == 0
    monkeypatch.setattr(reader, "MOST_SINGLE", 1)
    for name in ("甲馆", "乙馆"):
        add("alliance", name=name, **HERE)

    assert queries.behind() == 2
    actions.publish(at=AT)
    assert queries.behind() == 0


@pytest.mark.django_db(transaction=True)
def test_a_version_waits_for_an_import_that_keeps_the_database():
    tried = []

    def write():
        tried.append(True)
        if len(tried) < 3:
            raise OperationalError("database is locked")

    actions._patiently(write)

    assert len(tried) == 3


def test_another_fault_of_the_database_is_not_waited_for():
    def write():
        raise OperationalError("disk I/O error")

    with pytest.raises(OperationalError):
        actions._patiently(write)
