"""A workbook gives its values with their places, and hides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from chuangtu.engines.tables.limits import LIMITS
from chuangtu.engines.tables.model import Untrusted
from tests.engines.tables.workbooks import (
    FIRST,
    HEADERS,
    MAIN,
    PLAIN,
    XML,
    number,
    row,
    sheet,
    text,
    workbook,
)


def test_values_come_with_the_place_a_person_finds_them_at(reading):
    (table,) = reading(workbook({"企业": sheet(HEADERS, row(3, text("A3", "甲")), FIRST)}))

    assert table.headers == ("名称", "面积")
    assert table.sheet == "企业"
    assert table.place(0, 1).zh == "“名单.xlsx” 工作表“企业” 单元格 B2 “面积”"
    assert table.place(0, 1).en == "'名单.xlsx', sheet '企业', cell B2, '面积'"
    assert table.place(0).cell == "2"


def test_empty_rows_above_and_columns_at_the_left_do_not_shift_places(reading):
    page = sheet(
        row(4, text("C4", "名称"), text("D4", "面积")),
        row(6, text("C6", "甲")),
        row(9, number("D9", 3)),
    )

    (table,) = reading(workbook({"名单": page}))

    assert list(map(list, table.rows)) == [["甲", None], [None, 3.0]]
    assert [table.place(0, 0).cell, table.place(1, 1).cell] == ["C6", "D9"]
    assert table.header_row == 4


def test_dates_booleans_and_numbers_keep_their_types(reading):
    page = sheet(
        row(1, text("A1", "日"), text("B1", "否"), text("C1", "刻")),
        row(
            2,
            '<c r="A2" t="d"><v>2015-12-31</v></c><c r="B2" t="b"><v>0</v></c>',
            '<c r="C2" t="d"><v>2015-12-31T08:30:00</v></c>',
        ),
    )

    (table,) = reading(workbook({"名单": page}))

    assert table.rows[0] == [date(2015, 12, 31), False, datetime.fromisoformat("2015-12-31T08:30")]


def test_every_visible_sheet_is_a_table_and_a_hidden_one_is_named(reading):
    tables = reading(
        workbook(
            {"甲": PLAIN, "藏": PLAIN, "空": sheet(), "乙": PLAIN, "说明": PLAIN},
            states={"藏": ' state="hidden"'},
        )
    )

    assert [each.sheet for each in tables] == ["甲", "乙"]
    told = {each.fault.code: each.place.sheet for each in tables[0].notices}
    assert told == {"hidden_sheet": "藏", "skipped_sheet": "空"}


def test_a_formula_is_not_trusted_and_its_cell_is_named(reading):
    page = sheet(
        HEADERS,
        row(2, text("A2", "甲"), '<c r="B2"><f>1+1</f><v>2</v></c>'),
        row(3, text("A3", "乙"), '<c r="B3"> <f t="shared" si="0"/><v>3</v></c>'),
        row(4, text("A4", "丙"), '<c r="B4"><f ca="1">A4&amp;"&lt;中&gt;"</f><v>4</v></c>'),
        row(5, text("A5", "丁"), f'<c r="B5"><f>{"1+" * 99}1</f><v>5</v></c>'),
    )

    (table,) = reading(workbook({"名单": page}))

    found = [each[1] for each in table.rows]
    assert [(type(each), each.fault.code, str(each)) for each in found] == [
        (Untrusted, "formula", "=1+1"),
        (Untrusted, "formula", "3.0"),  # it is written in another cell: its result is shown
        (Untrusted, "formula", '=A4&"<中>"'),
        (Untrusted, "formula", f"={'1+' * 29}…"),
    ]


def test_a_formula_beside_the_table_is_no_concern(reading):
    page = sheet(HEADERS, row(2, text("A2", "甲"), '<c r="D2"><f>1+1</f></c>'))

    (table,) = reading(workbook({"名单": page}))

    assert table.rows == [["甲", None]]


def test_a_row_of_zeros_is_a_row(reading):
    page = sheet(HEADERS, row(2, number("B2", 0)), row(3, '<c r="B3" t="b"><v>0</v></c>'))

    (table,) = reading(workbook({"名单": page}))

    assert table.rows == [[None, 0.0], [None, False]]


def test_a_formula_without_a_stored_result_is_found_too(reading):
    page = sheet(HEADERS, row(2, '<c r="B2"><f>1+1</f></c>'), FIRST)

    (table,) = reading(workbook({"名单": page}))

    assert table.rows[0][1].fault.code == "formula"


def test_rows_of_formulas_without_results_at_the_end_are_rows(reading):
    cells = ('<c r="A3"><f>A2</f></c>', '<c r="A5"><f>"乙"&amp;"公司"</f></c>')
    page = sheet(HEADERS, FIRST, row(3, cells[0]), row(5, cells[1]))

    (table,) = reading(workbook({"名单": page}))

    assert table.numbers == [2, 3, 5]
    assert [each[0].fault.code for each in table.rows[1:]] == ["formula", "formula"]


def test_a_sheet_whose_only_row_is_a_formula_is_not_said_to_be_empty(reading):
    page = sheet(HEADERS, row(2, '<c r="A2"><f>"甲"</f></c>'))

    (table,) = reading(workbook({"名单": page}))

    assert table.rows[0][0].fault.code == "formula"


@pytest.mark.parametrize("quote", ['"', "'"])
def test_an_error_value_is_not_an_empty_cell(reading, quote):
    cell = f"<c r={quote}B2{quote} t={quote}e{quote}><v>#REF!</v></c>"

    (table,) = reading(workbook({"名单": sheet(HEADERS, row(2, text("A2", "甲"), cell))}))

    assert table.rows[0][1].fault.code == "error_value"


def test_cells_without_names_stand_where_they_are_counted(reading):
    page = sheet(
        "<row><c t='inlineStr'><is><t>名称</t></is></c>"
        "<c t='inlineStr'><is><t>数</t></is></c></row>",
        "<row><c/><c><f>1</f><v>5</v></c></row>",
        '<row r="5"><c><v>1</v></c></row>',
    )

    (table,) = reading(workbook({"名单": page}))

    assert table.rows[0][1].fault.code == "formula"
    assert table.numbers == [2, 5]


def test_a_prefix_before_every_name_changes_nothing(reading):
    page = (
        f'{XML}<x:worksheet xmlns:x="{MAIN}"><x:cols><x:col min="2" max="3" hidden="1"/></x:cols>'
        '<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>名称</x:t></x:is></x:c>'
        '<x:c r="B1" t="inlineStr"><x:is><x:t>数</x:t></x:is></x:c></x:row>'
        '<x:row r="2" hidden="1"><x:c r="A2"><x:v>7</x:v></x:c>'
        '<x:c r="B2"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )

    (table,) = reading(workbook({"名单": page}))

    assert table.rows[0][0] == 7
    assert table.rows[0][1].fault.code == "formula"
    assert [each.fault.code for each in table.notices] == ["hidden_rows", "hidden_columns"]


def test_hidden_rows_and_columns_are_read_and_told(reading):
    page = sheet(
        HEADERS,
        row(2, text("A2", "甲"), attributes=' hidden="1"'),
        row(3, text("A3", "乙"), attributes=' hidden="0"'),
        head='<cols><col min="1" max="1" width="9"/><col hidden="1"/>'
        '<col min="2" max="2" hidden="true"/></cols>',
    )

    (table,) = reading(workbook({"名单": page}))

    assert len(table.rows) == 2
    rows, columns = table.notices
    assert "1 行被隐藏（从第 2 行起）" in rows.zh
    assert "B–B" in columns.en


def test_merged_cells_in_data_are_not_trusted_anywhere(reading):
    page = sheet(
        HEADERS,
        row(2, text("A2", "甲"), number("B2", 1)),
        row(3, '<c r="A3"/>', number("B3", 2)),
        tail='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
    )

    (table,) = reading(workbook({"名单": page}))

    assert [each[0].fault.code for each in table.rows] == ["merged_cell", "merged_cell"]
    assert "A2:A3" in table.rows[1][0].fault.zh


@pytest.mark.parametrize("merged", ["A1:B1", "A1:A2", "A1:B2"])
def test_a_merged_header_is_refused(refusal, merged):
    page = sheet(HEADERS, FIRST, tail=f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>')

    error = refusal(workbook({"名单": page}))

    assert error.code == "merged_header"
    assert merged in error.zh


def test_a_merged_title_above_is_taken_for_the_header_and_refused(refusal):
    page = sheet(
        row(1, text("A1", "附件 1：名单")),
        row(2, text("A2", "名称"), text("B2", "面积")),
        row(3, text("A3", "甲"), number("B3", 1)),
        tail='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    )

    assert refusal(workbook({"名单": page})).code == "merged_header"


TITLE = row(1, text("A1", "企业名录2015"))


def test_a_title_above_the_headers_is_left_out_and_told(reading):
    page = sheet(
        TITLE,
        row(3, text("A3", "名称"), text("B3", "面积")),
        row(4, text("A4", "甲"), number("B4", 1)),
        row(5, text("A5", "乙")),
    )

    (table,) = reading(workbook({"名单": page}))

    assert (table.headers, table.header_row) == (("名称", "面积"), 3)
    assert table.numbers == [4, 5]
    (told,) = table.notices
    assert (told.fault.code, told.place.cell, told.value) == ("skipped_title", "1", "企业名录2015")
    assert "第 3 行" in told.zh


def test_a_list_of_one_column_has_no_title(reading):
    page = sheet(*(row(n, text(f"A{n}", each)) for n, each in enumerate("名甲乙", start=1)))

    (table,) = reading(workbook({"名单": page}))

    assert table.headers == ("名",)
    assert table.rows == [["甲"], ["乙"]]


@pytest.mark.parametrize(
    "rows",
    [
        [row(2, text("A2", "甲"), number("B2", 1)), row(3, text("A3", "乙"), number("B3", 2))],
        [row(2, text("A2", "甲"), text("B2", "甲")), row(3, text("A3", "乙"), text("B3", "x"))],
        [
            row(2, text("A2", "甲"), text("B2", "2015年")),
            row(3, text("A3", "乙"), text("B3", "x")),
        ],
        [
            row(2, text("A2", "甲"), text("B2", "长" * 61)),
            row(3, text("A3", "乙"), text("B3", "x")),
        ],
        [row(2, text("A2", "甲"), text("B2", "乙")), row(3, text("A3", "丙"))],
    ],
)
def test_where_no_row_can_be_told_to_be_the_headers_the_sheet_is_refused(refusal, rows):
    error = refusal(workbook({"名单": sheet(TITLE, *rows)}))

    assert error.code == "unclear_header"
    assert error.problem.place.row == 1


def test_a_value_under_no_header_is_refused_with_its_cell(refusal):
    error = refusal(workbook({"名单": sheet(HEADERS, row(2, number("C2", 1)))}))

    assert error.code == "blank_header"
    assert "C2" in error.zh


def test_an_unnamed_column_without_values_is_left_out(reading):
    page = sheet(
        row(1, text("A1", "名称"), text("C1", "面积")), row(2, text("A2", "甲"), number("C2", 1))
    )

    (table,) = reading(workbook({"名单": page}))

    assert table.columns == (1, 3)
    assert table.rows == [["甲", 1.0]]


def test_a_header_that_is_there_twice_is_refused_with_both_cells(refusal):
    page = sheet(row(1, text("A1", "名称"), text("B1", " 名称 ")), FIRST)

    error = refusal(workbook({"名单": page}))

    assert error.code == "duplicate_header"
    assert "B1" in error.zh
    assert "A1" in error.zh


def test_headers_alone_are_refused(refusal):
    assert refusal(workbook({"名单": sheet(HEADERS)})).code == "header_only"


def test_a_workbook_without_content_is_refused(refusal):
    assert refusal(workbook({"名单": sheet()})).code == "empty"
    assert refusal(workbook({"藏": PLAIN}, states={"藏": ' state="hidden"'})).code == "empty"


def test_too_many_columns_are_refused(refusal):
    limits = replace(LIMITS, columns=1)

    error = refusal(workbook(), limits=limits)

    assert error.code == "too_many_columns"
    assert "2" in error.zh
