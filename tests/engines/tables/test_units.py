"""A number means what its header's unit says, or it means nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chuangtu.engines.tables.model import Fault
from chuangtu.engines.tables.units import stated_unit, unit_factor


@pytest.mark.parametrize(
    ("header", "unit", "factor"),
    [
        ("注册资本", "元", "1"),
        ("注册资本（元）", "元", "1"),
        ("注册资本(万元)", "元", "10000"),
        ("注册资本【单位：亿元】", "元", "100000000"),
        ("营业收入 千元", "元", "1000"),
        ("研发投入万元", "万元", "1"),
        ("面积（㎡）", "平方米", "1"),
        ("面积（万平方米）", "平方米", "10000"),
        ("占地（公顷）", "平方公里", "0.01"),
        ("面积（建筑）", "平方米", "1"),
        ("职工（万人）", "人", "10000"),
        ("企业数（个）", "家", "1"),
    ],
)
def test_numbers_are_brought_to_the_wanted_unit_exactly(header, unit, factor):
    assert unit_factor(header, unit) == Decimal(factor)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("注册资本（万美元）", "元"),
        ("面积（亩）", "平方米"),
        ("人数（万元）", "人"),
        ("占比（%）", ""),
    ],
)
def test_no_factor_is_guessed(header, unit):
    found = unit_factor(header, unit)

    assert isinstance(found, Fault)
    assert found.code == "other_unit"
    assert stated_unit(header) in found.zh
