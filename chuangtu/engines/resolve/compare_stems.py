"""Brand and trade of two names: what is an organisation's own."""

from __future__ import annotations

import rjieba

from chuangtu.engines.resolve.alike import are_alike, are_contrasted
from chuangtu.engines.resolve.likeness import Likened, Likeness
from chuangtu.engines.resolve.model import NameParts, Reason
from chuangtu.engines.resolve.regions import bare_name
from chuangtu.engines.resolve.slip import Slip, find_slip
from chuangtu.engines.resolve.words import trade_signs

_SURE_LENGTH = 4
"""Brands of so many signs do not differ by one that sounds or looks alike, but by mistake."""
_FAIR_LENGTH = 3


def compare_stems(one: NameParts, other: NameParts) -> Likened:
    """Say how near brands and trades are; place and legal form are not looked at, but for slips.

    A sign mistyped in the region (上诲) leaves the region in the brand, so that whole heads are
    compared where one name has no region.
    """
    if not one.stem or not other.stem:
        return _empty(one, other)
    if one.stem == other.stem:
        return Likened(Likeness.SAME, ())
    found = _slip_in_place(one, other)
    if found is not None:
        return found
    slip = find_slip(one.stem, other.stem)
    if slip is not None:
        return _judge_slip(one, other, slip)
    if one.brand == other.brand and one.brand:
        return _other_trade(one, other)
    return _cut_off(one, other) or _unrelated(one, other)


def _slip_in_place(one: NameParts, other: NameParts) -> Likened | None:
    """A slip outside brand and trade: in a region, or in the legal form."""
    if bool(one.region) != bool(other.region):
        found = _slip_in_region(one, other)
        if found is not None:
            return found
    is_slipped = _has_slip_behind(one, other)
    if bool(one.seat) != bool(other.seat):
        is_slipped = is_slipped or _has_slipped_seat(one, other)
    return _slipped(one, other) if is_slipped else None


def _unrelated(one: NameParts, other: NameParts) -> Likened:
    return Likened(Likeness.UNRELATED, ((Reason.NAME_UNRELATED, one.text, other.text),))


def _has_slip_behind(one: NameParts, other: NameParts) -> bool:
    """Whether whole names differ by one slip behind the brand: 科有技限公司, 集团团有限公司."""
    slip = find_slip(one.text, other.text)
    if slip is None or not (slip.is_swap or slip.is_doubled):
        return False
    intact = max(one, other, key=lambda each: (each.form != "", len(each.industry)))
    begin = intact.text.find(intact.brand)
    return begin >= 0 and slip.at >= begin + len(intact.brand) > begin


def _empty(one: NameParts, other: NameParts) -> Likened:
    """Names of a place and a form alone (闵行区图书馆), or no name at all."""
    if one.stem or other.stem or not one.form or one.form != other.form:
        return _unrelated(one, other)
    return Likened(Likeness.SAME, ())


def _slip_in_region(one: NameParts, other: NameParts) -> Likened | None:
    known, bare = (one, other) if one.region else (other, one)
    head = known.region_text + known.stem
    slip = find_slip(head, bare.stem)
    if slip is None or slip.at >= len(known.region_text):
        return None
    if slip.is_doubled or (slip.one and slip.other):
        return _slipped(one, other)
    # 海康科技 may be 上海康科技 with its first sign lost, or not.
    return Likened(Likeness.LIKELY, ((Reason.SIGN_OTHER, one.text, other.text),))


def _slipped(one: NameParts, other: NameParts) -> Likened:
    return Likened(Likeness.SAME, ((Reason.SIGN_SLIPPED, one.text, other.text),))


def _has_slipped_seat(one: NameParts, other: NameParts) -> bool:
    """Whether a mistyped region is left inside one name: 一达（商海）科技有限公司."""
    known, bare = (one, other) if one.seat else (other, one)
    seat = bare_name(known.seat)
    for at in range(len(bare.stem) - len(seat) + 1):
        rest = bare.stem[:at] + bare.stem[at + len(seat) :]
        slip = find_slip(seat, bare.stem[at : at + len(seat)])
        if rest == known.stem and slip is not None and _is_alike(slip):
            return True
    return False


def _other_trade(one: NameParts, other: NameParts) -> Likened:
    if one.industry and other.industry:
        shorter, longer = sorted((one, other), key=lambda each: len(each.industry))
        if not shorter.form and _is_abbreviation(shorter.industry, longer.industry):
            return Likened(Likeness.LIKELY, ((Reason.CUT_OFF, one.text, other.text),))
        return _apart(Reason.INDUSTRY_DIFFERS, one.industry, other.industry)
    silent = other if one.industry else one
    if silent.form:
        return _apart(Reason.INDUSTRY_DIFFERS, one.industry, other.industry)
    return Likened(Likeness.LIKELY, ((Reason.BRAND_ONLY, one.text, other.text),))


def _is_abbreviation(short: str, long: str) -> bool:
    rest = iter(long)
    return all(sign in rest for sign in short)


def _apart(reason: Reason, one: str, other: str) -> Likened:
    return Likened(Likeness.APART, ((reason, one, other),))


def _cut_off(one: NameParts, other: NameParts) -> Likened | None:
    """A name that a narrow column cut in the middle of a word."""
    shorter, longer = sorted((one, other), key=lambda each: len(each.stem))
    is_begun = longer.stem.startswith(shorter.stem) and len(shorter.stem) > len(longer.brand)
    if shorter.form or not is_begun or len(shorter.stem) < _FAIR_LENGTH:
        return None
    return Likened(Likeness.LIKELY, ((Reason.CUT_OFF, one.text, other.text),))


def _judge_slip(one: NameParts, other: NameParts, slip: Slip) -> Likened:
    if (slip.one + slip.other).isdecimal():
        # 食品厂 and 食品二厂, 一达 and 一达二: a number is never lost, it tells two apart.
        return _apart(Reason.SIGN_CONTRAST, slip.one, slip.other)
    shorter, longer = sorted((len(one.brand), len(other.brand)))
    if shorter != longer and shorter <= slip.at + slip.is_swap and slip.at <= longer:
        return _slip_in_trade(one, other, slip)
    if slip.at < shorter:
        return _slip_in_brand(one, other, slip)
    cut = _cut_off(one, other) if not slip.one or not slip.other else None
    return cut or _apart(Reason.INDUSTRY_DIFFERS, one.industry, other.industry)


def _slip_in_trade(one: NameParts, other: NameParts, slip: Slip) -> Likened:
    """One name has a trade where the other's, with the slip, is no word any more."""
    broken, intact = (one, other) if len(one.brand) > len(other.brand) else (other, one)
    if not broken.industry and not broken.form and intact.stem.startswith(broken.stem):
        return Likened(Likeness.LIKELY, ((Reason.CUT_OFF, one.text, other.text),))
    if _is_alike(slip) or slip.is_doubled or slip.is_swap:
        return _slipped(one, other)
    wrong = slip.one if broken is one else slip.other
    windows = [broken.stem[max(0, i) : i + 2] for i in (slip.at - 1, slip.at)]
    is_word = any(len(each) > 1 and rjieba.has_word(each) for each in windows)
    # The sign may as well be a brand's last: 裕嘉新材料 and 裕创新材料, 云杉智 and 云杉智能.
    is_edge = (slip.at == len(intact.brand) and wrong) or (not wrong and not broken.industry)
    if is_word or is_edge or any(sign in trade_signs() for sign in wrong):
        return Likened(Likeness.FAINT, ((Reason.SIGN_OTHER, one.text, other.text),))
    return _slipped(one, other)


def _is_alike(slip: Slip) -> bool:
    return len(slip.one) == len(slip.other) == 1 and are_alike(slip.one, slip.other)


def _slip_in_brand(one: NameParts, other: NameParts, slip: Slip) -> Likened:
    length = min(len(one.brand), len(other.brand))
    words = (slip.one, slip.other)
    if slip.is_doubled and length >= _FAIR_LENGTH:
        return _slipped(one, other)
    if slip.one and slip.other and not slip.is_swap:
        return _another_sign(one, other, slip)
    if slip.is_swap and are_contrasted(*slip.one):
        return _apart(Reason.SIGN_CONTRAST, *words)
    is_swapped = slip.is_swap and length >= _FAIR_LENGTH
    likeness = Likeness.LIKELY if is_swapped or _is_region_doubled(one, other) else Likeness.FAINT
    return Likened(likeness, ((Reason.SIGN_OTHER, *words),))


def _is_region_doubled(one: NameParts, other: NameParts) -> bool:
    """上海海云杉 may be 上海云杉 with a sign doubled."""
    longer = max(one, other, key=lambda each: len(each.brand))
    return longer.brand[1:] == min(
        one.brand, other.brand, key=len
    ) and longer.region_text.endswith(longer.brand[0])


def _another_sign(one: NameParts, other: NameParts, slip: Slip) -> Likened:
    words = (slip.one, slip.other)
    if are_contrasted(slip.one, slip.other):
        return _apart(Reason.SIGN_CONTRAST, *words)
    if are_alike(slip.one, slip.other):
        length = min(_own_length(one.brand), _own_length(other.brand))
        likeness = Likeness.SAME if length >= _SURE_LENGTH else Likeness.LIKELY
        return Likened(likeness, ((Reason.SIGN_ALIKE, *words),))
    return Likened(Likeness.FAINT, ((Reason.SIGN_OTHER, *words),))


def _own_length(brand: str) -> int:
    """How many Chinese signs are a brand's own; a trade we do not know may be left in it."""
    length = len(brand)
    while length >= _SURE_LENGTH:
        word = next((n for n in (3, 2) if rjieba.has_word(brand[length - n : length])), 0)
        if not word:
            break
        length -= word
    return sum(not sign.isascii() for sign in brand[:length])
