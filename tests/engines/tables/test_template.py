"""A template explains itself and can be imported as it is."""

from __future__ import annotations

import io

import openpyxl
import pytest

from chuangtu.engines.tables.model import ValueType
from chuangtu.engines.tables.template import TemplateColumn, is_example, template

COLUMNS = [
    TemplateColumn("名称", required=True, note_zh="全称", note_en="Full", example="某公司"),
    TemplateColumn("级别", ValueType.CODE, choices=("国家级", "市级"), example="市级"),
    TemplateColumn("专业", ValueType.CODES, choices=("生物", "软件"), label_en="Specialty"),
    TemplateColumn("成立日期", ValueType.DAY, example="2015-12-31"),
    TemplateColumn("高企", ValueType.BOOLEAN),
    TemplateColumn("面积（平方米）", ValueType.DECIMAL),
]


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(template(COLUMNS, title="载体")))


def test_lists_are_offered_where_only_some_values_are_allowed(book):
    offered = {
        str(each.sqref): (each.formula1, each.errorStyle)
        for each in book["载体"].data_validations.dataValidation
    }

    assert offered == {
        "B2:B20001": ("'代码'!$B$2:$B$3", None),
        "C2:C20001": ("'代码'!$C$2:$C$3", "warning"),
        "E2:E20001": ("'代码'!$E$2:$E$3", None),
    }
    assert [each.value for each in book["代码"]["B"]][:3] == ["级别", "国家级", "市级"]
    assert book["代码"].sheet_state == "hidden"


def test_every_column_has_its_note_and_required_ones_are_marked(book):
    notes = [each.comment.text for each in book["载体"][1]]

    assert notes[0] == "必填：文字\n全称\nRequired: text\nFull"
    assert notes[2].endswith("Specialty · Optional: any of the list, separated by ；")
    fills = [each.fill.fgColor.rgb for each in book["载体"][1]]
    assert fills[0] != fills[1]


def test_codes_keep_their_digits_because_the_column_is_text(book):
    assert book["载体"].column_dimensions["A"].width >= 12
    assert book["载体"]["A2"].number_format == "@"


def test_the_guide_names_every_column(book):
    assert [each.value for each in book["说明"]["A"]][1:7] == [each.header for each in COLUMNS]
    assert book["说明"]["G3"].value == "国家级；市级"


def test_the_example_is_known_as_one(reading):
    (table,) = reading(template(COLUMNS, title="载体"), "模板.xlsx")

    assert table.headers == tuple(each.header for each in COLUMNS)
    assert [is_example(each) for each in table.rows] == [True]
    assert not is_example(["示例科技公司"])
    assert not is_example([None, 5.0])
    assert not is_example([None])
