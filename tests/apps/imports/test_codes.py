"""Codes are taken as they stand; a code that went through a number gets its sentence."""

from __future__ import annotations

import io

import openpyxl
import pytest

from chuangtu.apps.imports import actions, queries
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT, WHO

pytestmark = pytest.mark.django_db

PATENT = ("名称", "专利类型", "申请号", "权利人", "申请日")
OWNER = "上海甲科技有限公司"


def as_csv(header, *rows):
    return "\n".join(",".join(map(str, row)) for row in (header, *rows)).encode(), "名单.csv"


def as_xlsx(header, *rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (header, *rows):
        book.active.append(row)
    book.save(file)
    return file.getvalue(), "名单.xlsx"


def previewed(bring, file, kind):
    """The lines of a preview in which unknown owners are registered."""
    batch = bring(*file, kind=kind)
    actions.choose(batch=batch, creates_parties=True, at=AT, **WHO)
    actions.preview(batch=batch, at=AT, **WHO)
    return queries.list_preview(batch, viewer=OFFICER).lines


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize("code", ["201310123456.0", "201310123456.X", "98101234.0"])
def test_an_application_number_keeps_its_check_digit(bring, write, code):
    row = ("一种装置", "发明专利", code, OWNER, "2013-04-01")

    (line,) = previewed(bring, write(PATENT, row), "patent")

    assert (line["outcome"], line["findings"]) == ("new", [])


def test_an_application_number_kept_as_a_number_is_refused(bring):
    row = ("一种装置", "发明专利", 201310123456, OWNER, "2013-04-01")

    (line,) = previewed(bring, as_xlsx(PATENT, row), "patent")

    assert line["outcome"] == "wrong"
    assert "校验位" in line["findings"][0]["zh"]
    assert "check digit" in line["findings"][0]["en"]


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        ("organization", ("名称", "统一社会信用代码"), (OWNER, "913101120.0")),
        ("instrument", ("名称", "所属单位", "仪器编号"), ("显微镜", OWNER, "12345.0")),
    ],
)
def test_another_code_that_went_through_a_number_is_refused(bring, kind, header, row):
    (line,) = previewed(bring, as_csv(header, row), kind)

    assert line["outcome"] == "wrong"
    assert any("小数" in each["zh"] for each in line["findings"])
