"""Whether two records mean one organisation."""

from __future__ import annotations

from chuangtu.engines.resolve.explain import explain
from chuangtu.engines.resolve.model import Judgement, Party
from chuangtu.engines.resolve.prepare import prepare
from chuangtu.engines.resolve.weigh import weigh


def judge(one: Party, other: Party) -> Judgement:
    """Judge two records: the same, different, or doubtful, with every reason.

    Equal valid credit codes are the same, differing ones different; a missing code is unknown.
    Otherwise names decide, read as name law makes them (region, brand, trade, legal form), and
    sites support what names leave open. The order of the two changes no verdict.

    Args:
        one: a record.
        other: another; the same key means nothing here.

    Returns:
        The verdict with its reasons, the weightiest first.

    >>> from chuangtu.engines.resolve.model import Name, Party
    >>> one = Party("1", (Name("上海一达科技有限公司"),))
    >>> judge(one, Party("2", (Name("上海市壹達科技有限责任公司"),))).verdict.value
    'same'
    >>> judge(one, Party("3", (Name("上海二达科技有限公司"),))).verdict.value
    'different'
    """
    first, second = prepare(one), prepare(other)
    return explain(weigh(first, second), first, second)
