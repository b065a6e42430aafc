"""Official codes are recognised as the standards say, and nothing else is."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from chuangtu.rulebook.lists import industry
from chuangtu.terms.codes import UsccFault, compact_uscc, find_uscc_fault

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from("123456789ANY"),
    st.sampled_from(ALPHABET),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def checked(body):
    return body + uscc.calc_check_digit(body)


@given(BODIES)
def test_a_code_with_its_check_sign_is_valid(body):
    assert find_uscc_fault(checked(body)) is None


@given(BODIES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_found(body, place, sign):
    code = checked(body)
    wrong = code[:place] + sign + code[place + 1 :]

    assert (find_uscc_fault(wrong) is None) == (wrong == code)


@given(BODIES, st.integers(8, 16))
def test_two_exchanged_neighbours_are_found(body, place):
    code = checked(body)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert (find_uscc_fault(wrong) is None) == (wrong == code)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", UsccFault.LENGTH),
        ("9111000060003734", UsccFault.LENGTH),
        ("9111000060003734IL", UsccFault.CHARACTER),
        ("91110000600037341l", UsccFault.CHARACTER),
        ("0111000060003734" + "1L", UsccFault.SHAPE),
        ("9111A00060003734" + "1L", UsccFault.SHAPE),
        ("911100006000373410", UsccFault.CHECK),
    ],
)
def test_each_fault_has_its_name(code, fault):
    assert find_uscc_fault(code) is fault


def test_a_code_is_compacted_whatever_the_width_and_spacing():
    assert compact_uscc("９１１１００００ 6000\u30003734-1l\n") == "91110000600037341L"


def test_a_rural_collective_has_a_code_that_starts_with_a_letter():
    assert find_uscc_fault(checked("N2310112MF0000001")) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C", "C"),
        ("39", "39"),
        ("C39", "39"),
        ("396", "396"),
        ("3962", "3962"),
        ("Ｃ３９６２", "3962"),
        (" c3962 ", "3962"),
        ("制造业", "C"),
        ("软件和信息技术服务业", "65"),
        ("I39", None),
        ("98", None),
        ("00", None),
        ("39621", None),
        ("Z", None),
        ("软件", None),
        ("", None),
    ],
)
def test_an_industry_is_known_by_code_or_name(text, code):
    assert industry().find_code(text) == code


def test_every_division_has_one_section_and_every_class_its_division():
    table = industry()

    assert [each.code for each in table.sections] == list(string.ascii_uppercase[:20])
    assert len(table.divisions) == 97
    for each in table.divisions:
        assert table.section_of(each.code) in string.ascii_uppercase[:20]
        assert table.division_of(each.code + "19") == each.code
        assert table.section_of(each.code + "1") == table.parents[each.code]


def test_a_bare_section_has_no_division_and_no_code_no_section():
    assert industry().division_of("C") is None
    assert industry().section_of("C") == "C"
    assert industry().section_of("99") is None
