"""The verdict on two parties, and the reasons in short; sentences are made by `explain`."""

from __future__ import annotations

from dataclasses import dataclass

from chuangtu.engines.resolve.codes import compare_codes
from chuangtu.engines.resolve.likeness import Likeness
from chuangtu.engines.resolve.match_names import Called, match_names
from chuangtu.engines.resolve.model import Leaning, Reason, Verdict
from chuangtu.engines.resolve.prepare import Prepared
from chuangtu.engines.resolve.regions import city_of, is_inside
from chuangtu.engines.resolve.site import is_one_site

Weighed = tuple[Reason, Leaning, str, str]
"""A reason, what it speaks for, and the two wordings it concerns."""

_WEIGHS = {
    **dict.fromkeys((Likeness.SAME, Likeness.WITHOUT_PLACE, Likeness.LIKELY), Leaning.SAME),
    Likeness.NESTED: Leaning.NEITHER,
    Likeness.FAINT: Leaning.NEITHER,
}


@dataclass(frozen=True, slots=True)
class Weighing:
    """A verdict with its reasons, the weightiest first."""

    verdict: Verdict
    reasons: tuple[Weighed, ...]


def weigh(one: Prepared, other: Prepared) -> Weighing:
    """Weigh everything known of two parties; what one of them does not say counts as unknown."""
    code = compare_codes(one.code, other.code)
    if code is Reason.CODE_DIFFERS and not _has_history(one) and not _has_history(other):
        return Weighing(Verdict.DIFFERENT, (_of_codes(code, Leaning.DIFFERENT, one, other),))
    called = match_names(one, other)
    if code is not None and code is not Reason.CODE_NEAR:
        return _by_code(code, called, one, other)
    return _by_names(code, called, one, other)


def _has_history(party: Prepared) -> bool:
    return any(kind.value == "former" for kind, _ in party.names)


def _of_codes(reason: Reason, leaning: Leaning, one: Prepared, other: Prepared) -> Weighed:
    return reason, leaning, one.code.text, other.code.text


def _of_names(called: Called) -> tuple[Weighed, ...]:
    leaning = _WEIGHS.get(called.likeness, Leaning.DIFFERENT)
    return tuple((reason, leaning, first, second) for reason, first, second in called.reasons)


def _by_code(code: Reason, called: Called, one: Prepared, other: Prepared) -> Weighing:
    names = _of_names(called)
    if code is Reason.CODE_EQUAL:
        if any(reason is Reason.BRANCH_DIFFERS for reason, *_ in called.reasons):
            parent = _of_codes(Reason.CODE_OF_PARENT, Leaning.NEITHER, one, other)
            return Weighing(Verdict.DOUBTFUL, (parent, *names))
        return Weighing(Verdict.SAME, (_of_codes(code, Leaning.SAME, one, other), *names))
    if code is Reason.CODE_INSIDE:
        inside = _of_codes(code, Leaning.NEITHER, one, other)
        return Weighing(Verdict.DOUBTFUL, (inside, *names))
    differs = _of_codes(code, Leaning.DIFFERENT, one, other)
    if called.is_former and called.likeness >= Likeness.WITHOUT_PLACE:
        taken = _of_codes(Reason.CODE_TAKEN_OVER, Leaning.NEITHER, one, other)
        return Weighing(Verdict.DOUBTFUL, (taken, differs, *names))
    return Weighing(Verdict.DIFFERENT, (differs, *names))


def _by_names(code: Reason | None, called: Called, one: Prepared, other: Prepared) -> Weighing:
    support = list(_support(code, one, other))
    against = list(_against(called, one, other))
    verdict = _verdict(called, bool(support), bool(against))
    if code is Reason.CODE_NEAR and verdict is Verdict.DIFFERENT:
        verdict = Verdict.DOUBTFUL
    return Weighing(verdict, (*_of_names(called), *support, *against))


def _verdict(called: Called, has_support: bool, has_against: bool) -> Verdict:
    likeness = called.likeness
    if likeness >= Likeness.WITHOUT_PLACE:
        return Verdict.DOUBTFUL if has_against else Verdict.SAME
    if likeness is Likeness.LIKELY:
        return Verdict.SAME if has_support and not has_against else Verdict.DOUBTFUL
    if likeness is Likeness.NESTED or called.is_unknown:
        return Verdict.DOUBTFUL
    if likeness is Likeness.FAINT and has_support:
        return Verdict.DOUBTFUL
    return Verdict.DIFFERENT


def _support(code: Reason | None, one: Prepared, other: Prepared) -> list[Weighed]:
    found = []
    if code is Reason.CODE_NEAR:
        found.append(_of_codes(code, Leaning.SAME, one, other))
    shared = next((a for a in one.sites for b in other.sites if is_one_site(a, b)), None)
    if shared is not None:
        found.append((Reason.SITE_EQUAL, Leaning.SAME, shared.spot, shared.spot))
    return found


def _against(called: Called, one: Prepared, other: Prepared) -> list[Weighed]:
    """What speaks against the same; only names that do not settle their place are asked."""
    found = []
    if not called.settles_place:
        first, second = _cities(called.regions[0], one), _cities(called.regions[1], other)
        if first and second and not any(_touch(a, b) for a in first for b in second):
            words = (min(first), min(second))
            found.append((Reason.PLACE_DIFFERS, Leaning.DIFFERENT, *words))
        if one.division and other.division and one.division != other.division:
            words = (one.division, other.division)
            found.append((Reason.TRADE_DIFFERS, Leaning.DIFFERENT, *words))
    forms = {one.party.legal_form, other.party.legal_form}
    if "partnership" in forms and len(forms) > 1 and "" not in forms:
        words = (one.party.legal_form, other.party.legal_form)
        found.append((Reason.FORM_DIFFERS, Leaning.DIFFERENT, *words))
    return found


def _cities(region: str, party: Prepared) -> frozenset[str]:
    """Where a party is: where it stands, else what its name says."""
    return party.cities or (frozenset({city_of(region)}) if region else frozenset())


def _touch(one: str, other: str) -> bool:
    return is_inside(one, other) or is_inside(other, one)
