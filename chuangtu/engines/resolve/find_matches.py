"""What one record may mean among many: for a row of a file, or a name typed in."""

from __future__ import annotations

from dataclasses import replace

from chuangtu.engines.resolve.explain import explain
from chuangtu.engines.resolve.index import Index
from chuangtu.engines.resolve.keys import list_keys, list_wishes
from chuangtu.engines.resolve.model import Leaning, Match, Party, Reason, Verdict
from chuangtu.engines.resolve.prepare import Prepared, prepare
from chuangtu.engines.resolve.strangers import are_strangers
from chuangtu.engines.resolve.weigh import Weighing, weigh

Found = tuple[Prepared, Weighing]

_RANKS = {Verdict.SAME: 0, Verdict.DOUBTFUL: 1}


def find_matches(one: Party, index: Index) -> list[Match]:
    """Find the parties of an index that a record is, or may be.

    Where a record would be the same as two that are different (一达科技 beside 上海一达科技
    and 苏州一达科技), nothing tells which is meant, so both are doubtful; an equal credit code
    tells it.

    Args:
        one: the record; its own key is not looked for.
        index: the parties, as `build_index` gives them.

    Returns:
        The same first, then the doubtful, each in the order of their keys; empty means new.
    """
    asked = prepare(one)
    found: list[Found] = []
    for at in index.find_owners([*list_keys(asked), *list_wishes(asked)]):
        other = index.parties[at]
        if other.party.key == one.key or are_strangers(asked, other):
            continue
        weighing = weigh(asked, other)
        if weighing.verdict is not Verdict.DIFFERENT:
            found.append((other, weighing))
    settled = _settle(found)
    settled.sort(key=lambda each: (_RANKS[each[1].verdict], each[0].party.key))
    return [Match(other.party.key, explain(weighing, asked, other)) for other, weighing in settled]


def _settle(found: list[Found]) -> list[Found]:
    same = [each for each in found if each[1].verdict is Verdict.SAME]
    if len(same) < 2:
        return found
    by_code = {id(other) for other, weighing in same if _is_by_code(weighing)}
    settled = []
    for other, weighing in found:
        rival = _rival(other, same) if weighing.verdict is Verdict.SAME else None
        if rival is not None and id(other) not in by_code:
            weighing = _doubt(weighing, rival)
        settled.append((other, weighing))
    return settled


def _is_by_code(weighing: Weighing) -> bool:
    return any(reason is Reason.CODE_EQUAL for reason, *_ in weighing.reasons)


def _rival(other: Prepared, same: list[Found]) -> Prepared | None:
    return next(
        (
            each
            for each, _ in same
            if each is not other and weigh(other, each).verdict is Verdict.DIFFERENT
        ),
        None,
    )


def _doubt(weighing: Weighing, rival: Prepared) -> Weighing:
    named = rival.party.names[0].text if rival.party.names else rival.party.key
    reason = (Reason.RIVAL, Leaning.NEITHER, named, rival.party.key)
    return replace(weighing, verdict=Verdict.DOUBTFUL, reasons=(reason, *weighing.reasons))
