"""From a cell to a value, or to a sentence."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangtu.engines.tables.model import Fault, Untrusted, ValueType, Wanted
from chuangtu.engines.tables.parse import fold, parse
from chuangtu.engines.tables.remarks import remark_codes

moment = datetime.fromisoformat  # Excel knows no time zones
TEXT = Wanted(ValueType.TEXT)
CODE_TEXT = Wanted(ValueType.TEXT, is_identifier=True)
PATENT = Wanted(ValueType.TEXT, is_identifier=True, point_after=(8, 12))
NUMBER = Wanted(ValueType.DECIMAL, unit="平方米")
WHOLE = Wanted(ValueType.INTEGER)
DAY = Wanted(ValueType.DAY)
BOOL = Wanted(ValueType.BOOLEAN)
SPELLINGS = {"国家级": "national", "市级": "municipal", "a、b": "ab"}
LEVEL = Wanted(ValueType.CODE, spellings=SPELLINGS, examples=("国家级", "市级"))
LEVELS = Wanted(ValueType.CODES, spellings=SPELLINGS, examples=("国家级",))


@pytest.mark.parametrize(
    ("cell", "wanted", "value"),
    [
        (None, TEXT, None),
        ("  ", NUMBER, None),
        ("\u200b 甲\ufeff\n", TEXT, "甲"),
        ("甲\x00\x07\x7f\t乙\n丙", TEXT, "甲\t乙\n丙"),
        (True, TEXT, "是"),
        (False, TEXT, "否"),
        (310112.0, CODE_TEXT, "310112"),
        (310112, CODE_TEXT, "310112"),
        (123456789012345678, CODE_TEXT, "123456789012345678"),
        ("201310123456.0", PATENT, "201310123456.0"),
        ("98765432.0", PATENT, "98765432.0"),
        ("201310123456.X", PATENT, "201310123456.X"),
        (2013101234567, PATENT, "2013101234567"),
        (12.5, TEXT, "12.5"),
        (1e-7, TEXT, "0.0000001"),
        (moment("2015-12-31"), TEXT, "2015-12-31"),
        (moment("2015-12-31T08:00"), TEXT, "2015-12-31 08:00:00"),
        (time(8, 30), TEXT, "08:30:00"),
        ("1E5", TEXT, "1E5"),
        ("1,200.5", NUMBER, Decimal("1200.50")),
        ("１２００．５平方米", NUMBER, Decimal("1200.50")),
        ("1200.5 平方 米", NUMBER, Decimal("1200.50")),
        ("-.5", NUMBER, Decimal("-0.50")),
        ("1.2e3", NUMBER, Decimal("1200.00")),
        (0.1 + 0.2, NUMBER, Decimal("0.30")),
        (Decimal("3"), NUMBER, Decimal("3.00")),
        (7, NUMBER, Decimal("7.00")),
        ("——", NUMBER, None),
        ("n/a", WHOLE, None),
        ("1,200", WHOLE, 1200),
        ("12.00", WHOLE, 12),
        (12.0, WHOLE, 12),
        (date(2015, 12, 31), DAY, date(2015, 12, 31)),
        (moment("2015-12-31"), DAY, date(2015, 12, 31)),
        ("2015-12-31", DAY, date(2015, 12, 31)),
        ("2015年12月31日", DAY, date(2015, 12, 31)),
        ("2015 年 2 月 3 号", DAY, date(2015, 2, 3)),
        ("2015/2/3", DAY, date(2015, 2, 3)),
        ("2015.12.31", DAY, date(2015, 12, 31)),
        ("20151231", DAY, date(2015, 12, 31)),
        ("２０１５－１２－３１", DAY, date(2015, 12, 31)),
        ("2015-12-31 00:00:00", DAY, date(2015, 12, 31)),
        ("2015-12-31T00:00:00Z", DAY, date(2015, 12, 31)),
        ("—", DAY, None),
        ("是", BOOL, True),
        ("Ｙｅｓ", BOOL, True),
        (1.0, BOOL, True),
        (0, BOOL, False),
        (True, BOOL, True),
        ("无", BOOL, False),
        ("不详", BOOL, None),
        ("国 家 级", LEVEL, "national"),
        ("国家级、市级", LEVELS, ("national", "municipal")),
        ("市级；市级;", LEVELS, ("municipal",)),
        ("A、B", LEVELS, ("ab",)),
    ],
)
def test_a_cell_is_read_as_what_is_wanted(cell, wanted, value):
    found = parse(cell, wanted)

    assert found == value
    assert type(found) is type(value)


FAULTS = [
    ("3.101120000e17", CODE_TEXT, "code_as_float"),
    ("3.10112E+17", CODE_TEXT, "code_as_float"),
    (3.10112e17, CODE_TEXT, "code_as_float"),
    (3.10112e17, TEXT, "code_as_float"),
    ("310112.0", CODE_TEXT, "code_with_point"),
    (310112.5, CODE_TEXT, "code_with_point"),
    (201310123456.7, PATENT, "code_with_point"),
    (201310123456.0, PATENT, "code_without_check_digit"),
    (201310123456, PATENT, "code_without_check_digit"),
    (Decimal(98765432), PATENT, "code_without_check_digit"),
    ("2.01310123456e11", PATENT, "code_as_float"),
    ("甲乙丙", Wanted(ValueType.TEXT, max_length=2), "too_long"),
    (float("nan"), TEXT, "not_text"),
    (float("inf"), NUMBER, "not_a_number"),
    ("约 1200", NUMBER, "not_a_number"),
    ("-", Wanted(ValueType.TEXT, max_length=0), "too_long"),
    ("+", NUMBER, "not_a_number"),
    ("1200 元", WHOLE, "not_a_number"),
    ("1,2,3", NUMBER, "other_unit"),
    ("1200 亩", NUMBER, "other_unit"),
    ("e5", NUMBER, "not_a_number"),
    ("1e99", NUMBER, "out_of_range"),
    (True, NUMBER, "not_a_number"),
    (date(2015, 1, 1), NUMBER, "not_a_number"),
    ("-1", Wanted(ValueType.DECIMAL, minimum=Decimal(0)), "out_of_range"),
    ("9", Wanted(ValueType.INTEGER, maximum=Decimal(8)), "out_of_range"),
    ("1.005", NUMBER, "too_precise"),
    ("1.5", WHOLE, "not_whole"),
    (moment("2015-12-31T08:00"), DAY, "has_time"),
    (42369.0, DAY, "day_as_number"),
    (time(8), DAY, "not_a_day"),
    (timedelta(1), DAY, "not_a_day"),
    ("2015-02-30", DAY, "no_such_day"),
    ("2015年12月", DAY, "incomplete_day"),
    ("2015", DAY, "incomplete_day"),
    ("03/02/2015", DAY, "ambiguous_day"),
    ("15年3月2日", DAY, "ambiguous_day"),
    ("昨天", DAY, "not_a_day"),
    ("也许", BOOL, "not_yes_or_no"),
    (2.5, BOOL, "not_yes_or_no"),
    ("区级", LEVEL, "not_in_list"),
    (float("nan"), LEVEL, "not_text"),
    ("国家级、区级", LEVELS, "not_in_list"),
    (float("nan"), LEVELS, "not_text"),
]


@pytest.mark.parametrize(("cell", "wanted", "code"), FAULTS)
def test_what_cannot_be_read_says_why_and_what_to_do(cell, wanted, code):
    found = parse(cell, wanted)

    assert isinstance(found, Fault)
    assert found.code == code
    assert found.zh.endswith("。")
    assert found.en.endswith(".")
    assert "{" not in found.zh + found.en


def test_every_remark_has_a_case():
    assert {code for _, _, code in FAULTS} == remark_codes()


def test_an_untrusted_cell_keeps_its_own_sentence():
    spot = Fault("formula", "公式。", "Formula.")

    assert parse(Untrusted(spot, "2"), NUMBER) is spot


@given(st.dates())
def test_every_day_is_read_in_every_form(day):
    forms = (
        day.isoformat(),
        f"{day.year:04}年{day.month}月{day.day}日",
        f"{day.year:04}/{day.month}/{day.day}",
        f"{day.year:04}.{day.month:02}.{day.day:02}",
        f"{day.year:04}{day.month:02}{day.day:02}",
    )

    assert {parse(each, DAY) for each in forms} == {day}


@given(st.decimals(-(10**12), 10**12, places=2))
def test_money_never_passes_through_binary(amount):
    assert parse(str(amount), Wanted(ValueType.DECIMAL)) == amount
    assert parse(float(amount), Wanted(ValueType.DECIMAL)) == amount
    assert parse(f"{amount:,}", Wanted(ValueType.DECIMAL)) == amount


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.none()))
def test_no_cell_breaks_any_parser(cell):
    for wanted in (TEXT, CODE_TEXT, NUMBER, WHOLE, DAY, BOOL, LEVEL, LEVELS):
        parse(cell, wanted)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
