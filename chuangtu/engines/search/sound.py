"""A whole name → the bytes of its pinyin and of its initials."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from chuangtu.engines.search.cut import cut
from chuangtu.engines.search.spell import Spelling, spell

_word = lru_cache(maxsize=1 << 16)(spell)


@lru_cache(maxsize=1 << 15)
def sound(name: str) -> Spelling:
    """Spell a folded name word by word, so that each character is read as its word has it.

    >>> sound("闵行").initials == spell("闵行").initials
    True
    """
    words = cut(name)
    spelled = [_word(word) for word in words]
    begins = list(accumulate(map(len, words), initial=0))
    pairs = list(zip(begins, spelled, strict=False))
    return Spelling(
        b"".join(each.letters for each in spelled),
        b"".join(each.initials for each in spelled),
        tuple(begin + at for begin, each in pairs for at in each.letters_of),
        tuple(begin + at for begin, each in pairs for at in each.initials_of),
    )
