"""How a word of a name sounds: pinyin and initials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby

from pypinyin import lazy_pinyin, load_phrases_dict
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

BREAK = 27
"""Symbol of what has no letters: a digit, a character nobody wrote a reading for."""
FIRST = 0x80
"""Bit on the first letter of each syllable."""

# Words of this register whose usual reading pypinyin does not know; one reading per character.
_LOCAL = {
    "闵行": "min hang",
    "莘朱": "xin zhu",
    "莘松": "xin song",
    "莘闵": "xin min",
    "长宁": "chang ning",
    "长三角": "chang san jiao",
    "蕰藻浜": "yun zao bang",
    "薄膜": "bo mo",
    "降解": "jiang jie",
    "调试": "tiao shi",
}
load_phrases_dict({word: [[each] for each in said.split()] for word, said in _LOCAL.items()})


@dataclass(frozen=True, slots=True)
class Spelling:
    """The sound of a word, as bytes: 1 to 26 for a to z, `BREAK`, `FIRST` marks syllables.

    Attributes:
        letters: of all syllables.
        initials: the first letter of each syllable; a Latin run stands whole.
        letters_of: for each of the letters, which character of the word it belongs to.
        initials_of: the same for the initials.
    """

    letters: bytes
    initials: bytes
    letters_of: tuple[int, ...]
    initials_of: tuple[int, ...]


def spell(word: str) -> Spelling:
    """Spell a folded word: Chinese by its most likely reading, Latin letters as they stand.

    A run of Latin letters is one syllable and stands whole among the initials (TCL集团: tcljt).
    Punctuation and space are silent. Of several readings of a character the word decides; where it
    does not, the most common one counts.

    >>> spell("闵行").initials == bytes([13 | FIRST, 8 | FIRST])
    True
    """
    letters: list[tuple[int, int]] = []
    initials: list[tuple[int, int]] = []
    at = 0
    for sort, run in groupby(word, _sort):
        text = "".join(run)
        if sort == "han":
            for here, syllable in enumerate(_said(text), at):
                said = [(symbol, here) for symbol in _symbols(syllable)]
                letters += said
                initials += said[:1]
        elif sort == "latin":
            letters += zip(_symbols(text), range(at, at + len(text)), strict=True)
            initials += [((ord(each) - 96) | FIRST, here) for here, each in enumerate(text, at)]
        elif sort == "mute":
            breaks = [(BREAK | FIRST, here) for here in range(at, at + len(text))]
            letters += breaks
            initials += breaks
        at += len(text)
    return Spelling(
        bytes(symbol for symbol, _ in letters),
        bytes(symbol for symbol, _ in initials),
        tuple(here for _, here in letters),
        tuple(here for _, here in initials),
    )


def _said(text: str) -> list[str]:
    # Only a character of several readings needs its word; asking for a word is slow. Two
    # characters that are no known phrase are read one by one anyway.
    is_told = len(text) > 2 or text in PHRASES_DICT
    if is_told and any("," in PINYIN_DICT[ord(each)] for each in text):
        return lazy_pinyin(text)
    return [_alone(each) for each in text]


@cache
def _alone(character: str) -> str:
    syllable: str = lazy_pinyin(character)[0]
    return syllable


def _sort(character: str) -> str:
    if "a" <= character <= "z":
        return "latin"
    if ord(character) in PINYIN_DICT:
        return "han"
    return "mute" if character.isalnum() else "silent"


def _symbols(syllable: str) -> bytes:
    plain = bytes(ord(each) - 96 for each in syllable if "a" <= each <= "z")
    return bytes([plain[0] | FIRST]) + plain[1:]
