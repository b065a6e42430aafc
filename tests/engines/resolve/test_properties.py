"""What holds for any names: symmetry, reflexivity, stable folding, unknown is not no."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chuangtu.engines.resolve.decompose import decompose
from chuangtu.engines.resolve.fold import fold
from chuangtu.engines.resolve.judge import judge
from chuangtu.engines.resolve.model import Name, NameKind, Party, Verdict
from chuangtu.engines.resolve.numerals import spell_numbers

PIECES = st.sampled_from(
    [
        "上海",
        "上海市",
        "苏州",
        "（上海）",
        "闵行区",
        "中国",
        "东方",
        "一达",
        "二达",
        "云杉",
        "鑫源",
        "新源",
        "A",
        "ABB",
        "科技",
        "信息",
        "软件",
        "集团",
        "股份",
        "有限公司",
        "有限责任公司",
        "公司",
        "合伙企业",
        "（有限合伙）",
        "苏州分公司",
        "分公司",
        "大学",
        "研究所",
        "厂",
        "（示例）",
        "（原上海一达有限公司）",
        "(",
        ")",
        "12",
        "第",
        "号",
        "Yunshan",
        "Ltd",
        "达",
        "限",
    ]
)
NAMES = st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=12)
CODES = st.sampled_from(["", "91990112000000000N", "919901124827104341", "482710434", "123"])
ADDRESSES = st.sampled_from(["", "都市路100号", "上海市都市路100号3幢", "苏州市人民路1号"])


@st.composite
def parties(draw, codes=CODES):
    kinds = st.sampled_from(list(NameKind))
    names = draw(st.lists(st.builds(Name, NAMES, kinds), max_size=3))
    return Party(
        "1",
        tuple(names),
        uscc=draw(codes),
        regions=tuple(draw(st.lists(st.sampled_from(["310112", "3205", ""]), max_size=1))),
        addresses=(draw(ADDRESSES),),
        industry=draw(st.sampled_from(["", "I65", "C39"])),
    )


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(NAMES)
def test_spelling_numbers_twice_changes_nothing_more(text):
    assert spell_numbers(spell_numbers(text)) == spell_numbers(text)


@given(parties(), parties())
def test_the_order_of_two_records_changes_no_verdict(one, other):
    assert judge(one, other).verdict is judge(other, one).verdict


@given(parties())
def test_a_record_with_a_name_is_the_same_as_itself(one):
    # A place in brackets alone, or marks alone, name nobody.
    if not any(decompose(each.text).text for each in one.names):
        return

    assert judge(one, one).verdict is Verdict.SAME


@given(parties(), parties(), CODES, ADDRESSES)
def test_what_one_record_does_not_say_never_makes_two_of_the_same(one, other, code, address):
    silent = replace(other, uscc="", addresses=(), regions=(), industry="")
    before = judge(replace(one, uscc="", addresses=()), silent).verdict

    after = judge(replace(one, uscc=code, addresses=(address,)), silent).verdict

    if before is Verdict.SAME:
        assert after is not Verdict.DIFFERENT


@given(parties(), parties())
def test_every_judgement_has_a_reason_in_both_languages(one, other):
    found = judge(one, other)

    assert found.reasons
    assert all(each.zh and each.en for each in found.reasons)
