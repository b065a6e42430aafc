"""Imports are for officers, and each step is kept."""

from __future__ import annotations

import pytest

from chuangtu.apps.imports import actions, queries
from chuangtu.apps.imports.access import fields_for
from chuangtu.apps.imports.actions import ImportRefusedError
from chuangtu.apps.journal import queries as journal
from chuangtu.terms.errors import NotVisibleError, ParameterError
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.imports.conftest import AT, WHO
from tests.apps.registers import add

pytestmark = pytest.mark.django_db

TWO = (
    "企业名称,信用代码,成立时间,注册资本(万元),职工人数\n"
    "上海甲科技有限公司,91110000600037341L,2001年2月3日,500.5,12\n"
    "上海乙科技有限公司,,2003.4.5,,\n"
)
NONE = {"new": 0, "changed": 0, "same": 0, "doubtful": 0, "wrong": 0}


def shown(batch):
    return queries.get_batch(batch, viewer=OFFICER)


def preview(batch):
    return dict(actions.preview(batch=batch, at=AT, **WHO))


def records(batch):
    page = queries.list_preview(batch, viewer=OFFICER)
    return page.lines


def test_the_file_comes_back_with_its_errors_marked(bring):
    batch = bring(TWO.replace("12\n", "许多\n"))
    preview(batch)

    name, pieces = queries.marked_file(batch, viewer=OFFICER)

    assert name == "名单-问题.csv"
    lines = b"".join(pieces).decode("utf-8-sig").splitlines()
    assert lines[0].endswith(",问题")
    assert "职工人数" in lines[1].rpartition(",")[2]
    named, pieces = queries.marked_file(batch, viewer=OFFICER, language="en")
    assert named == "名单-problems.csv"
    assert b"".join(pieces).decode("utf-8-sig").splitlines()[0].endswith(",Problem")
    original_name, original = queries.original_file(batch, viewer=OFFICER)
    assert (original_name, b"".join(original).decode()[:4]) == ("名单.csv", "企业名称")


def test_visitors_have_no_imports(bring):
    batch = bring(TWO)
    stranger = {"viewer": VISITOR, "by": "visitor"}

    for forbidden in (
        lambda: bring(TWO, **stranger),
        lambda: queries.get_batch(batch, viewer=VISITOR),
        lambda: queries.list_batches(viewer=VISITOR),
        lambda: queries.list_preview(batch, viewer=VISITOR),
        lambda: queries.marked_file(batch, viewer=VISITOR),
        lambda: queries.original_file(batch, viewer=VISITOR),
        lambda: actions.preview(batch=batch, at=AT, **stranger),
        lambda: actions.apply(batch=batch, at=AT, **stranger),
        lambda: actions.undo(batch=batch, at=AT, **stranger),
        lambda: actions.choose(batch=batch, at=AT, **stranger),
        lambda: actions.ask(batch=batch, wish="preview", **stranger),
    ):
        with pytest.raises(NotVisibleError):
            forbidden()
    assert not queries.may_import(VISITOR)


def test_what_is_not_there_is_said_to_be_not_there(bring):
    for number in (0, 99, 2**70):
        with pytest.raises(NotVisibleError):
            queries.get_batch(number, viewer=OFFICER)
    with pytest.raises(NotVisibleError):
        actions.preview(batch=99, at=AT, **WHO)
    with pytest.raises(NotVisibleError):
        queries.template_file("nonsense", viewer=OFFICER)
    with pytest.raises(ParameterError):
        queries.list_preview(bring(TWO), viewer=OFFICER, outcomes=["nonsense"])


def test_imports_are_listed_newest_first_and_a_page_at_a_time(bring):
    one, two, three = bring(TWO), bring(TWO), bring(TWO)

    assert [each.id for each in queries.list_batches(viewer=OFFICER, limit=2)] == [three, two]
    assert [each.id for each in queries.list_batches(viewer=OFFICER, before=two)] == [one]


def test_every_file_needs_a_kind_and_a_source(bring):
    with pytest.raises(ImportRefusedError, match="no kind"):
        bring(TWO, kind="nonsense")
    with pytest.raises(ImportRefusedError, match="source is missing"):
        bring(TWO, source=" ")


def test_an_officer_cannot_fill_in_what_only_administrators_see(bring):
    hidden = [e for e in fields_for("organization", ADMINISTRATOR) if e.visibility > 1]
    officers = {each.name for each in fields_for("organization", OFFICER)}

    assert not officers & {each.name for each in hidden}


def test_every_step_is_in_the_journal(run):
    batch = run(TWO)

    lines = journal.list_of_row(table="imports.batch", row=str(batch.id))

    assert [each.act for each in reversed(lines)] == [
        f"batch:{batch.id}:upload",
        f"batch:{batch.id}:apply",
    ]
    assert {each.by for each in lines} == {"officer"}


def test_a_file_name_is_kept_without_folders_and_unseen_signs(bring):
    names = ["C:\\表\\名单.csv", "../../名单.csv", "名\0单\u202e.csv", " .csv", "a/"]

    kept = [shown(bring(TWO, name)).file_name for name in names[:3]]

    assert kept == ["名单.csv", "名单.csv", "名单.csv"]
    assert shown(bring(TWO, "a/")).state == "refused"


def test_what_an_administrator_brought_is_not_for_officers(bring):
    theirs = bring(TWO, viewer=ADMINISTRATOR)
    ours = bring(TWO)

    for forbidden in (
        lambda: queries.get_batch(theirs, viewer=OFFICER),
        lambda: queries.list_preview(theirs, viewer=OFFICER),
        lambda: queries.original_file(theirs, viewer=OFFICER),
        lambda: queries.marked_file(theirs, viewer=OFFICER),
        lambda: actions.preview(batch=theirs, at=AT, **WHO),
        lambda: actions.choose(batch=theirs, at=AT, **WHO),
    ):
        with pytest.raises(NotVisibleError):
            forbidden()
    assert [each.id for each in queries.list_batches(viewer=OFFICER)] == [ours]
    assert [each.id for each in queries.list_batches(viewer=ADMINISTRATOR)] == [ours, theirs]


@pytest.mark.parametrize("is_waiting", [False, True], ids=["at once", "in the background"])
def test_an_administrator_finds_no_more_in_an_officers_file_than_the_officer(bring, is_waiting):
    add("organization", name="机密有限公司", visibility="restricted", staff_count=7)
    file = "名称,职工人数\n机密有限公司,12\n上海甲科技有限公司,3\n"
    batch = bring(file)
    actions.preview(batch=batch, at=AT, **WHO)
    seen = queries.list_preview(batch, viewer=OFFICER).lines

    if is_waiting:
        actions.ask(batch=batch, wish="preview", viewer=ADMINISTRATOR, by="admin")
        assert actions.work_on(batch=batch, at=lambda: AT)
    else:
        actions.preview(batch=batch, viewer=ADMINISTRATOR, by="admin", at=AT)

    assert queries.list_preview(batch, viewer=OFFICER).lines == seen
    assert "7" not in str([each.get("changes") for each in seen])
