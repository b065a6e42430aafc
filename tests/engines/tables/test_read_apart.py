"""Reading in a process of its own gives the same, and ends."""

import io
import pickle
import sys
import time
from pathlib import Path

import orjson
import psutil
import pytest

from chuangtu.engines.tables import read_apart as apart
from chuangtu.engines.tables import read_geojson
from chuangtu.engines.tables.glance import SAMPLE_ROWS, glance
from chuangtu.engines.tables.model import TableError
from chuangtu.engines.tables.read import read

ENOUGH = 512
CSV = "名称,地址\n" + "".join(f"第{n}公司,七宝镇{n}号\n" for n in range(300))
SHAPES = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"名称": "甲"}, "geometry":
    {"type": "Polygon", "coordinates": [[[121, 31], [122, 31], [122, 32], [121, 31]]]}},
  {"type": "Feature", "properties": {"名称": "乙"}, "geometry":
    {"type": "LineString", "coordinates": [[121, 31], [122, 31]]}},
  {"type": "Feature", "properties": {"名称": "丙"}, "geometry":
    {"type": "Point", "coordinates": [121, 31]}},
  {"type": "Feature", "properties": {"名称": "丁"}, "geometry":
    {"type": "Polygon", "coordinates": []}}]}"""


DIES_OF_HUNGER = """
import os, sys
sys.stdin.buffer.read()
os.write(2, b"!" * 1_000 + b"memory allocation of 96 bytes failed")
os.abort()
"""


@pytest.fixture
def stored(tmp_path):
    def store(text):
        path = tmp_path / "stored"
        path.write_text(text, encoding="utf-8")
        return path

    return store


def test_a_glance_tells_what_the_whole_table_holds(stored):
    path = stored(CSV)

    (seen,) = apart.read_apart(path, name="名单.csv", seconds=60, memory_mb=ENOUGH)

    (table,) = read(path, name="名单.csv")
    assert seen == glance(table)
    assert seen.row_count == 300
    assert len(seen.samples) == SAMPLE_ROWS
    assert seen.samples[0] == ("第0公司", "七宝镇0号")


def test_a_glance_counts_shapes_and_areas(stored):
    path = stored(SHAPES)

    (seen,) = apart.read_apart(
        path, name="园.geojson", crs="EPSG:4490", seconds=60, memory_mb=ENOUGH
    )

    assert (seen.drawn_count, seen.area_count, seen.crs) == (2, 1, "EPSG:4490")


def test_a_refusal_is_the_one_of_the_reader(stored):
    path = stored("名称,地址\n")

    with pytest.raises(TableError) as caught:
        apart.read_apart(path, name="名单.csv", seconds=60, memory_mb=ENOUGH)

    with pytest.raises(TableError) as direct:
        read(path, name="名单.csv")
    assert (caught.value.zh, caught.value.en) == (direct.value.zh, direct.value.en)
    assert caught.value.code == "header_only"


def test_reading_that_takes_too_long_is_ended(stored):
    path = stored(CSV)
    begun = time.monotonic()

    # Less than any reader needs to begin.
    with pytest.raises(TableError) as caught:
        apart.read_apart(path, name="名单.csv", seconds=0.02, memory_mb=ENOUGH)

    assert caught.value.code == "too_slow"
    assert "0 秒" in caught.value.zh
    assert time.monotonic() - begun < 10
    assert not psutil.Process().children()


def test_reading_that_asks_for_too_much_memory_is_ended(stored):
    path = stored(CSV * 1_000)

    with pytest.raises(TableError) as caught:
        apart.read_apart(path, name="名单.csv", seconds=60, memory_mb=20)

    assert caught.value.code == "too_much_memory"
    assert "超过 20 MiB" in caught.value.zh
    assert "more than 20 MiB" in caught.value.en


def test_a_library_that_ends_for_want_of_memory_is_told_so(stored, monkeypatch):
    monkeypatch.setattr(apart, "_READER", (sys.executable, "-c", DIES_OF_HUNGER))

    with pytest.raises(TableError) as caught:
        apart.read_apart(stored(CSV), name="名单.csv", seconds=60, memory_mb=ENOUGH)

    assert caught.value.code == "too_much_memory"


def test_a_reader_that_falls_is_told_of(tmp_path):
    with pytest.raises(TableError) as caught:
        apart.read_apart(tmp_path / "absent", name="名单.csv", seconds=60, memory_mb=ENOUGH)

    assert caught.value.code == "reader_failed"
    assert "名单.csv" in caught.value.zh


def test_the_process_tells_that_it_had_too_little_memory(stored, monkeypatch):
    def full(_):
        raise orjson.JSONDecodeError("not enough memory to allocate buffer for parsing", "", 0)

    monkeypatch.setattr(apart, "_bound", lambda *_: None)
    monkeypatch.setattr(read_geojson.orjson, "loads", full)
    asking = io.BytesIO(pickle.dumps((str(stored(SHAPES)), "园.geojson", None, 3, ENOUGH)))
    telling = io.BytesIO()

    apart.answer(asking, telling)

    _, trouble = pickle.loads(telling.getvalue())
    assert trouble[0] == "too_much_memory"


@pytest.mark.parametrize("text", [CSV, "名称\n"])
def test_the_process_answers_what_it_is_asked(stored, monkeypatch, text):
    bounds = []
    monkeypatch.setattr(apart, "_bound", lambda *each: bounds.append(each))
    path = stored(text)
    asking = io.BytesIO(pickle.dumps((str(Path(path)), "名单.csv", None, 3, ENOUGH)))
    telling = io.BytesIO()

    apart.answer(asking, telling)

    found, trouble = pickle.loads(telling.getvalue())
    assert bounds == [(3, ENOUGH)]
    assert bool(found) is not bool(trouble)
