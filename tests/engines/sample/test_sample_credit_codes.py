"""Invented credit codes are formally right and can belong to nobody."""

import doctest

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from chuangtu.engines.sample import credit_codes as module
from chuangtu.engines.sample.credit_codes import LARGEST, credit_codes
from chuangtu.terms.codes import find_uscc_fault

WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@given(st.integers(0, LARGEST), st.sampled_from([b"91", b"12", b"52"]))
def test_every_code_passes_both_checks(serial, category):
    code = credit_codes(np.array([serial]), category)[0].decode()

    assert find_uscc_fault(code) is None
    assert uscc.is_valid(code)
    organization = code[8:17]
    left = 11 - sum(int(c) * w for c, w in zip(organization[:8], WEIGHTS, strict=True)) % 11
    assert organization[8] == {10: "X", 11: "0"}.get(left, str(left))


def test_different_numbers_give_different_codes_in_a_region_that_does_not_exist():
    codes = credit_codes(np.arange(200_000))

    assert len(np.unique(codes)) == 200_000
    assert {each[2:4] for each in codes[:1_000].tolist()} == {b"99"}


def test_the_worked_example_holds():
    assert doctest.testmod(module).failed == 0
