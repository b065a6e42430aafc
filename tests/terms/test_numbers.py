"""A number is what is written in plain digits, and no longer than a database keeps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangtu.terms.numbers import decimal_number, plain_digits, whole_number


@pytest.mark.parametrize(("written", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_plain_digits_are_a_number(written: str, number: int):
    assert whole_number(written) == number


@pytest.mark.parametrize("written", ["", "²", "٣", "３", "-1", "+1", "1.0", "1_0", " 1", "9" * 19])
def test_anything_else_is_none(written: str):
    assert whole_number(written) is None


def test_fewer_digits_can_be_asked_for():
    assert whole_number("999", digits=3) == 999
    assert whole_number("1000", digits=3) is None


@pytest.mark.parametrize("written", ["0", "-12.50", "007", "0." + "3" * 40])
def test_plain_digits_with_a_point_are_exactly_that_number(written: str):
    assert decimal_number(written) == Decimal(written)


@pytest.mark.parametrize(
    "written",
    ["", "-", ".5", "5.", "+1", "1e3", "1_0", "１", "1．5", "٣", " 1", "1\n", "NaN", "inf", "--1"],
)
def test_any_other_way_to_write_a_number_is_none(written: str):
    assert decimal_number(written) is None


def test_the_digits_on_each_side_of_the_point_can_be_limited():
    assert decimal_number("123.456", digits=3) == Decimal("123.456")
    assert decimal_number("1234", digits=3) is None
    assert decimal_number("1.2345", digits=3) is None


@given(st.floats(allow_nan=False, allow_infinity=False) | st.decimals(-(10**9), 10**9, places=9))
def test_what_is_written_in_plain_digits_reads_back_to_the_same(number: float | Decimal):
    read = decimal_number(plain_digits(number))

    assert read is not None
    assert type(number)(read) == number
