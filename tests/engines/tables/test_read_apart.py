"""Reading in a process of its own gives the same, and ends."""

import io
import pickle
import time
from pathlib import Path

import psutil
import pytest

from chuangtu.engines.tables import read_apart as apart
from chuangtu.engines.tables.glance import SAMPLE_ROWS, glance
from chuangtu.engines.tables.model import TableError
from chuangtu.engines.tables.read import read

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


@pytest.fixture
def stored(tmp_path):
    def store(text):
        path = tmp_path / "stored"
        path.write_text(text, encoding="utf-8")
        return path

    return store


def test_a_glance_tells_what_the_whole_table_holds(stored):
    path = stored(CSV)

    (seen,) = apart.read_apart(path, name="名单.csv", seconds=60)

    (table,) = read(path, name="名单.csv")
    assert seen == glance(table)
    assert seen.row_count == 300
    assert len(seen.samples) == SAMPLE_ROWS
    assert seen.samples[0] == ("第0公司", "七宝镇0号")


def test_a_glance_counts_shapes_and_areas(stored):
    path = stored(SHAPES)

    (seen,) = apart.read_apart(path, name="园.geojson", crs="EPSG:4490", seconds=60)

    assert (seen.drawn_count, seen.area_count, seen.crs) == (2, 1, "EPSG:4490")


def test_a_refusal_is_the_one_of_the_reader(stored):
    path = stored("名称,地址\n")

    with pytest.raises(TableError) as caught:
        apart.read_apart(path, name="名单.csv", seconds=60)

    with pytest.raises(TableError) as direct:
        read(path, name="名单.csv")
    assert (caught.value.zh, caught.value.en) == (direct.value.zh, direct.value.en)
    assert caught.value.code == "header_only"


def test_reading_that_takes_too_long_is_ended(stored):
    path = stored(CSV)
    begun = time.monotonic()

    # Less than any reader needs to begin.
    with pytest.raises(TableError) as caught:
        apart.read_apart(path, name="名单.csv", seconds=0.02)

    assert caught.value.code == "too_slow"
    assert "0 秒" in caught.value.zh
    assert time.monotonic() - begun < 10
    assert not psutil.Process().children()


def test_a_reader_that_falls_is_told_of(tmp_path):
    with pytest.raises(TableError) as caught:
        apart.read_apart(tmp_path / "absent", name="名单.csv", seconds=60)

    assert caught.value.code == "reader_failed"
    assert "名单.csv" in caught.value.zh


@pytest.mark.parametrize("text", [CSV, "名称\n"])
def test_the_process_answers_what_it_is_asked(stored, monkeypatch, text):
    bounds = []
    monkeypatch.setattr(apart, "_bound", bounds.append)
    path = stored(text)
    asking = io.BytesIO(pickle.dumps((str(Path(path)), "名单.csv", None, 3)))
    telling = io.BytesIO()

    apart.answer(asking, telling)

    found, trouble = pickle.loads(telling.getvalue())
    assert bounds == [3]
    assert bool(found) is not bool(trouble)
