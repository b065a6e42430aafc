"""Words as typed → the parts that must all match."""

from __future__ import annotations

from chuangtu.engines.search.fold import fold


def divide(words: str) -> tuple[str, ...]:
    """Give the folded parts between the spaces, each once, in the order typed.

    Nothing is left of words that hold nothing visible; no part means that nothing is asked, and
    every document matches.

    >>> divide("ＡＢＢ  机器人 abb")
    ('abb', '机器人')
    """
    return tuple(part for part in dict.fromkeys(map(fold, words.split())) if part)
