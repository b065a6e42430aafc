"""The index on disk: whole or absent, and clear words when it is not there."""

import pytest

from chuangtu.engines.search import build as building
from chuangtu.engines.search.build import build
from chuangtu.engines.search.load import load
from chuangtu.engines.search.match import match
from chuangtu.engines.search.model import Document
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Visibility

FIRM = Document((("联影医疗",), (), ()))


def test_an_index_is_never_overwritten(tmp_path):
    build([FIRM], tmp_path / "v1")

    with pytest.raises(ChuangtuError, match="'v1' exists already"):
        build([FIRM], tmp_path / "v1")


def test_a_broken_build_leaves_no_index_and_the_next_one_succeeds(tmp_path):
    def breaking():
        yield FIRM
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        build(breaking(), tmp_path / "v1")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".v1.99.partly").mkdir()
    (tmp_path / ".v1.99.partly" / "0-written-text.npy").write_bytes(b"cut o")

    build([FIRM], tmp_path / "v1")
    assert [each.name for each in tmp_path.iterdir()] == ["v1"]


def test_an_index_that_has_no_room_takes_away_what_it_had_begun(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "_settle", full)

    with pytest.raises(OSError, match="No space left"):
        build([FIRM], tmp_path / "v1")

    assert list(tmp_path.iterdir()) == []


def test_too_much_text_is_refused_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "MOST_TEXT", 3)

    with pytest.raises(ChuangtuError, match="at most 3 can be indexed"):
        build([FIRM], tmp_path / "v1")


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"format": 0}'])
def test_a_folder_without_an_index_is_refused_with_a_sentence(tmp_path, content):
    if content is not None:
        (tmp_path / "index.json").write_text(content)

    with pytest.raises(ChuangtuError, match="holds no search index of format"):
        load(tmp_path)


def test_an_index_is_mapped_and_stays_readable_after_its_folder_is_gone(tmp_path):
    build([FIRM], tmp_path / "v1")
    index = load(tmp_path / "v1")
    for each in (tmp_path / "v1").iterdir():
        each.unlink()

    assert match(index, "联影", Visibility.PUBLIC).positions.tolist() == [0]


def test_an_empty_index_answers(tmp_path):
    build([], tmp_path / "v1")

    index = load(tmp_path / "v1")

    assert index.size == 0
    assert len(match(index, "联影", Visibility.RESTRICTED)) == 0
    assert len(match(index, "", Visibility.RESTRICTED)) == 0
