"""Letters → the whole word that they are, or begin, in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.sound import sound
from chuangtu.engines.search.spell import FIRST

_PLAIN = bytes(each & ~FIRST for each in range(256))


def whole(part: str, names: Sequence[str], texts: Iterable[str]) -> str | None:
    """Give the word of these texts that folded letters are or begin, as it is written there.

    A word that is written goes before the sound of whole syllables of a name, which is given in
    the letters asked for; the letters themselves before a longer word.

    Args:
        part: folded Latin letters.
        names: as they were given; only names sound.
        texts: other texts, as they were given or folded.

    >>> whole("minh", ("Minhang Incubator",), ()), whole("minhang", ("闵行区",), ())
    ('Minhang', 'minhang')
    >>> whole("minha", ("闵行区",), ())
    """
    word = re.compile(rf"(?<![a-z]){part}[a-z]*")
    written = [found for text in (*names, *texts) for found in _written(text, word)]
    if exact := [each for each in written if fold(each) == part]:
        return exact[0]
    if any(_sounds(name, part) for name in names):
        return part
    return min(written, key=len, default=None)


def _written(text: str, word: re.Pattern[str]) -> Iterable[str]:
    folded = fold(text)
    # Where folding moved letters about, they cannot be told apart in the text.
    shown = text if len(folded) == len(text) else folded
    return (shown[each.start() : each.end()] for each in word.finditer(folded))


def _sounds(name: str, part: str) -> bool:
    """Say whether whole syllables of a name sound so."""
    letters = sound(fold(name)).letters
    sought = bytes(ord(each) - 96 for each in part)
    plain = letters.translate(_PLAIN)
    at = plain.find(sought)
    while at >= 0:
        end = at + len(sought)
        if letters[at] & FIRST and (end == len(letters) or letters[end] & FIRST):
            return True
        at = plain.find(sought, at + 1)
    return False
