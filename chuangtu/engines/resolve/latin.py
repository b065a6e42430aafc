"""Names in Latin letters: with one another, and with the Chinese name they translate."""

from __future__ import annotations

import re
import unicodedata

from pypinyin import lazy_pinyin

from chuangtu.engines.resolve.likeness import Likened, Likeness
from chuangtu.engines.resolve.model import NameParts, Reason
from chuangtu.engines.resolve.slip import find_slip

_WORD = re.compile("[a-z0-9]+")
_FORM_WORDS = frozenset(
    ("co", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "company", "llc", "plc")
    + ("gmbh", "ag", "group", "holdings", "holding", "the", "of", "and", "pte", "pty", "kk")
)
_FEWEST_LETTERS, _LONG_NAME = 4, 12


def read_words(name: str) -> tuple[str, ...]:
    """The words of a Latin name in their order, without those for legal forms.

    >>> read_words("Shanghai Yida Technology Co., Ltd.")
    ('shanghai', 'yida', 'technology')
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return tuple(each for each in _WORD.findall(plain) if each not in _FORM_WORDS)


def compare_latin(one: NameParts, other: NameParts) -> Likened:
    """Say how near two names are of which one at least is Latin.

    Args:
        one: a name taken apart.
        other: another.
    """
    words = (one.text, other.text)
    if one.words and other.words:
        if one.words == other.words or "".join(one.words) == "".join(other.words):
            return Likened(Likeness.SAME, ((Reason.NAME_EQUAL, *words),))
        joined = ("".join(one.words), "".join(other.words))
        if min(map(len, joined)) >= _LONG_NAME and find_slip(*joined) is not None:
            return Likened(Likeness.LIKELY, ((Reason.SIGN_SLIPPED, *words),))
    elif _is_sounded(one.words or other.words, other if one.words else one):
        return Likened(Likeness.NESTED, ((Reason.NAME_SOUNDED, *words),))
    return Likened(Likeness.UNRELATED, ((Reason.NAME_UNRELATED, *words),))


def _is_sounded(words: tuple[str, ...], parts: NameParts) -> bool:
    """Whether a Latin name writes the brand of a Chinese one by its sound."""
    brand = "".join(lazy_pinyin(_with_numerals(parts.brand)))
    if len(brand) < _FEWEST_LETTERS:
        return False
    joined = {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, i + 5)}
    return brand in joined


def _with_numerals(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "零一二三四五六七八九"))
