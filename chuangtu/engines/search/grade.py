"""How well one part matches one document: the definition that the index must agree with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from chuangtu.engines.search.cut import cut
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.model import Document, Tier
from chuangtu.engines.search.sound import sound
from chuangtu.engines.search.spell import FIRST
from chuangtu.terms.viewer import Visibility

_LATIN = re.compile("[a-z]+")
_PLAIN = bytes(each & ~FIRST for each in range(256))


def grade(document: Document, part: str, sees: Visibility) -> Tier:
    """Give the best tier at which a folded part matches what the viewer may see of a document."""
    best = Tier.NONE
    for each in range(sees + 1):
        for text in document.texts[each]:
            if part in fold(text):
                best = max(best, Tier.TEXT)
        for code in map(fold, document.codes[each]):
            if part in code:
                best = max(best, Tier.WHOLE if part == code else Tier.TEXT)
        for name in map(fold, document.names[each]):
            best = max(best, _in_name(name, part), _in_sound(name, part))
    return best


def _in_name(name: str, part: str) -> Tier:
    if part not in name:
        return Tier.NONE
    if part == name:
        return Tier.WHOLE
    if name.startswith(part):
        return Tier.START
    borders = {0, *accumulate(map(len, cut(name)))}
    is_word = any(at in borders and at + len(part) in borders for at in _places(name, part))
    return Tier.WORD if is_word else Tier.NAME


def _in_sound(name: str, part: str) -> Tier:
    if not _LATIN.fullmatch(part):
        return Tier.NONE
    best = Tier.NONE
    sought = bytes(ord(letter) - 96 for letter in part)
    spelling = sound(name)
    for marked in (spelling.letters, spelling.initials):
        plain = marked.translate(_PLAIN)
        if plain.startswith(sought):
            return Tier.WORD
        if any(marked[at] & FIRST for at in _places(plain, sought)):
            best = Tier.SOUND
    return best


def _places(text: str | bytes, part: str | bytes) -> Iterator[int]:
    at = text.find(part)  # type: ignore[arg-type]  # both are text or both are bytes
    while at >= 0:
        yield at
        at = text.find(part, at + 1)  # type: ignore[arg-type]  # as above
