"""Rows judged in the preview are written as they were judged, unless something has changed."""

from __future__ import annotations

import pytest

from chuangtu.apps.imports import actions, shelf
from chuangtu.apps.imports.actions import applying
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import actions as registry
from chuangtu.apps.registry.resolve.plan import Planner
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT
from tests.apps.registers import add

pytestmark = pytest.mark.django_db
WHO = {"viewer": OFFICER, "by": "officer", "at": AT}
FIRMS = (
    "名称,单位类型,曾用名,成立日期,注册资本（万元）,地址,经度,纬度,坐标系,数据来源,来源日期\n"
    "甲仪器公司,企业,甲仪表厂,2001-02-03,1200.50,七莘路1号,121.4,31.1,GCJ-02,,\n"
    "乙软件公司,企业,,,,,,,,另一名录,2015-05-05\n"
    "丙大学,高等院校,丙学院;丙专科,1958-01-01,,东川路1号,121.41,31.03,WGS 84,,\n"
)


def previewed(bring, content=FIRMS, **options):
    batch = bring(content, **options)
    actions.preview(batch=batch, **WHO)
    return batch


def written(batch):
    """What the act wrote, without the numbers that differ from act to act."""
    act = applying.ImportBatch.objects.get(pk=batch).act
    lines = [each for each in journal.list_of_act(act=act) if each.table == registry.TABLE]
    return [{k: v for k, v in each.after.items() if k != "statements"} for each in lines]


@pytest.fixture
def never_planned(monkeypatch):
    def plan(*arguments):
        raise AssertionError("judged again")

    return lambda: monkeypatch.setattr(Planner, "plan", plan)


def test_new_rows_are_written_as_judged_and_as_if_they_were_judged_again(bring, monkeypatch):
    first = previewed(bring)
    with monkeypatch.context() as patch:
        patch.setattr(Planner, "plan", None)
        counts = actions.apply(batch=first, **WHO)
    quick = written(first)
    actions.undo(batch=first, **WHO)

    second = previewed(bring, name="再来.csv")
    shelf.drop_lines(second, "judged")
    again = actions.apply(batch=second, **WHO)

    assert quick == written(second)
    assert len(quick) == counts["new"] == again["new"] == 3
    assert any(each.get("names") for each in quick)


def test_what_was_registered_since_is_looked_at(bring):
    batch = previewed(bring)
    number = add("organization", name="甲仪器公司")

    with pytest.raises(actions.ImportRefusedError):
        actions.apply(batch=batch, **WHO)
    assert number
    actions.preview(batch=batch, **WHO)
    assert actions.apply(batch=batch, **WHO)["new"] == 2


def test_another_import_that_is_only_brought_changes_no_judgement(bring, never_planned):
    batch = previewed(bring)
    previewed(bring, FIRMS.replace("公司", "集团"), name="别的.csv")
    never_planned()

    assert actions.apply(batch=batch, **WHO)["new"] == 3


def test_rows_that_name_one_another_are_judged_again(bring):
    batch = previewed(
        bring,
        "名称,管理单位\n丁基金,丁管理公司\n",
        kind="fund",
    )
    actions.choose(batch=batch, creates_parties=True, **WHO)
    actions.preview(batch=batch, **WHO)

    assert not shelf.has_lines(batch, "judged")


def test_a_preview_that_finds_less_leaves_no_older_judgement(bring):
    batch = previewed(bring)
    assert shelf.has_lines(batch, "judged")
    add("organization", name="甲仪器公司")

    actions.preview(batch=batch, **WHO)

    assert not shelf.has_lines(batch, "judged")
