"""A file that was written says of each row what became of it, as its counts do."""

from __future__ import annotations

from collections import Counter

import pytest

from chuangtu.apps.imports import actions, queries, shelf
from chuangtu.apps.imports.actions import ImportRefusedError
from chuangtu.apps.registry import queries as register
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT, WHO

pytestmark = pytest.mark.django_db

TWO = (
    "名称,统一社会信用代码,职工人数\n"
    "上海甲科技有限公司,91110000600037341L,12\n"
    "上海乙科技有限公司,,3\n"
)


@pytest.fixture
def previewed(bring):
    def through(content, **choices):
        batch = bring(content)
        actions.choose(batch=batch, at=AT, **choices, **WHO)
        actions.preview(batch=batch, at=AT, **WHO)
        return batch

    return through


def apply(batch):
    """Apply, and see that the counts, the lines and the lines of each outcome agree."""
    actions.apply(batch=batch, at=AT, **WHO)
    counts = queries.get_batch(batch, viewer=OFFICER).counts
    assert Counter(each["outcome"] for each in lines_of(batch)) == +Counter(counts)
    for outcome, count in counts.items():
        assert queries.list_preview(batch, viewer=OFFICER, outcomes=[outcome]).total == count
    return counts


def lines_of(batch):
    return queries.list_preview(batch, viewer=OFFICER).lines


def test_of_two_files_with_the_same_new_rows_the_second_says_that_they_are_there(previewed):
    first, second = previewed(TWO), previewed(TWO)

    assert apply(first)["new"] == 2
    assert apply(second)["same"] == 2

    mine, theirs = lines_of(first), lines_of(second)
    assert [each["outcome"] for each in mine] == ["new", "new"]
    assert [each["outcome"] for each in theirs] == ["same", "same"]
    assert [each["id"] for each in mine] == [each["id"] for each in theirs]
    assert register.get_record(mine[0]["id"], OFFICER).name == "上海甲科技有限公司"


def test_a_change_that_another_file_made_already_is_none(run, previewed):
    run(TWO)
    changed = TWO.replace(",12", ",13")
    first, second = previewed(changed), previewed(changed)
    apply(first)
    before = shelf.read_page(second, "preview", None, 0, 9)

    apply(second)

    assert lines_of(first)[0]["changes"] == {"staff_count": [12, 13]}
    assert "changes" not in lines_of(second)[0]
    assert lines_of(second)[0]["outcome"] == "same"
    assert shelf.read_page(second, "preview", None, 0, 9) == before


def test_a_row_left_out_because_it_changed_meanwhile_says_so(run, previewed):
    run(TWO)
    mine = previewed(TWO.replace(",12", ",14"), skips_bad_rows=True)
    apply(previewed(TWO.replace(",12", ",13")))

    counts = apply(mine)

    (line, _) = lines_of(mine)
    assert counts["doubtful"] == 1
    assert "changes" not in line
    assert line["findings"][0]["place"]["row"] == 2
    assert line["findings"][0]["zh"]
    _, pieces = queries.marked_file(mine, viewer=OFFICER)
    assert line["findings"][0]["zh"] in b"".join(pieces).decode("utf-8-sig")


def test_a_refused_file_keeps_the_lines_of_its_preview(run, previewed):
    run(TWO)
    mine = previewed(TWO.replace(",12", ",14"))
    apply(previewed(TWO.replace(",12", ",13")))

    with pytest.raises(ImportRefusedError):
        actions.apply(batch=mine, at=AT, **WHO)

    assert lines_of(mine)[0]["changes"] == {"staff_count": [12, 14]}


def test_after_an_undo_no_line_leads_to_a_record_that_is_gone(previewed):
    batch = previewed(TWO)
    apply(batch)

    actions.undo(batch=batch, at=AT, **WHO)

    assert [(each["outcome"], each["id"]) for each in lines_of(batch)] == [("new", None)] * 2


def test_a_row_with_a_cell_that_cannot_be_used_keeps_its_sentence(previewed):
    batch = previewed(TWO.replace(",3\n", ",三\n"), skips_bad_rows=True)

    counts = apply(batch)

    assert counts["new"] == counts["wrong"] == 1
    assert lines_of(batch)[1]["findings"][0]["place"]["column"] == 3


def test_a_file_written_by_an_earlier_version_shows_its_preview(previewed, settings):
    batch = previewed(TWO)
    apply(batch)

    (settings.DATA / "imports" / str(batch) / "result").unlink()

    assert [each["outcome"] for each in lines_of(batch)] == ["new", "new"]
