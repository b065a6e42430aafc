"""A whole name → the bytes of its pinyin and of its initials."""

from __future__ import annotations

from functools import lru_cache

from chuangtu.engines.search.cut import cut
from chuangtu.engines.search.spell import Spelling, spell

_word = lru_cache(maxsize=1 << 16)(spell)


@lru_cache(maxsize=1 << 15)
def sound(name: str) -> Spelling:
    """Spell a folded name word by word, so that each character is read as its word has it.

    >>> sound("闵行").initials == spell("闵行").initials
    True
    """
    words = [_word(word) for word in cut(name)]
    return Spelling(
        b"".join(word.letters for word in words), b"".join(word.initials for word in words)
    )
