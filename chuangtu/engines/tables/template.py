"""Make an empty workbook to fill in: lists to choose from, notes, and an example row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from chuangtu.engines.tables.model import Cell, ValueType, column_letters
from chuangtu.engines.tables.read_xlsx import GUIDE_SHEET

EXAMPLE_MARK = "【示例】"
"""A row whose first cell starts so is an example and is never imported."""

CHOICE_SHEET = "代码"
ROWS = 20_000
"""Rows that get drop-downs and formats; more rows are read all the same."""


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to fill in.

    Attributes:
        header: what stands above it, with its unit.
        type: what is expected.
        required: a row without it is refused.
        note_zh: what to fill in.
        note_en: the same in English.
        choices: what may be chosen, as shown.
        example: the value in the example row, as one would type it.
        label_en: the column's name in English.
    """

    header: str
    type: ValueType = ValueType.TEXT
    required: bool = False
    note_zh: str = ""
    note_en: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    label_en: str = ""


_EXPECTED = {
    ValueType.TEXT: ("文字", "text"),
    ValueType.INTEGER: ("整数", "whole number"),
    ValueType.DECIMAL: ("数字", "number"),
    ValueType.DAY: ("日期，如 2015-12-31", "day, such as 2015-12-31"),
    ValueType.BOOLEAN: ("是或否", "yes (是) or no (否)"),
    ValueType.CODE: ("从列表中选一个", "one of the list"),
    ValueType.CODES: ("可填几个，用“；”隔开", "any of the list, separated by ；"),
    ValueType.GEOMETRY: ("图形", "geometry"),
}

_GUIDE_WIDTHS = (24, 24, 8, 24, 50, 50, 60)


def template(columns: Sequence[TemplateColumn], *, title: str) -> bytes:
    """Give an xlsx with a sheet to fill in, a guide, and the lists behind the drop-downs.

    Args:
        columns: in the order people fill them in.
        title: name of what is filled in; the sheet is called so.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        guide = book.add_worksheet(GUIDE_SHEET)
        choices = book.add_worksheet(CHOICE_SHEET)
        choices.hide()
        _fill_sheet(book, sheet, choices, columns)
        _fill_guide(book, guide, columns)
    return target.getvalue()


def is_example(row: Sequence[Cell]) -> bool:
    """Say whether a row is the template's example."""
    first = next((each for each in row if each is not None), None)
    return isinstance(first, str) and first.startswith(EXAMPLE_MARK)


def _fill_sheet(book: Any, sheet: Any, lists: Any, columns: Sequence[TemplateColumn]) -> None:
    bold = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
    plain = book.add_format({**bold, "bg_color": "#E8EEF7"})
    required = book.add_format({**bold, "bg_color": "#FFE8CC"})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    grey = book.add_format({"num_format": "@", "italic": True, "font_color": "#6B7280"})
    formats = {ValueType.DAY: day, ValueType.INTEGER: None, ValueType.DECIMAL: None}
    sheet.freeze_panes(1, 1)
    for number, each in enumerate(columns):
        width = max(12, min(40, 2 * len(each.header) + 4))
        sheet.set_column(number, number, width, formats.get(each.type, text))
        sheet.write_string(0, number, each.header, required if each.required else plain)
        sheet.write_comment(0, number, _note(each), {"x_scale": 2, "y_scale": 1.5})
        mark = EXAMPLE_MARK if number == 0 else ""
        sheet.write_string(1, number, mark + each.example, grey)
        _offer(sheet, lists, number, each)


def _note(column: TemplateColumn) -> str:
    expected_zh, expected_en = _EXPECTED[column.type]
    must_zh, must_en = ("必填", "Required") if column.required else ("选填", "Optional")
    lines = [
        f"{must_zh}：{expected_zh}",
        column.note_zh,
        f"{column.label_en} · {must_en}: {expected_en}".removeprefix(" · "),
        column.note_en,
    ]
    return "\n".join(filter(None, lines))


def _offer(sheet: Any, lists: Any, number: int, column: TemplateColumn) -> None:
    choices = ("是", "否") if column.type is ValueType.BOOLEAN else column.choices
    if not choices:
        return
    lists.write_string(0, number, column.header)
    for row, each in enumerate(choices, start=1):
        lists.write_string(row, number, each)
    letters = column_letters(number + 1)
    sheet.data_validation(
        1,
        number,
        ROWS,
        number,
        {
            "validate": "list",
            "source": f"='{CHOICE_SHEET}'!${letters}$2:${letters}${len(choices) + 1}",
            # Several codes in one cell, and spellings known to the importer, are fine too.
            "error_type": "warning" if column.type is ValueType.CODES else "stop",
            "error_title": "不在列表中",
            "error_message": "请从下拉列表中选取。",
        },
    )


def _fill_guide(book: Any, guide: Any, columns: Sequence[TemplateColumn]) -> None:
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    headers = ("列名", "Column", "必填", "填写内容", "说明", "Note", "可选值")
    for number, header in enumerate(headers):
        guide.set_column(number, number, _GUIDE_WIDTHS[number])
        guide.write_string(0, number, header, head)
    for row, each in enumerate(columns, start=1):
        cells = (
            each.header,
            each.label_en,
            "必填" if each.required else "",
            _EXPECTED[each.type][0],
            each.note_zh,
            each.note_en,
            "；".join(each.choices),
        )
        for number, cell in enumerate(cells):
            guide.write_string(row, number, cell, wrap)
    note = f"以“{EXAMPLE_MARK}”开头的行是示例，不会导入；可以保留，也可以删去。"
    guide.write_string(len(columns) + 2, 0, note)
    guide.write_string(len(columns) + 3, 0, f"Rows starting with {EXAMPLE_MARK} are examples.")
