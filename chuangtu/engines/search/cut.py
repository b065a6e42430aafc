"""A folded name → its words."""

from __future__ import annotations

import rjieba


def cut(name: str) -> list[str]:
    """Cut a folded name into words that together are the name again.

    >>> cut("上海机器人产业园")
    ['上海', '机器人', '产业园']
    """
    words: list[str] = rjieba.cut(name)
    return words
