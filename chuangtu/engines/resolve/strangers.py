"""Who differs by one plain sign of the brand and shares nothing else: most who meet."""

from __future__ import annotations

from chuangtu.engines.resolve.alike import are_alike
from chuangtu.engines.resolve.model import NameParts
from chuangtu.engines.resolve.prepare import Prepared


def are_strangers(one: Prepared, other: Prepared) -> bool:
    """Whether two parties are different for a reason that is quickly seen.

    True only where `weigh` says different too: each has one Chinese name, no site and no
    code in common, and the brands, of one length, differ by a sign that is not alike.
    """
    if len(one.names) != 1 or len(other.names) != 1:
        return False
    first, second = one.names[0][1], other.names[0][1]
    if not _has_other_sign(first, second):
        return False
    if one.code.text and other.code.text and not (one.code.is_whole and other.code.is_whole):
        return False
    return one.code.text != other.code.text and one.sites.isdisjoint(other.sites)


def _has_other_sign(first: NameParts, second: NameParts) -> bool:
    brand, other = first.brand, second.brand
    if len(brand) != len(other) or first.industry != second.industry or brand == other:
        return False
    if not first.region or not second.region or first.branch != second.branch:
        return False
    at = next(i for i in range(len(brand)) if brand[i] != other[i])
    return brand[at + 1 :] == other[at + 1 :] and not are_alike(brand[at], other[at])
