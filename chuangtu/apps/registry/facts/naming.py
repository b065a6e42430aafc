"""Names as they are compared and ordered."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pypinyin import Style, lazy_pinyin

_DROPPED = re.compile(r"[\s\u3000“”\"'‘’·•,，.。、;；:：()\[\]{}<>《》【】〔〕\-_/\\]+")


def name_key(name: str) -> str:
    """A name without what people write differently: width, case, spaces, brackets, quotes.

    >>> name_key("上海（闵行） 某某公司 ") == name_key("上海(闵行)某某公司")
    True
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name).casefold())[:300]


_DIGITS_AND_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def _ranks() -> dict[str, int]:
    """Rank of every character in the order of names: digits, letters, then pinyin of GB 2312."""
    hanzi = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                hanzi.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    sound = {each: lazy_pinyin(each, style=Style.TONE3)[0] for each in hanzi}
    hanzi.sort(key=lambda each: (sound[each], each))
    return {each: rank for rank, each in enumerate((*_DIGITS_AND_LETTERS, *hanzi), start=1)}


def name_order(key: str) -> int:
    """A number below 2**63 whose order is the order of names (pinyin), by the first five signs.

    Args:
        key: the name as `name_key` gives it.
    """
    ranks = _ranks()
    last = len(ranks) + 1
    found = [ranks.get(each, last) for each in key[:5]]
    found += [0] * (5 - len(found))
    first_four = 0
    for rank in found[:4]:
        first_four = first_four * (last + 1) + rank
    coarse = (1 << 63) // (last + 1) ** 4 - 1
    return first_four * coarse + found[4] * coarse // (last + 1)
