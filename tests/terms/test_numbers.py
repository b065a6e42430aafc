"""A number is what is written in plain digits, and no longer than a database keeps."""

from __future__ import annotations

import pytest

from chuangtu.terms.numbers import whole_number


@pytest.mark.parametrize(("written", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_plain_digits_are_a_number(written: str, number: int):
    assert whole_number(written) == number


@pytest.mark.parametrize("written", ["", "²", "٣", "３", "-1", "+1", "1.0", "1_0", " 1", "9" * 19])
def test_anything_else_is_none(written: str):
    assert whole_number(written) is None


def test_fewer_digits_can_be_asked_for():
    assert whole_number("999", digits=3) == 999
    assert whole_number("1000", digits=3) is None
