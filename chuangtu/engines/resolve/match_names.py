"""The two names of two parties that lie nearest, by what each is to its party."""

from __future__ import annotations

from dataclasses import dataclass

from chuangtu.engines.resolve.compare import compare
from chuangtu.engines.resolve.likeness import Likeness
from chuangtu.engines.resolve.model import NameKind, NameParts, Reason
from chuangtu.engines.resolve.prepare import Prepared

_DECLARED_SHORT = 4
"""So long a short name, given by the organisation itself, is not anybody's."""


@dataclass(frozen=True, slots=True)
class Called:
    """How near two parties' names are.

    Attributes:
        likeness: of the nearest two names that count.
        reasons: why, the weightiest first, with the two wordings.
        is_former: a former name is one of the two.
        is_unknown: a party has no name.
        regions: the place each of the two names says, or "".
        settles_place: both names say their place.
    """

    likeness: Likeness
    reasons: tuple[tuple[Reason, str, str], ...]
    is_former: bool = False
    is_unknown: bool = False
    regions: tuple[str, str] = ("", "")
    settles_place: bool = True


Named = tuple[NameKind, NameParts]

_COUNTED = {
    (NameKind.LEGAL, NameKind.FORMER): (Likeness.SAME, Reason.NAME_FORMER),
    (NameKind.FORMER, NameKind.FORMER): (Likeness.LIKELY, Reason.NAME_BOTH_FORMER),
    (NameKind.LEGAL, NameKind.SHORT): (Likeness.LIKELY, Reason.NAME_SHORT),
    (NameKind.SHORT, NameKind.SHORT): (Likeness.NESTED, Reason.NAME_SHORT),
    (NameKind.LEGAL, NameKind.ENGLISH): (Likeness.LIKELY, Reason.NAME_ENGLISH),
    (NameKind.ENGLISH, NameKind.ENGLISH): (Likeness.LIKELY, Reason.NAME_ENGLISH),
}
"""The most that two names of such kinds can say, and the reason to give."""


def match_names(one: Prepared, other: Prepared) -> Called:
    """Compare the names of one party with those of another; the nearest two count.

    A former name speaks only where it is wholly the other's; a short or an English name only
    where the legal names are strangers, for a sister's legal name says that it is another.
    """
    if not one.names or not other.names:
        return Called(Likeness.UNRELATED, ((Reason.NAME_UNKNOWN, "", ""),), is_unknown=True)
    best = max(_of_kinds(one, other, {NameKind.LEGAL}), key=_likeness)
    if best.likeness < Likeness.WITHOUT_PLACE and (one.has_more or other.has_more):
        known = _of_kinds(one, other, {NameKind.LEGAL, NameKind.FORMER})
        former = max(known, key=_likeness)
        if former.likeness >= Likeness.NESTED and former.is_former:
            best = former
    is_open = best.likeness is Likeness.UNRELATED or best.reasons[0][0] is Reason.NAME_SOUNDED
    if is_open and (one.has_more or other.has_more):
        best = max(best, *_of_kinds(one, other, set(NameKind)), key=_likeness)
    return best


def _likeness(called: Called) -> tuple[Likeness, bool, bool, list[str], str]:
    """The nearest first; what breaks ties does not depend on the order of the parties."""
    return (
        called.likeness,
        called.settles_place,
        called.is_former,
        sorted(called.regions),
        called.reasons[0][0].value,
    )


def _of_kinds(one: Prepared, other: Prepared, kinds: set[NameKind]) -> list[Called]:
    return [
        _call(first, second)
        for first in one.names
        if first[0] in kinds
        for second in other.names
        if second[0] in kinds
    ]


def _call(first: Named, second: Named) -> Called:
    found = compare(first[1], second[1])
    likeness, reasons = found.likeness, found.reasons
    counted = _COUNTED.get((first[0], second[0])) or _COUNTED.get((second[0], first[0]))
    is_former = NameKind.FORMER in (first[0], second[0])
    if counted is not None and likeness > Likeness.APART:
        most, reason = counted
        if is_former and likeness < Likeness.WITHOUT_PLACE:
            most = Likeness.UNRELATED
        if _is_declared(first, second):
            most = Likeness.SAME
        elif _is_brand_of_sisters(first, second):
            most = Likeness.UNRELATED
        likeness = min(likeness, most)
        reasons = ((reason, first[1].text, second[1].text), *reasons)
    here, there = (each.region or each.seat for each in (first[1], second[1]))
    return Called(
        likeness,
        reasons,
        is_former=is_former,
        regions=(here, there),
        settles_place=bool(here and there),
    )


def _is_declared(first: Named, second: Named) -> bool:
    """A record bears the very short or English name that the other gives itself."""
    kinds = {first[0], second[0]}
    is_declared = kinds in ({NameKind.LEGAL, NameKind.SHORT}, {NameKind.LEGAL, NameKind.ENGLISH})
    return (
        is_declared
        and (
            first[1].text == second[1].text
            or bool(first[1].words)
            and first[1].words == second[1].words
        )
        and len(first[1].text) >= _DECLARED_SHORT
    )


def _is_brand_of_sisters(first: Named, second: Named) -> bool:
    """A short name beside a whole legal one of another trade: sisters share their brand."""
    named = {kind: parts for kind, parts in (first, second)}
    return named.keys() == {NameKind.LEGAL, NameKind.SHORT} and bool(named[NameKind.LEGAL].form)
