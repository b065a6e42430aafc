"""Labelled pairs from a seed, and how well a judge does on them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chuangtu.engines.resolve.judge import judge
from chuangtu.engines.resolve.model import Party, Verdict
from tests.engines.resolve.corruptions import TRAPS, WAYS, Trap, Way
from tests.engines.resolve.invented import Organization, invent, record


@dataclass(frozen=True)
class Labelled:
    """Two records, whether they are the same organisation, and what was done to them."""

    one: Party
    other: Party
    is_same: bool
    kind: str


@dataclass(frozen=True)
class Score:
    """How a judge did.

    Attributes:
        precision: of the pairs called the same, the share that are.
        recall: of the pairs that are the same, the share called so.
        recall_with_queue: the share called the same or doubtful.
        queued: share of all pairs called doubtful.
        missed: same ones not called so, by kind.
        false: others called the same, by kind.
    """

    precision: float
    recall: float
    recall_with_queue: float
    queued: float
    missed: Counter[str]
    false: Counter[str]


def make_pairs(
    seed: int, count: int, *, ways: Sequence[Way] = WAYS, traps: Sequence[Trap] = TRAPS
) -> list[Labelled]:
    """Make `count` pairs, about half of them the same; the same seed gives the same pairs."""
    lot = random.Random(seed)
    found: list[Labelled] = []
    for of in invent(count, seed):
        while (pair := _same(lot, of, ways) if of.serial % 2 else _trap(lot, of, traps)) is None:
            continue
        found.append(pair)
    return found


def _same(lot: random.Random, of: Organization, ways: Sequence[Way]) -> Labelled | None:
    way = lot.choice(ways)
    name = way(lot, of)
    if name is None:
        return None
    kind = way.__name__
    code, address = "", ""
    if lot.random() < 0.3:
        code, kind = of.code, f"{kind} with code"
    if lot.random() < 0.5:
        address, kind = _rewritten(lot, of), f"{kind} at its site"
    one = record("1", of.name, of.code if lot.random() < 0.8 else "", of.address)
    if lot.random() < 0.05:
        renamed = f"{of.city}{of.brand}昂扬科技有限公司"
        one = record("1", renamed, of.code, of.address, former=of.name)
    other = record("2", name, code, address)
    return Labelled(*((one, other) if lot.random() < 0.5 else (other, one)), True, kind)


def _rewritten(lot: random.Random, of: Organization) -> str:
    """The address without its city, its town or its house."""
    short = of.address.split(of.town)[1]
    road = short.split("号")[0]
    return lot.choice((of.address, f"闵行区{short}", f"{of.town}{short}", f"{road}号"))


def _trap(lot: random.Random, of: Organization, traps: Sequence[Trap]) -> Labelled | None:
    trap = lot.choice(traps)
    pair = trap(lot, of)
    if pair is None or pair[0].names == pair[1].names:
        return None
    one, other = pair if lot.random() < 0.5 else pair[::-1]
    return Labelled(one, other, False, trap.__name__)


def score(pairs: Iterable[Labelled]) -> Score:
    """Judge every pair; only the verdict `same` merges."""
    tally: Counter[tuple[bool, Verdict]] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for each in pairs:
        verdict = judge(each.one, each.other).verdict
        tally[each.is_same, verdict] += 1
        if each.is_same and verdict is not Verdict.SAME:
            missed[f"{each.kind}: {verdict.value}"] += 1
        elif not each.is_same and verdict is Verdict.SAME:
            false[each.kind] += 1
    right, doubt = tally[True, Verdict.SAME], tally[True, Verdict.DOUBTFUL]
    wrong = tally[False, Verdict.SAME]
    same = right + doubt + tally[True, Verdict.DIFFERENT]
    queued = doubt + tally[False, Verdict.DOUBTFUL]
    return Score(
        precision=right / max(1, right + wrong),
        recall=right / max(1, same),
        recall_with_queue=(right + doubt) / max(1, same),
        queued=queued / max(1, tally.total()),
        missed=missed,
        false=false,
    )
