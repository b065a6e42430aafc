"""A name taken apart: region, brand, trade, legal form, branch, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from chuangtu.engines.resolve.fold import fold
from chuangtu.engines.resolve.latin import read_words
from chuangtu.engines.resolve.model import NameParts
from chuangtu.engines.resolve.numerals import spell_numbers
from chuangtu.engines.resolve.regions import Region, find_regions, region_of
from chuangtu.engines.resolve.words import (
    BRANCH_ENDINGS,
    COMPANIES,
    FORM_NOTES,
    FORMER_MARKS,
    HEAD_OFFICES,
    NOTES,
    PARTNERSHIP,
    PARTNERSHIP_NOTES,
    forms,
    trades,
)

_BRACKETS = re.compile(r"\(([^()]*)\)")
_LONGEST_FORM, _LONGEST_TRADE = 8, 7
# A brand has two signs or more (企业名称登记管理规定), so the trade never takes them.
_FEWEST_SIGNS = 2
# Behind these words a part of the organisation is named; 大学生 and 大学城 are other words.
_COMPANY_PART = re.compile(r"(.{2,}?(?<![分支子])(?:公司|合伙企业))(.{2,})")
_INSTITUTE_PART = re.compile(r"(.{2,}?(?:大学(?![生城])|科学院|研究院|医院))(.{2,})")
# The number of a line in a list: 3、上海…, （3）上海…; a digit alone may be a brand (360安全).
_LISTED = re.compile(
    r"^\s*(?:\d{1,4}\s*[、.．,，:：)）]|[(（]\d{1,4}[)）])\s*[、.．]?(?=\s*[\u4e00-\u9fff(（])"
)
# Brackets behind a legal form are no part of the name, unless they name a part of the whole.
_PART_NOTE = re.compile(
    r".{0,8}(?:厂|厂区|车间|基地|期|部|店|院|所|中心|校区|区|科|组|队|站|工会|支部|[一二三四五六七八九十]|[甲乙丙丁])"
)
# Behind a legal form: a translation, a code, a telephone number, or an address.
_BEHIND = re.compile(
    r"(?<=公司)(?:[0-9a-z&+@#]+|[\u4e00-\u9fff]{2,20}(?:路|街|道)[0-9]+[号弄][^公司]*)$"
)
_SLIPPED_FORMS = ("有限责任公司", "股份有限公司", "有限公司")
# Endings that a slip in a longer form leaves: 有线公司, 股粉有限公司, 有限公词.
_COMPLETED = frozenset({"", "公司", "有限公司"})
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass
class _Brackets:
    """What the brackets of a name said."""

    seat: str = ""
    form: str = ""
    former: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@lru_cache(maxsize=1 << 16)
def decompose(name: str) -> NameParts:
    """Take a name apart; any text is taken, an empty one gives empty parts.

    >>> parts = decompose("一达信息科技（上海）股份有限公司苏州分公司")
    >>> parts.brand, parts.industry, parts.seat, parts.form, parts.branch
    ('1达', '信息科技', '31', 'joint_stock', '苏州分公司')
    """
    text, said = _open_brackets(fold(_LISTED.sub("", name)))
    text = _BEHIND.sub("", text)
    whole, branch = _cut_branch(text)
    if (behind := region_of(branch)) is not None:
        # 云杉软件有限公司 上海: a place behind a name is where it sits, no branch.
        said.seat, branch = said.seat or behind.code, ""
    rest, form = _cut_form(whole)
    if form in COMPANIES and rest.endswith("公司"):
        rest, _ = _cut_form(rest)
    rest, is_group = _cut_group(rest, whole, form)
    region, rest = _cut_region(rest, form)
    seat = said.seat
    if not seat and form in COMPANIES:
        rest, seat = _cut_seat(rest)
    brand, industry = _divide(rest)
    return NameParts(
        text=spell_numbers(text),
        region=region.code if region else "",
        region_text=region.bare if region else "",
        region_suffixed=region.suffixed if region else False,
        seat=seat,
        brand=spell_numbers(brand),
        industry=spell_numbers(industry),
        is_group=is_group,
        form=said.form or form,
        branch=branch,
        former=tuple(said.former),
        notes=tuple(_telling_notes(said.notes, form)),
        words=() if _HAN.search(text) else read_words(name),
    )


def _open_brackets(text: str) -> tuple[str, _Brackets]:
    said = _Brackets()
    text += ")" * max(0, text.count("(") - text.count(")"))
    while (met := _BRACKETS.search(text)) is not None:
        is_last = met.end() == len(text)
        kept = _hear(met.group(1), said, is_last=is_last and met.start() > 0)
        text = text[: met.start()] + kept + text[met.end() :]
    return text.replace("(", "").replace(")", ""), said


def _hear(content: str, said: _Brackets, *, is_last: bool) -> str:
    """Note what one pair of brackets says; the answer stays in the name."""
    if content in NOTES or content.isdigit() or (is_last and content in FORM_NOTES):
        return ""
    if content in PARTNERSHIP_NOTES:
        said.form = PARTNERSHIP
        return ""
    former = next((m for m in FORMER_MARKS if content.startswith(m)), None)
    if former is not None and len(content) > len(former) + 1:
        said.former.append(content[len(former) :])
        return ""
    region = region_of(content) or _district(content)
    if region is not None:
        said.seat = region.code
        return ""
    if is_last and not content.endswith((*BRANCH_ENDINGS, *forms())):
        said.notes.append(content)
        return ""
    return content


def _telling_notes(notes: list[str], form: str) -> Iterator[str]:
    for each in notes:
        if form not in COMPANIES or _PART_NOTE.fullmatch(each):
            yield spell_numbers(each)


def _district(content: str) -> Region | None:
    return region_of(f"{content}区") if len(content) > 1 else None


def _cut_branch(text: str) -> tuple[str, str]:
    for pattern in (_COMPANY_PART, _INSTITUTE_PART):
        met = pattern.fullmatch(text)
        if met is None:
            continue
        whole, tail = met.groups()
        if tail in HEAD_OFFICES:
            return whole, ""
        # 研究院有限公司 is the whole name of a company.
        if tail.endswith(BRANCH_ENDINGS) or not tail.endswith("公司"):
            return whole, _same_branch(tail)
    for ending in BRANCH_ENDINGS[:2]:
        if text.endswith(ending) and len(text) > len(ending):
            return _cut_place(text.removesuffix(ending), ending)
    return text, ""


def _cut_place(whole: str, ending: str) -> tuple[str, str]:
    """The parent and the branch's own part of a name that leaves the parent's form out."""
    for length in (4, 3, 2):
        place = whole[-length:]
        if len(whole) > length + 1 and region_of(place) is not None:
            return whole[:-length], _same_branch(place + ending)
    return whole, ending


def _same_branch(tail: str) -> str:
    """A branch as it is compared: without the 市 of its place, numbers in digits."""
    found, length = find_regions(tail)
    place = found[-1].bare if found else ""
    return spell_numbers(place + tail[length:])


def _cut_form(text: str) -> tuple[str, str]:
    exact = _exact_form(text)
    if text[len(text) - exact :] in _COMPLETED:
        for whole in _SLIPPED_FORMS:
            tail = text[-len(whole) :]
            is_slip = len(text) > len(whole) > exact and sum(map(str.__ne__, tail, whole)) == 1
            if is_slip and tail.endswith(text[len(text) - exact :]):
                return text[: -len(whole)], forms()[whole]
    if exact:
        return text[:-exact], forms()[text[-exact:]]
    if text.endswith("有") and len(text) > 4 and _divide(text[:-1])[1]:
        return text[:-1], forms()["有限"]
    return text, ""


def _exact_form(text: str) -> int:
    """How many signs the longest legal form at the end of a text takes."""
    for length in range(min(_LONGEST_FORM, len(text)), 0, -1):
        form = forms().get(text[-length:])
        if form is not None and (len(text) > length or form in COMPANIES):
            return length
    return 0


def _cut_group(rest: str, whole: str, form: str) -> tuple[str, bool]:
    if whole.endswith("集团"):
        return rest, True
    if form in COMPANIES and rest.endswith("集团"):
        return rest.removesuffix("集团"), True
    if form in COMPANIES and "集团" in rest[2:]:
        head, _, tail = rest.rpartition("集团")
        if _is_trade(tail):
            return head + tail, True
    return rest, False


def _cut_region(rest: str, form: str) -> tuple[Region | None, str]:
    found, length = find_regions(rest)
    # 上海宝山钢铁, 海伦建筑工程: a district before a trade is all the brand there is.
    if found and _is_small(found[-1]) and form in COMPANIES and _is_trade(rest[length:]):
        length -= len(found[-1].bare)
        found = found[:-1]
    length += _repeated(rest[length:], found)
    # 上海图书馆 has no brand of its own, 上海公司 is no region's company.
    left = len(rest) - length
    if not found or (left < _FEWEST_SIGNS and (form in COMPANIES or not form)):
        return None, rest
    return found[-1], rest[length:]


def _repeated(rest: str, found: tuple[Region, ...]) -> int:
    """How many signs repeat a region that was just named: 上海市上海一达."""
    again, length = find_regions(rest)
    known = {each.code for each in found}
    is_repeated = bool(again) and all(each.code in known for each in again)
    return length if is_repeated and len(rest) - length >= _FEWEST_SIGNS else 0


def _is_small(region: Region) -> bool:
    return len(region.code) > 4 and not region.suffixed


def _is_trade(rest: str) -> bool:
    return rest in trades() or (rest[:2] in trades() and _divide(rest)[0] == rest[:2])


def _cut_seat(rest: str) -> tuple[str, str]:
    """A region right before the legal form, without brackets: 西门子上海有限公司."""
    for length in (3, 2):
        if len(rest) < length + 2:
            continue
        region = region_of(rest[-length:])
        if region is not None and len(region.code) <= 4:
            return rest[:-length], region.code
    return rest, ""


@cache
def _ends() -> frozenset[str]:
    return frozenset(each[-1] for each in trades())


def _divide(rest: str) -> tuple[str, str]:
    """Brand and trade: the longest end of trade words that leaves a brand of two signs."""
    reached = {len(rest)}
    best = len(rest)
    for end in range(len(rest), _FEWEST_SIGNS, -1):
        if end not in reached or rest[end - 1] not in _ends():
            continue
        for start in range(max(_FEWEST_SIGNS, end - _LONGEST_TRADE), end - 1):
            if rest[start:end] in trades():
                reached.add(start)
                best = min(best, start)
    return rest[:best], rest[best:]
