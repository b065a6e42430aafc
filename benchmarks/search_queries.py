"""What people type into the search box of a register, as a seeded mix."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.search_corpus import OBJECTS, TRADES
from chuangtu.engines.search.cut import cut
from chuangtu.engines.search.fold import fold

FREQUENT = ["上海", "公司", "有限", "科技", "有限公司", "科技有限公司", "一种", "方法", "装置"]
SINGLE = ["海", "联", "电", "种", "医", "司", "𠮷"]


@dataclass(frozen=True, slots=True)
class Query:
    """Words as typed, and which sort of question they are."""

    words: str
    sort: str


def queries(titles: Sequence[str], count: int, seed: int = 2015) -> list[Query]:
    """Draw queries that any engine with character bigrams can be asked."""
    chance = random.Random(seed)
    sorts = {
        "brand": 24,
        "trade": 16,
        "slice": 16,
        "two words": 14,
        "whole name": 10,
        "frequent": 10,
        "nothing": 5,
        "one character": 3,
        "three words": 2,
    }
    drawn = chance.choices(list(sorts), list(sorts.values()), k=count)
    return [Query(_words(sort, titles, chance), sort) for sort in drawn]


def sounds(titles: Sequence[str], count: int, seed: int = 2016) -> list[Query]:
    """Draw pinyin and initials: of a word, of a name's start, of something usual."""
    from chuangtu.engines.search.sound import sound

    chance = random.Random(seed)
    drawn: list[Query] = []
    while len(drawn) < count:
        words = cut(fold(chance.choice(titles)))
        word = "".join(words[: chance.randint(1, 2)])
        spelling = sound(word)
        marked, sort = chance.choice(
            [
                (spelling.letters, "pinyin"),
                (spelling.letters, "pinyin"),
                (spelling.initials, "initials"),
            ]
        )
        letters = "".join(chr((each & 127) + 96) for each in marked)
        if letters.isalpha() and len(letters) > 1:
            drawn.append(Query(letters[: chance.randint(2, 14)], sort))
    return drawn


def _words(sort: str, titles: Sequence[str], chance: random.Random) -> str:
    title = fold(chance.choice(titles)).replace(" ", "")
    if sort == "whole name":
        return title
    if sort == "frequent":
        return chance.choice(FREQUENT)
    if sort == "one character":
        return chance.choice(SINGLE)
    if sort == "trade":
        return chance.choice(TRADES + OBJECTS)
    if sort == "nothing":
        return "".join(chance.sample(title, min(4, len(title))))
    if sort == "two words":
        return (
            f"{chance.choice(['上海', '北京', '科技', '装置'])} {chance.choice(TRADES + OBJECTS)}"
        )
    if sort == "three words":
        return f"{_slice(title, chance, 2)} {_slice(title, chance, 2)} {chance.choice(FREQUENT)}"
    return _slice(title, chance, 2 if sort == "brand" else chance.randint(3, 6))


def _slice(title: str, chance: random.Random, length: int) -> str:
    """A piece of a title with a Chinese sign: letters alone mean pinyin, too, which peers lack."""
    for _ in range(20):
        start = chance.randint(0, max(0, len(title) - length))
        if not title[start : start + length].isascii():
            break
    return title[start : start + length]
