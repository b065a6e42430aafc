"""A part in Latin letters against the sound of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chuangtu.engines.search.places import places
from chuangtu.engines.search.sound import sound
from chuangtu.engines.search.spell import FIRST

_LATIN = re.compile("[a-z]+")
_PLAIN = bytes(each & ~FIRST for each in range(256))


def hear(name: str, part: str) -> Iterator[tuple[int, int]]:
    """Give where the pinyin or the initials of a folded name are the part, from a syllable on.

    Returns:
        First and last character of each such stretch; the first syllable of the name counts as
        character 0 even after silent punctuation.
    """
    if not _LATIN.fullmatch(part):
        return
    sought = bytes(ord(letter) - 96 for letter in part)
    spelling = sound(name)
    for marked, owners in (
        (spelling.letters, spelling.letters_of),
        (spelling.initials, spelling.initials_of),
    ):
        for at in places(marked.translate(_PLAIN), sought):
            if marked[at] & FIRST:
                yield owners[at] if at else 0, owners[at + len(sought) - 1]
