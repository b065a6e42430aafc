"""What two credit codes say of two records."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chuangtu.engines.resolve.model import Reason
from chuangtu.engines.resolve.slip import find_slip
from chuangtu.terms.codes import compact_uscc, find_uscc_fault

_ORGANIZATION_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANIZATION = re.compile("[0-9A-Z]{8}[0-9X]")


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is compared.

    Attributes:
        text: compact, "" where none is known.
        organization: the organisation code (9 signs) of a valid code, else "".
        is_whole: the text is a valid unified social credit code.
    """

    text: str = ""
    organization: str = ""
    is_whole: bool = False


def read_code(text: str) -> Code:
    """Read a credit code or a bare organisation code; what is neither proves nothing.

    >>> read_code("91110000600037341L").organization
    '600037341'
    """
    compact = compact_uscc(text)
    if find_uscc_fault(compact) is None:
        return Code(compact, compact[8:17], is_whole=True)
    if _is_organization_code(compact):
        return Code(compact, compact)
    return Code(compact)


def repair(text: str) -> set[str]:
    """Organisation codes that a faulty credit code may have meant, one slip away.

    Args:
        text: compact; of 17 to 19 signs, or nothing is found.
    """
    if not 17 <= len(text) <= 19:
        return set()
    inside = {text[8:17], text[7:16], text[9:18]}
    for at in range(7, min(len(text), 18)):
        head, tail = text[:at], text[at + 1 :]
        inside.add((head + tail)[8:17])
        inside.add((head + tail[:1] + text[at] + tail[1:])[8:17])
        for sign in _ORGANIZATION_SIGNS:
            inside.add((head + sign + tail)[8:17])
            if len(text) == 17:
                inside.add((head + sign + text[at:])[8:17])
    return set(filter(_is_organization_code, inside))


def _is_organization_code(text: str) -> bool:
    """Whether the ninth sign checks the eight before it (GB 11714-1997)."""
    if not _ORGANIZATION.fullmatch(text):
        return False
    pairs = zip(text[:8], _ORGANIZATION_WEIGHTS, strict=True)
    check = 11 - sum(_ORGANIZATION_SIGNS.index(sign) * weight for sign, weight in pairs) % 11
    return text[8] == {10: "X", 11: "0"}.get(check, str(check))


def compare_codes(one: Code, other: Code) -> Reason | None:
    """What two codes say; None where one is unknown or proves nothing."""
    if not one.text or not other.text:
        return None
    if one.text == other.text:
        # A code that fails its check may be anybody's, such as 000000000000000000.
        return Reason.CODE_EQUAL if one.organization else None
    if one.organization and other.organization:
        if one.organization != other.organization:
            return Reason.CODE_DIFFERS
        return Reason.CODE_INSIDE if one.is_whole and other.is_whole else Reason.CODE_EQUAL
    is_near = find_slip(one.text, other.text) is not None
    return Reason.CODE_NEAR if is_near and (one.organization or other.organization) else None
