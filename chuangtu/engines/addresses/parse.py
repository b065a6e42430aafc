"""An address taken apart, without asking anybody."""

from __future__ import annotations

from dataclasses import replace

from chuangtu.engines.addresses.digits import write_digits
from chuangtu.engines.addresses.flatten import Flat, flatten
from chuangtu.engines.addresses.grammar import ORDER, RULES, Rule
from chuangtu.engines.addresses.model import Address, Part, PartKind

_NUMBERED = frozenset(
    {PartKind.LANE, PartKind.NUMBER, PartKind.BUILDING, PartKind.FLOOR, PartKind.ROOM}
)
_COARSE = frozenset({PartKind.PROVINCE, PartKind.CITY, PartKind.DISTRICT, PartKind.TOWN})


def parse(text: str) -> Address:
    """Take an address apart; any text is taken, what is not understood is left unread.

    >>> found = parse("闵行区都市路五千号3幢502室")
    >>> [f"{part.kind} {part.value}" for part in found.parts]
    ['district 闵行区', 'road 都市路', 'number 5000', 'building 3', 'room 502']
    """
    flat = flatten(text)
    parts: list[Part] = []
    skipped: list[int] = []
    at = 0
    while at < len(flat.text):
        part = _read(flat, at, parts)
        if part is None:
            skipped.append(at)
            at += 1
        else:
            parts.append(part)
            at = part.end
    spans = tuple(
        replace(each, start=span[0], end=span[1])
        for each in parts
        for span in [flat.span(each.start, each.end)]
    )
    return Address(text, spans, _join(flat, skipped))


def _read(flat: Flat, at: int, parts: list[Part]) -> Part | None:
    """The part that begins at a sign of the flattened text."""
    for rule in RULES:
        if not _may_follow(rule, parts, at):
            continue
        met = rule.pattern.match(flat.text, at)
        if met is not None:
            value = next(each for each in met.groups() if each)
            if rule.kind in _NUMBERED:
                value = write_digits(value)
            return Part(rule.kind, value, at, met.end())
    return None


def _may_follow(rule: Rule, parts: list[Part], at: int) -> bool:
    if rule.joined and not (parts and parts[-1].end == at):
        return False
    had = {each.kind for each in parts}
    if rule.once and rule.kind in had:
        return False
    if rule.kind in _COARSE and any(ORDER.index(each) > ORDER.index(rule.kind) for each in had):
        return False
    return not rule.after or bool(rule.after & had)


def _join(flat: Flat, skipped: list[int]) -> tuple[tuple[int, int], ...]:
    """Runs of skipped signs as spans of the text as written."""
    runs: list[list[int]] = []
    for at in skipped:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return tuple(flat.span(run[0], run[-1] + 1) for run in runs)
