"""Places and problems say themselves in both languages."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangtu.engines import tables
from chuangtu.engines.tables.model import (
    Fault,
    Place,
    Problem,
    Shape,
    column_letters,
    column_number,
)
from chuangtu.engines.tables.sentences import codes, fault, refuse


@given(st.integers(1, 16_384))
def test_letters_and_numbers_of_columns_are_one(number):
    assert column_number(column_letters(number)) == number


def test_a_problem_says_place_value_reason_and_remedy():
    problem = Problem(
        Fault("x", "不对。请改正。", "Wrong. Mend it."), Place("a.xlsx", row=7), "12"
    )

    assert problem.zh == "“a.xlsx” 第 7 行（值“12”）：不对。请改正。"
    assert problem.en == "'a.xlsx', row 7 (value '12'): Wrong. Mend it."


def test_a_place_without_row_is_its_sheet_or_file():
    assert Place("a.xlsx", Shape.CELLS, "甲").zh == "“a.xlsx” 工作表“甲”"
    assert Place("a.xlsx", column=2).en == "'a.xlsx', B"
    assert Place("a.xlsx", row=2).zh == "“a.xlsx” 第 2 行"
    assert Place("a.xlsx", row=2).en == "'a.xlsx', row 2"
    assert Place("a.csv", Shape.LINES).zh == "“a.csv”"


NAMES = (
    *("size", "limit", "detail", "name", "part", "range", "header", "other", "count"),
    *("byte", "sample", "crs", "expected", "first", "columns", "seconds", "chosen", "other_en"),
)


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_trouble_is_a_sentence_with_a_remedy_in_both_languages(code):
    values = dict.fromkeys(NAMES, "7")
    try:
        found = refuse(code, Place("a"), **values).problem.fault
    except KeyError:
        found = fault(code, **values)

    assert found.zh.endswith("。")
    assert found.en.endswith(".")
    assert "{" not in found.zh + found.en
    assert len(found.zh.split("。")) >= 2


MODULES = [name for _, name, _ in pkgutil.iter_modules(tables.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_engine_run(name):
    module = importlib.import_module(f"chuangtu.engines.tables.{name}")

    assert doctest.testmod(module).failed == 0
