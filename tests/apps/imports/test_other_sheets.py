"""A sheet that is not imported is named, with how many rows are lost by it."""

import io

import openpyxl
import pytest

from chuangtu.apps.imports import queries
from chuangtu.terms.viewer import OFFICER

pytestmark = pytest.mark.django_db


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def notices(bring, content):
    shown = queries.get_batch(bring(content, name="名单.xlsx"), viewer=OFFICER)
    return [each["zh"] for each in shown.reading["notices"]]


def test_a_sheet_of_other_columns_is_named(bring):
    content = workbook(
        甲=[["名称", "成立日期"], ["甲公司", "2001-01-01"]],
        乙=[["企业全称", "电话"], ["丙公司", "62340000"], ["丁公司", "62340001"]],
    )

    (told,) = notices(bring, content)

    assert "工作表“乙”的列与“甲”不同" in told
    assert "2 行不会导入" in told


def test_a_list_over_several_sheets_needs_no_notice(bring):
    content = workbook(甲=[["名称"], ["甲公司"]], 乙=[["名称"], ["乙公司"]])

    assert notices(bring, content) == []
