"""Two names, part by part."""

from __future__ import annotations

from dataclasses import replace

from chuangtu.engines.resolve.compare_stems import compare_stems
from chuangtu.engines.resolve.latin import compare_latin
from chuangtu.engines.resolve.likeness import Likened, Likeness
from chuangtu.engines.resolve.model import NameParts, Reason
from chuangtu.engines.resolve.regions import COUNTRY, is_inside
from chuangtu.engines.resolve.words import COMPANIES, JOINT_STOCK, PARTNERSHIP

_FEWEST_SIGNS = 2

Reasons = tuple[tuple[Reason, str, str], ...]


def compare(one: NameParts, other: NameParts) -> Likened:
    """Say how near two names are; the order of the two changes nothing but the reasons' words.

    Args:
        one: a name taken apart.
        other: another.

    Returns:
        The grade and its reasons: what differs, with the two wordings.
    """
    if one.text == other.text and one.seat == other.seat:
        return _same_text(one, other)
    if one.is_latin or other.is_latin:
        return compare_latin(one, other)
    if one.branch != other.branch:
        return _apart(Reason.BRANCH_DIFFERS, one.branch, other.branch)
    if one.region != other.region:
        one, other = _as_brand(one, other), _as_brand(other, one)
    stems = compare_stems(one, other)
    if stems.likeness <= Likeness.APART:
        return stems
    found = [stems, _compare_places(one, other), _compare_forms(one, other)]
    if one.notes != other.notes:
        notes = (Reason.NOTES_DIFFER, "、".join(one.notes), "、".join(other.notes))
        found.append(Likened(Likeness.LIKELY, (notes,)))
    if one.is_group != other.is_group and _both_say_form(one, other):
        found.append(Likened(Likeness.NESTED, ((Reason.GROUP_DIFFERS, one.text, other.text),)))
    return _weakest(found, one, other)


def _as_brand(parts: NameParts, other: NameParts) -> NameParts:
    """A name whose region is part of its brand, as the other name shows.

    东方明珠 is no 明珠 from 东方, though it begins with a city's name.
    """
    if parts.region_suffixed or parts.region_text + parts.stem != other.stem:
        return parts
    return replace(parts, region="", region_text="", brand=parts.region_text + parts.brand)


def _same_text(one: NameParts, other: NameParts) -> Likened:
    reasons: Reasons = ((Reason.NAME_EQUAL, one.text, other.text),)
    if one.notes != other.notes:
        notes = (Reason.NOTES_DIFFER, "、".join(one.notes), "、".join(other.notes))
        return Likened(Likeness.LIKELY, (*reasons, notes))
    return Likened(Likeness.SAME, reasons)


def _apart(reason: Reason, one: str, other: str) -> Likened:
    return Likened(Likeness.APART, ((reason, one, other),))


def _both_say_form(one: NameParts, other: NameParts) -> bool:
    return bool(one.form and other.form)


def _weakest(found: list[Likened], one: NameParts, other: NameParts) -> Likened:
    weakest = min(each.likeness for each in found)
    reasons = tuple(reason for each in found for reason in each.reasons)
    if not reasons:
        reasons = ((Reason.NAME_WRITTEN, one.text, other.text),)
    # Two weaknesses together are more than one.
    weak = sum(each.likeness < Likeness.WITHOUT_PLACE for each in found)
    if weak > 1:
        weakest = min(weakest, Likeness.NESTED)
    elif weakest is Likeness.WITHOUT_PLACE and _is_other_stock(one, other):
        weakest = Likeness.LIKELY
    return Likened(weakest, reasons)


def _is_other_stock(one: NameParts, other: NameParts) -> bool:
    """One is a company limited by shares and the other says it is none.

    Without a region 一达股份有限公司 is as a rule the parent of 上海一达有限公司.
    """
    return {one.form, other.form} <= COMPANIES and (one.form == JOINT_STOCK) != (
        other.form == JOINT_STOCK
    )


def _compare_places(one: NameParts, other: NameParts) -> Likened:
    first, second = _places(one), _places(other)
    words = (_wording(one), _wording(other))
    if first == second:
        return Likened(Likeness.SAME, ())
    if not first or not second:
        return _one_without_place(one, other, words)
    if COUNTRY in first | second:
        return _apart(Reason.REGION_DIFFERS, *words)
    if len(first) == len(second) == 1:
        (here,), (there,) = first, second
        if is_inside(here, there) or is_inside(there, here):
            return _nested(one, other, words)
    elif all(any(_touch(a, b) for b in second) for a in first) and all(
        any(_touch(a, b) for b in first) for a in second
    ):
        return _nested(one, other, words)
    return _apart(Reason.REGION_DIFFERS, *words)


def _touch(one: str, other: str) -> bool:
    return is_inside(one, other) or is_inside(other, one)


def _places(parts: NameParts) -> frozenset[str]:
    return frozenset(each for each in (parts.region, parts.seat) if each)


def _wording(parts: NameParts) -> str:
    return parts.region_text or parts.seat


def _one_without_place(one: NameParts, other: NameParts, words: tuple[str, str]) -> Likened:
    reasons = ((Reason.REGION_MISSING, *words),)
    known = one if _places(one) else other
    if COUNTRY in _places(known):
        return Likened(Likeness.NESTED, reasons)
    if len(one.brand) < _FEWEST_SIGNS:
        # 上海电气集团 without 上海 is anybody's.
        return Likened(Likeness.NESTED, reasons)
    return Likened(Likeness.WITHOUT_PLACE, reasons)


def _nested(one: NameParts, other: NameParts, words: tuple[str, str]) -> Likened:
    """上海市闵行区一达 is 上海一达 with its address in front; 上海闵行一达 may be another."""
    finer = one if len(one.region + one.seat) > len(other.region + other.seat) else other
    reasons = ((Reason.REGION_NESTED, *words),)
    is_address = finer.region_suffixed and len(finer.region) > len(finer.seat)
    if is_address and finer.form in COMPANIES and len(finer.brand) >= _FEWEST_SIGNS:
        return Likened(Likeness.WITHOUT_PLACE, reasons)
    return Likened(Likeness.NESTED, reasons)


def _compare_forms(one: NameParts, other: NameParts) -> Likened:
    if one.form == other.form or not _both_say_form(one, other):
        return Likened(Likeness.SAME, ())
    if {one.form, other.form} <= COMPANIES:
        return Likened(Likeness.SAME, ((Reason.FORM_CHANGED, one.text, other.text),))
    if PARTNERSHIP in (one.form, other.form) or {one.form, other.form} & COMPANIES:
        return _apart(Reason.FORM_DIFFERS, one.text, other.text)
    return _apart(Reason.FORM_DIFFERS, one.form, other.form)
