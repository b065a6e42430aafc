"""Which records are one organisation, when many pairs are taken together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from chuangtu.engines.resolve.explain import explain
from chuangtu.engines.resolve.model import (
    Clusters,
    Evidence,
    Judgement,
    Leaning,
    Pair,
    Party,
    Reason,
    Verdict,
)
from chuangtu.engines.resolve.prepare import Prepared, pool, prepare
from chuangtu.engines.resolve.weigh import weigh

_MOST_UNITS = 300
"""More records than these are never joined at once, they are somebody's mistake."""

_STRONG = frozenset({Reason.CODE_EQUAL})
_OPEN = frozenset({Reason.REGION_MISSING, Reason.SIGN_ALIKE, Reason.BRAND_ONLY, Reason.CUT_OFF})


def cluster(pairs: Iterable[Pair], parties: Sequence[Party]) -> Clusters:
    """Join the pairs that are the same, but never two records that are different.

    Pairs are joined from the surest (an equal code, then whole names, then the rest) to the
    least sure. A pair that would bring two different records together is not joined but
    doubtful, and so is every pair of its grade that meets the same records, for none of them
    is surer than another. A doubtful pair never joins.

    Args:
        pairs: as `find_pairs` gives them, in any order.
        parties: those the pairs are about.

    Returns:
        What may be merged, and every pair that somebody must look at.

    Raises:
        KeyError: a pair names a party that is not given.
    """
    ordered = sorted(pairs, key=lambda each: (each.first, each.second))
    known = {each.key: each for each in parties}
    named = {key for each in ordered for key in (each.first, each.second)}
    prepared = {key: prepare(known[key]) for key in named}
    groups = {key: frozenset({key}) for key in named}
    doubtful = [each for each in ordered if each.judgement.verdict is Verdict.DOUBTFUL]
    same = [each for each in ordered if each.judgement.verdict is Verdict.SAME]
    for grade in range(3):
        doubtful += _join([each for each in same if _grade(each) == grade], groups, prepared)
    merged = sorted({tuple(sorted(each)) for each in groups.values() if len(each) > 1})
    return Clusters(tuple(merged), tuple(sorted(doubtful, key=lambda e: (e.first, e.second))))


def _grade(pair: Pair) -> int:
    reasons = {each.reason for each in pair.judgement.reasons}
    if reasons & _STRONG:
        return 0
    return 2 if reasons & _OPEN else 1


def _join(
    pairs: list[Pair], groups: dict[str, frozenset[str]], prepared: dict[str, Prepared]
) -> list[Pair]:
    """Join pairs of one grade; the answer are those that must not be."""
    refused: list[Pair] = []
    for net in _nets(pairs, groups):
        units = sorted({groups[key] for each in net for key in (each.first, each.second)}, key=min)
        clash = _clash(units, prepared)
        if clash is None:
            whole = frozenset().union(*units)
            groups.update(dict.fromkeys(whole, whole))
        else:
            refused += [
                _refuse(each, *clash) for each in net if groups[each.first] != groups[each.second]
            ]
    return refused


def _nets(pairs: list[Pair], groups: dict[str, frozenset[str]]) -> list[list[Pair]]:
    """Pairs that hang together, groups taken whole."""
    roots = {key: min(group) for key, group in groups.items()}

    def root(key: str) -> str:
        while (above := roots[key]) != key:
            roots[key] = roots[above]
            key = roots[key]
        return key

    for each in pairs:
        first, second = sorted((root(each.first), root(each.second)))
        roots[second] = first
    nets: dict[str, list[Pair]] = {}
    for each in pairs:
        nets.setdefault(root(each.first), []).append(each)
    return list(nets.values())


def _clash(units: list[frozenset[str]], prepared: dict[str, Prepared]) -> tuple[str, str] | None:
    """Why units must not be one, Chinese and English: two of them are different."""
    if len(units) > _MOST_UNITS:
        return (
            f"有{len(units)}条记录互相牵连，请逐一核对。",
            f"{len(units)} records hang together; look at them one by one.",
        )
    pooled = [pool([prepared[key] for key in sorted(each)]) for each in units]
    for one, other in combinations(pooled, 2):
        weighing = weigh(one, other)
        if weighing.verdict is Verdict.DIFFERENT:
            why = explain(weighing, one, other).reasons[0]
            who = f"{one.party.key} / {other.party.key}"
            return (
                f"若合并，将把不同的单位并在一起（{who}）：{why.zh}",
                f"Merging would join records that are different ({who}): {why.en}",
            )
    return None


def _refuse(pair: Pair, zh: str, en: str) -> Pair:
    rival = Evidence(Reason.RIVAL, Leaning.NEITHER, zh, en)
    judgement = Judgement(Verdict.DOUBTFUL, (rival, *pair.judgement.reasons))
    return replace(pair, judgement=judgement)
