"""Headers of foreign files find their field, and never two of them the same."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chuangtu.engines.tables.suggest import How, Target, suggest

TARGETS = [
    Target("name", ("名称", "name"), ("企业名称", "单位名称")),
    Target("area", ("面积（平方米）", "面积", "area"), ("建筑面积",)),
    Target("founded_on", ("成立日期", "founded_on"), ("注册日期",)),
    Target("uscc", ("统一社会信用代码", "uscc"), ("信用代码",)),
    Target("address", ("注册地址", "address")),
]


def found(*headers):
    return [(each.target, each.how) for each in suggest(headers, TARGETS)]


def test_labels_aliases_and_spellings_are_found():
    assert found("名称", "建筑面积", "成立 日期：", "USCC") == [
        ("name", How.EXACT),
        ("area", How.ALIAS),
        ("founded_on", How.FOLDED),
        ("uscc", How.FOLDED),
    ]


def test_units_brackets_and_numbering_do_not_matter():
    assert found("2、面积(㎡)", "【必填】名称") == [("area", How.FOLDED), ("name", How.FOLDED)]


def test_a_similar_header_is_found_with_less_confidence():
    (similar,) = suggest(["企业统一社会信用代码"], TARGETS)

    assert similar.target == "uscc"
    assert similar.how is How.SIMILAR
    assert Decimal("0.6") <= similar.confidence < Decimal("0.92")


def test_a_header_that_means_nothing_is_left_alone():
    assert found("备注", "（）", "") == [(None, How.NONE)] * 3


def test_the_better_header_wins_and_the_other_gets_nothing():
    assert found("企业名称", "名称") == [(None, How.NONE), ("name", How.EXACT)]


def test_two_headers_that_mean_a_field_equally_are_for_a_person_to_settle():
    assert found("名 称", "名称：", "面积") == [
        (None, How.CONTESTED),
        (None, How.CONTESTED),
        ("area", How.EXACT),
    ]


def test_of_two_aliases_the_surer_wins():
    assert found("单位名称", "企业名称") == [(None, How.NONE), ("name", How.ALIAS)]


def test_a_preferred_field_gets_a_header_that_two_could_have():
    twins = [Target("one", (), ("地址",)), Target("other", (), ("地址",), is_preferred=True)]

    assert [each.target for each in suggest(["地址"], twins)] == ["other"]


def test_one_header_that_means_two_fields_equally_is_contested():
    twins = [Target("one", ("地址",)), Target("other", ("地址",))]

    assert [each.how for each in suggest(["地址"], twins)] == [How.CONTESTED]


def test_nothing_is_suggested_without_targets():
    assert [each.how for each in suggest(["名称"], [])] == [How.NONE]
    assert [each.how for each in suggest(["名称"], [Target("x", ())])] == [How.NONE]


@given(st.lists(st.sampled_from(["名称", "企业名称", "地址", "注册地址", "面积", "日期", "代码"])))
def test_no_field_is_ever_suggested_twice(headers):
    named = [each.target for each in suggest(headers, TARGETS) if each.target]

    assert len(named) == len(set(named))
