"""Which column of a foreign file means which declared field: a suggestion a person confirms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chuangtu.engines.tables.parse import fold


@dataclass(frozen=True, slots=True)
class Target:
    """A declared field.

    Attributes:
        name: identifier of the field.
        labels: how it is called: header with unit, labels without it, identifier.
        aliases: headers of foreign files that mean it, surest first.
        is_preferred: gets a header that means it and another field equally well.
    """

    name: str
    labels: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    is_preferred: bool = False


class How(StrEnum):
    """Why a field is suggested."""

    EXACT = "exact"
    ALIAS = "alias"
    FOLDED = "folded"  # equal but for width, case, blanks, brackets and units
    SIMILAR = "similar"
    CONTESTED = "contested"  # two headers mean it equally well: a person must say which
    NONE = "none"


_CONFIDENCE = {
    How.EXACT: Decimal("1.00"),
    How.ALIAS: Decimal("0.98"),
    How.FOLDED: Decimal("0.92"),
}
_STEP = Decimal("0.001")
THRESHOLD = Decimal("0.60")
"""Likeness below it is chance: two names of four characters that share only two have 0.5."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one header probably means.

    Attributes:
        header: as it stands in the file.
        target: name of the field, or `None` for none.
        confidence: 0 to 1.
        how: why.
    """

    header: str
    target: str | None
    confidence: Decimal
    how: How


_BRACKETS = re.compile(r"[(\[【〔「『][^)\]】〕」』]*[)\]】〕」』]")
_NOISE = re.compile(r"[\W_]+|^\d+[.、]")


def suggest(headers: Sequence[str], targets: Sequence[Target]) -> tuple[Suggestion, ...]:
    """Suggest a field for each header; no field is suggested twice.

    Returns:
        One suggestion for each header, in order. Where two headers mean one field equally well,
        neither gets it: both say `contested`.

    >>> name = Target("name", ("名称", "name"), ("企业名称",))
    >>> found = suggest(["企业名称", "Ｎａｍｅ "], [name])
    >>> [(each.target, str(each.how)) for each in found]
    [('name', 'alias'), (None, 'none')]
    """
    pairs = [
        (confidence, number, target, how)
        for number, header in enumerate(headers)
        for target in targets
        for confidence, how in [_likeness(header, target)]
        if confidence >= THRESHOLD
    ]
    found: dict[int, Suggestion] = {}
    taken: set[str] = set()
    for rank in sorted({_rank(each) for each in pairs}, reverse=True):
        open_pairs = [
            each
            for each in pairs
            if _rank(each) == rank and each[1] not in found and each[2].name not in taken
        ]
        _settle(open_pairs, headers, found, taken)
    none = Decimal("0.00")
    return tuple(
        found.get(number, Suggestion(header, None, none, How.NONE))
        for number, header in enumerate(headers)
    )


def _rank(pair: tuple[Decimal, int, Target, How]) -> tuple[Decimal, bool]:
    return pair[0], pair[2].is_preferred


def _settle(
    pairs: list[tuple[Decimal, int, Target, How]],
    headers: Sequence[str],
    found: dict[int, Suggestion],
    taken: set[str],
) -> None:
    """Settle pairs of one confidence: what is contested on either side is nobody's."""
    by_header = Counter(number for _, number, _, _ in pairs)
    by_target = Counter(target.name for _, _, target, _ in pairs)
    for confidence, number, target, how in pairs:
        if by_header[number] == by_target[target.name] == 1:
            found[number] = Suggestion(headers[number], target.name, confidence, how)
        else:
            found[number] = Suggestion(headers[number], None, confidence, How.CONTESTED)
        taken.add(target.name)


def _likeness(header: str, target: Target) -> tuple[Decimal, How]:
    text = header.strip()
    if text in target.labels:
        return _CONFIDENCE[How.EXACT], How.EXACT
    if text in target.aliases:
        # The surer alias wins, where a file has columns for several of them.
        return _CONFIDENCE[How.ALIAS] - target.aliases.index(text) * _STEP, How.ALIAS
    names = [*target.labels, *target.aliases]
    plain = _plain(text)
    if plain and plain in {_plain(each) for each in names}:
        return _CONFIDENCE[How.FOLDED], How.FOLDED
    best = max((_dice(plain, _plain(each)) for each in names), default=Decimal(0))
    # Likeness never reaches certainty: it ends below the folded spelling.
    return (best * Decimal("0.90")).quantize(Decimal("0.01")), How.SIMILAR


def _plain(text: str) -> str:
    """The header without unit, brackets, numbering and signs."""
    folded = fold(text)
    return _NOISE.sub("", _BRACKETS.sub("", folded) or folded)


def _dice(one: str, other: str) -> Decimal:
    """Share of character pairs (and single characters, for short names) two texts share."""
    first, second = _grams(one), _grams(other)
    total = sum(first.values()) + sum(second.values())
    return Decimal(2 * sum((first & second).values())) / total if total else Decimal(0)


def _grams(text: str) -> Counter[str]:
    return Counter([*text, *map("".join, zip(text, text[1:], strict=False))])
