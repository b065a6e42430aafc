"""Two records: the verdict, its reasons, and what does not change it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chuangtu.engines.resolve.explain import _SENTENCES
from chuangtu.engines.resolve.judge import judge
from chuangtu.engines.resolve.model import Leaning, Name, NameKind, Party, Reason, Verdict
from tests.engines.resolve.tricky import tricky_pairs

TRICKY = tricky_pairs()


def party(*names, kind=NameKind.LEGAL, **more):
    return Party("1", tuple(Name(each, kind) for each in names), **more)


def reasons(one, other):
    return {each.reason for each in judge(one, other).reasons}


def test_the_list_of_tricky_pairs_is_long():
    assert len(TRICKY) >= 150
    assert {answer for answer, *_ in TRICKY} == set(Verdict)


@pytest.mark.parametrize(
    ("answer", "one", "other"),
    [each[:3] for each in TRICKY],
    ids=[each[3] for each in TRICKY],
)
def test_a_tricky_pair_is_judged_as_officers_would(answer, one, other):
    assert judge(one, other).verdict == answer
    assert judge(other, one).verdict == answer


def test_every_reason_has_a_sentence_in_both_languages():
    for reason in Reason:
        zh, en = _SENTENCES[reason]

        assert zh.endswith(("。", "：{one}。"))
        assert en.endswith((".", "{one}.", "{other}."))
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in en)


def test_a_judgement_quotes_what_it_compared():
    found = judge(party("上海一达科技有限公司"), party("上海二达科技有限公司"))

    assert found.reasons[0].reason is Reason.SIGN_CONTRAST
    assert found.reasons[0].leaning is Leaning.DIFFERENT
    assert "“1”与“2”" in found.reasons[0].zh
    assert "“1” and “2”" in found.reasons[0].en


def test_a_record_without_a_name_is_doubtful():
    assert judge(party(), party("上海一达科技有限公司")).verdict is Verdict.DOUBTFUL
    assert reasons(party(" "), party("上海一达科技有限公司")) == {Reason.NAME_UNKNOWN}


def test_names_of_one_place_and_another_industry_are_not_settled_without_a_region():
    one = party("云杉软件有限公司", industry="I65")
    other = party("上海云杉软件有限公司", industry="C3921")

    assert judge(one, other).verdict is Verdict.DOUBTFUL
    assert Reason.TRADE_DIFFERS in reasons(one, other)


def test_a_partnership_by_the_register_is_no_company():
    one = party("上海云杉软件有限公司", legal_form="limited_liability")
    other = party("上海云杉软件有限公司", legal_form="partnership")

    assert judge(one, other).verdict is Verdict.DOUBTFUL


def test_a_code_behind_a_name_counts_where_the_column_is_empty():
    one = party("上海云杉软件有限公司（91990112000000000N）")
    other = party("晨泰模具有限公司", uscc="91990112000000000N")

    assert judge(one, other).verdict is Verdict.SAME
    assert judge(replace(one, uscc="919901124827104341"), other).verdict is Verdict.DIFFERENT


def test_a_name_in_brackets_that_is_no_whole_code_gives_none():
    one = party("上海云杉软件有限公司（919901120000000000）")

    assert judge(one, party("晨泰模具", uscc="91990112000000000N")).verdict is Verdict.DIFFERENT


def test_one_organisation_code_in_two_credit_codes_is_doubtful():
    one = party("上海云杉软件有限公司", uscc="91990112000000000N")
    other = party("上海云杉软件有限公司", uscc="919901130000000005")
    from chuangtu.terms.codes import find_uscc_fault

    whole = next(
        f"91990113000000000{sign}"
        for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY"
        if find_uscc_fault(f"91990113000000000{sign}") is None
    )

    assert judge(one, replace(other, uscc=whole)).verdict is Verdict.DOUBTFUL


def test_two_faulty_codes_say_nothing():
    one = party("上海云杉软件有限公司", uscc="91990112000000000A")
    other = party("上海云杉软件有限公司", uscc="91990112000000000B")

    assert Reason.CODE_NEAR not in reasons(one, other)
    assert judge(one, other).verdict is Verdict.SAME


def test_names_without_a_legal_one_stand_for_it():
    one = party("云杉软件有限公司", kind=NameKind.SHORT)
    other = party("云杉软件有限公司", kind=NameKind.FORMER)

    assert judge(one, other).verdict is Verdict.SAME


def test_a_foreign_legal_name_beside_a_chinese_one_is_a_foreign_name():
    one = party("上海云杉软件有限公司", "Yunshan Software Ltd.")
    other = party("昆山晨泰模具有限公司", "Yunshan Software Ltd.")

    assert judge(one, other).verdict is Verdict.DOUBTFUL
    assert Reason.NAME_ENGLISH in reasons(one, other)


def test_long_foreign_names_with_one_slip_are_doubtful_until_a_site_speaks():
    one = party("Yunshan Software Limited", addresses=("都市路100号",))
    other = party("Yunshan Softwere Limited")

    assert judge(one, other).verdict is Verdict.DOUBTFUL
    assert judge(one, replace(other, addresses=("都市路 100 号",))).verdict is Verdict.SAME


def test_short_foreign_names_with_one_slip_are_two():
    assert judge(party("Yunshan Ltd"), party("Yunshen Ltd")).verdict is Verdict.DIFFERENT


def test_a_brand_too_short_to_spell_proves_nothing():
    assert judge(party("上海阿鹅有限公司"), party("Ae Ltd")).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "verdict", "reason"),
    [
        (
            "上海云杉软件有限公司（一厂区）",
            "上海市云杉软件公司（二厂区）",
            "doubtful",
            "notes_differ",
        ),
        ("上海云杉软件有限公司", "云杉软件有限公司（二厂区）", "doubtful", "notes_differ"),
        ("中国云杉软件有限公司", "云杉软件有限公司", "doubtful", "region_missing"),
        ("中国云杉软件有限公司", "上海云杉软件有限公司", "different", "region_differs"),
        ("上海云杉（闵行）软件有限公司", "闵行区云杉软件有限公司", "doubtful", "region_nested"),
        ("上海市图书馆", "图书馆（一）", "different", "name_unrelated"),
        ("上海云海大学", "云海（上海）大学", "same", "name_written"),
        ("上海云杉信息科技有限公司", "云杉科技", "doubtful", "cut_off"),
        ("上海云杉电子有限公司", "上海云杉软软件有限公司", "different", "name_unrelated"),
        ("上海云杉软件件有限公司", "上海云杉软件有限公司", "same", "sign_slipped"),
        ("上海云杉电电子有限公司", "上海云杉电子有限公司", "same", "sign_slipped"),
        ("上海云杉电子科科技有限公司", "上海云杉电子科技有限公司", "same", "sign_slipped"),
        ("上海云杉智能科技有限公司", "上海云杉智能科", "doubtful", "cut_off"),
        ("上海云杉智能科技有限公司", "上海云杉智能", "doubtful", "cut_off"),
        ("上海云杉半导体设备有限公司", "上海云杉半导", "doubtful", "cut_off"),
        ("上海云杉智能有限公司", "上海云杉智有限公司", "different", "sign_other"),
        ("上海云杉新材料有限公司", "上海云杉材料", "different", "industry_differs"),
        ("上海云杉水泵", "上海云杉泵业有限公司", "different", "industry_differs"),
        ("上海达云杉软件有限公司", "上海云杉达软件有限公司", "different", "name_unrelated"),
        ("上海东西软件有限公司", "上海西东软件有限公司", "different", "sign_contrast"),
        ("上海云杉企业管理（普通合伙）", "上海云杉企业管理有限公司", "different", "form_differs"),
        ("上海云杉设计院", "上海云杉设计所", "different", "form_differs"),
    ],
)
def test_what_differs_is_named(one, other, verdict, reason):
    found = judge(party(one), party(other))

    assert found.verdict == verdict, found.reasons
    assert reason in {each.reason for each in found.reasons}


def test_the_only_sign_of_a_brand_needs_its_region():
    one, other = party("上海馨图书馆"), party("馨图书馆")

    assert judge(one, other).verdict is Verdict.DOUBTFUL
