"""Reasons in sentences, Chinese and English."""

from __future__ import annotations

from chuangtu.engines.resolve.decompose import decompose
from chuangtu.engines.resolve.model import Evidence, Judgement, Reason
from chuangtu.engines.resolve.prepare import Prepared
from chuangtu.engines.resolve.weigh import Weighing

_SENTENCES = {
    Reason.CODE_EQUAL: (
        "统一社会信用代码相同：{one}。",
        "The credit codes are equal: {one}.",
    ),
    Reason.CODE_DIFFERS: (
        "统一社会信用代码均有效但不同：{one}，{other}。",
        "Both credit codes are valid and differ: {one}, {other}.",
    ),
    Reason.CODE_INSIDE: (
        "两个代码中的组织机构代码相同，其余不同：{one}，{other}。",
        "The organisation codes inside both codes are equal, the rest differs: {one}, {other}.",
    ),
    Reason.CODE_NEAR: (
        "代码只差一处，且其中一个未通过校验：{one}，{other}。",
        "The codes differ by one slip, and one of them fails its check: {one}, {other}.",
    ),
    Reason.CODE_OF_PARENT: (
        "代码相同，但其中一方是分支机构，可能误填了总公司的代码：{one}。",
        "The codes are equal, but one is a branch that may give its parent's code: {one}.",
    ),
    Reason.CODE_TAKEN_OVER: (
        "代码不同，但名称与对方的曾用名一致，可能换发过代码：{one}，{other}。",
        "The codes differ, but a name was the other's: the code may have been replaced: "
        "{one}, {other}.",
    ),
    Reason.NAME_EQUAL: ("名称相同：{one}。", "The names are equal: {one}."),
    Reason.NAME_WRITTEN: (
        "名称只是写法不同：“{one}”与“{other}”。",
        "The names are only written differently: “{one}” and “{other}”.",
    ),
    Reason.NAME_FORMER: (
        "一方的名称是另一方的曾用名：“{one}”与“{other}”。",
        "The name of one was the name of the other: “{one}” and “{other}”.",
    ),
    Reason.NAME_BOTH_FORMER: (
        "双方的曾用名一致：“{one}”与“{other}”。",
        "Former names of both agree: “{one}” and “{other}”.",
    ),
    Reason.NAME_SHORT: (
        "一方使用简称：“{one}”与“{other}”。",
        "A short name is used: “{one}” and “{other}”.",
    ),
    Reason.NAME_ENGLISH: (
        "比较的是外文名称：“{one}”与“{other}”。",
        "Foreign names are compared: “{one}” and “{other}”.",
    ),
    Reason.NAME_SOUNDED: (
        "外文名称拼写了中文字号的读音：“{one}”与“{other}”。",
        "The foreign name spells the sound of the Chinese brand: “{one}” and “{other}”.",
    ),
    Reason.REGION_MISSING: (
        "只有一方的名称写有行政区划：“{one}{other}”。",
        "Only one of the names says a region: “{one}{other}”.",
    ),
    Reason.REGION_NESTED: (
        "名称中的行政区划一大一小：“{one}”与“{other}”。",
        "The region in one name lies in that of the other: “{one}” and “{other}”.",
    ),
    Reason.REGION_DIFFERS: (
        "名称中的行政区划不同：“{one}”与“{other}”。",
        "The names say different regions: “{one}” and “{other}”.",
    ),
    Reason.FORM_CHANGED: (
        "公司类型写法不同：“{one}”与“{other}”。",
        "The form of the company is written differently: “{one}” and “{other}”.",
    ),
    Reason.FORM_DIFFERS: (
        "组织形式不同：“{one}”与“{other}”。",
        "The legal forms differ: “{one}” and “{other}”.",
    ),
    Reason.INDUSTRY_DIFFERS: (
        "字号相同，行业用语不同：“{one}”与“{other}”。",
        "The brand is the same, the words for the trade differ: “{one}” and “{other}”.",
    ),
    Reason.BRAND_ONLY: (
        "一方只写了字号：“{one}”与“{other}”。",
        "One name is the brand alone: “{one}” and “{other}”.",
    ),
    Reason.CUT_OFF: (
        "一方的名称像是被截断或缩写：“{one}”与“{other}”。",
        "One name looks cut off or abbreviated: “{one}” and “{other}”.",
    ),
    Reason.GROUP_DIFFERS: (
        "只有一方的名称写有“集团”：“{one}”与“{other}”。",
        "Only one of the names says it is a group: “{one}” and “{other}”.",
    ),
    Reason.BRANCH_DIFFERS: (
        "分支机构不同，或一方是另一方的分支机构：“{one}”与“{other}”。",
        "The branches differ, or one is a branch of the other: “{one}” and “{other}”.",
    ),
    Reason.NOTES_DIFFER: (
        "名称末尾括号中的内容不同：“{one}”与“{other}”。",
        "What stands in brackets at the end differs: “{one}” and “{other}”.",
    ),
    Reason.SIGN_SLIPPED: (
        "名称像是有一处笔误：“{one}”与“{other}”。",
        "The names differ by what looks like a slip: “{one}” and “{other}”.",
    ),
    Reason.SIGN_ALIKE: (
        "字号中有一个字音近或形近：“{one}”与“{other}”。",
        "One sign of the brand sounds or looks alike: “{one}” and “{other}”.",
    ),
    Reason.SIGN_OTHER: (
        "名称相差一个字：“{one}”与“{other}”。",
        "The names differ by one sign: “{one}” and “{other}”.",
    ),
    Reason.SIGN_CONTRAST: (
        "相差的字有区分作用：“{one}”与“{other}”。",
        "The sign that differs tells two names apart: “{one}” and “{other}”.",
    ),
    Reason.NAME_UNRELATED: (
        "名称不同：“{one}”与“{other}”。",
        "The names differ: “{one}” and “{other}”.",
    ),
    Reason.NAME_UNKNOWN: (
        "至少一方没有名称，无从比较。",
        "At least one has no name: there is nothing to compare.",
    ),
    Reason.SITE_EQUAL: ("地址相同：{one}。", "The addresses are the same: {one}."),
    Reason.PLACE_DIFFERS: (
        "所在地不同：{one}，{other}。",
        "They stand in different places: {one}, {other}.",
    ),
    Reason.TRADE_DIFFERS: (
        "行业大类不同：{one}，{other}。",
        "The divisions of industry differ: {one}, {other}.",
    ),
    Reason.RIVAL: (
        "还有别的单位同样符合：“{one}”。",
        "Another organisation fits just as well: “{one}”.",
    ),
}


def explain(weighing: Weighing, one: Prepared, other: Prepared) -> Judgement:
    """Put a weighing into sentences, names as they were written.

    Args:
        weighing: a verdict with its reasons in short.
        one: what was weighed.
        other: what it was weighed against.
    """
    written = {
        decompose(name.text).text: name.text for each in (one, other) for name in each.party.names
    }
    return Judgement(
        weighing.verdict,
        tuple(
            Evidence(reason, leaning, *_sentences(reason, written.get(a, a), written.get(b, b)))
            for reason, leaning, a, b in weighing.reasons
        ),
    )


def _sentences(reason: Reason, one: str, other: str) -> tuple[str, str]:
    zh, en = _SENTENCES[reason]
    return zh.format(one=one, other=other), en.format(one=one, other=other)
