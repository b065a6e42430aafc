"""The one slip by which two texts differ: another sign, a lost one, two changed round."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """One difference between two texts.

    Attributes:
        at: index of the first sign that differs, in both texts.
        one: the signs of the first text there.
        other: the signs of the second; empty where a sign is lost.
        is_swap: the same two signs, changed round.
        is_doubled: the sign too many repeats its neighbour; letters and digits never count, for
            1号 and 11号 are two.
    """

    at: int
    one: str
    other: str
    is_swap: bool = False
    is_doubled: bool = False


def find_slip(one: str, other: str) -> Slip | None:
    """The single slip between two texts, None where they are equal or differ by more.

    >>> find_slip("一达科技", "一达科枝")
    Slip(at=3, one='技', other='枝', is_swap=False, is_doubled=False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return None
    shorter = min(len(one), len(other))
    at = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    rest, other_rest = one[at:], other[at:]
    if rest[1:] == other_rest[1:] and rest and other_rest:
        return Slip(at, rest[0], other_rest[0])
    if rest[1:] == other_rest:
        return Slip(at, rest[0], "", is_doubled=_doubles(one, at))
    if other_rest[1:] == rest:
        return Slip(at, "", other_rest[0], is_doubled=_doubles(other, at))
    if rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]:
        return Slip(at, rest[:2], other_rest[:2], is_swap=True)
    return None


def _doubles(longer: str, at: int) -> bool:
    return at > 0 and longer[at - 1] == longer[at] and not longer[at].isascii()
