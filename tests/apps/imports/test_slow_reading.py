"""Where somebody waits, reading ends in time: refused, or left to the background."""

import pytest

from chuangtu.apps.imports import actions, queries, shelf
from chuangtu.apps.imports.actions import reading
from chuangtu.apps.imports.queries import UnreadError
from chuangtu.engines.tables.model import Place
from chuangtu.engines.tables.sentences import refuse
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT, WHO

pytestmark = pytest.mark.django_db

CSV = "名称,单位类型\n甲公司,企业\n"


def shown(batch):
    return queries.get_batch(batch, viewer=OFFICER)


@pytest.fixture
def slow(monkeypatch):
    """No file is read within its time; gives the seconds that were granted."""
    granted = []

    def gives_up(path, *, name, crs, seconds, memory_mb):
        granted.append(seconds)
        raise refuse("too_slow", Place(name), seconds=seconds)

    monkeypatch.setattr(reading, "read_apart", gives_up)
    return granted


def test_a_file_that_is_awaited_is_read_like_any_other(bring):
    at_once, later = bring(CSV, is_awaited=True), bring(CSV)

    assert shown(at_once).reading == shown(later).reading
    assert shown(at_once).mapping == shown(later).mapping
    assert shown(at_once).state == "read"
    assert shown(at_once).row_count == 1


def test_a_small_file_that_takes_long_is_refused_with_a_sentence(bring, slow):
    batch = shown(bring(CSV, is_awaited=True))

    assert (batch.state, batch.wish) == ("refused", "")
    assert f"{reading.WITHIN_S} 秒" in batch.refusal_zh
    assert f"{reading.WITHIN_S} seconds" in batch.refusal_en
    assert slow == [reading.WITHIN_S]


def test_a_file_that_needs_too_much_memory_is_refused_with_a_sentence(bring, settings):
    settings.READER_MEMORY_MB = 20
    batch = shown(bring(CSV + "乙公司,企业\n" * 200_000, is_awaited=True))

    assert (batch.state, batch.wish) == ("refused", "")
    assert "超过 20 MiB" in batch.refusal_zh
    assert "more than 20 MiB" in batch.refusal_en


def test_a_large_file_that_takes_long_is_read_in_the_background(bring, slow, monkeypatch):
    monkeypatch.setattr(reading, "_BYTES_A_SECOND", 5)
    number = bring(CSV, is_awaited=True)

    waiting = shown(number)

    assert (waiting.wish, waiting.refusal_zh) == ("read", "")
    assert queries.list_waiting() == [number]
    assert actions.work_on(batch=number, at=lambda: AT)
    assert (shown(number).state, shown(number).wish) == ("refused", "")
    assert slow[1] == reading.patience_s(len(CSV.encode())) > slow[0]


def test_when_others_are_read_a_file_waits_for_the_background(bring, monkeypatch):
    monkeypatch.setattr(shelf, "READING_SLOTS", 1)
    with shelf.reading_slot() as is_first, shelf.reading_slot() as is_second:
        number = bring(CSV, is_awaited=True)
    waiting = shown(number)

    actions.work_on(batch=number, at=lambda: AT)

    assert (is_first, is_second) == (True, False)
    assert waiting.wish == "read"
    assert shown(number).state == "read"
    assert shown(number).wish == ""
    assert shown(number).row_count == 1
    with shelf.reading_slot() as is_free:
        assert is_free


def test_a_file_that_was_not_read_in_time_is_not_read_for_marking(bring, slow):
    number = bring(CSV, is_awaited=True)

    with pytest.raises(UnreadError, match="seconds"):
        queries.marked_file(number, viewer=OFFICER)


def test_another_system_is_tried_while_nothing_is_locked(bring, slow, monkeypatch):
    number = bring('{"type": "FeatureCollection", "features": []}', "点.geojson")

    actions.choose(batch=number, crs="GCJ-02", is_awaited=True, at=AT, **WHO)

    assert shown(number).crs == "GCJ-02"
    assert shown(number).reading == {"refusal": "too_slow"}
