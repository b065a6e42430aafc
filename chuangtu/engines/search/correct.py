"""Words that find nothing → words that were probably meant."""

from __future__ import annotations

import re

import numpy as np

from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.find import Found, Many, find
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.model import Index
from chuangtu.engines.search.name import name
from chuangtu.engines.search.rank import rank
from chuangtu.engines.search.read_back import read_back
from chuangtu.engines.search.retype import retype
from chuangtu.engines.search.sound import sound
from chuangtu.engines.search.spell import BREAK, FIRST
from chuangtu.engines.search.suggest import suggest
from chuangtu.engines.search.whole import whole
from chuangtu.terms.viewer import Visibility

_LATIN = re.compile("[a-z]+")
_MOST_TRIED = 60
"""Changes of which the whole word is looked for, the likeliest first."""
_LOOKED_AT = 20
"""Documents in which it is looked for, the best first: a whole word of a name stands before."""


def correct(index: Index, words: str, sees: Visibility) -> str | None:
    """Propose other words when these find nothing: "did you mean".

    A part of Latin letters may have one letter too many, too few, wrong, or two exchanged; what
    is proposed is a whole word, written as it stands there, or the sound of whole syllables. A
    Chinese part may be written with other characters of the same sound. Only what this viewer can
    find is proposed.

    Args:
        index: what was built.
        words: as typed.
        sees: the widest class of text the viewer may see.

    Returns:
        Words that find something; None if these do already, or if nothing near does.
    """
    parts = divide(words)
    found = [find(index, part, sees) for part in parts]
    if rank(index, found, 1).total:
        return None
    meant = [
        part if _count(each) else _near(index, part, sees)
        for part, each in zip(parts, found, strict=True)
    ]
    proposed = " ".join(each for each in meant if each is not None)
    if None in meant or proposed == " ".join(parts):
        return None
    again = [find(index, part, sees) for part in divide(proposed)]
    return proposed if rank(index, again, 1).total else None


def _near(index: Index, part: str, sees: Visibility) -> str | None:
    if _LATIN.fullmatch(part):
        return _retyped(index, part, sees)
    return _as_heard(index, part, sees)


def _retyped(index: Index, part: str, sees: Visibility) -> str | None:
    """Give the likeliest whole word one slip away: exchanged letters, then what finds most."""
    near = []
    for changed in sorted(retype(part)):
        if count := _count(find(index, changed, sees)):
            is_exchange = sorted(changed) == sorted(part)
            # Most people type the first letter right; of equals the first in the alphabet stays.
            near.append((changed[0] == part[0], is_exchange, count, changed))
    near.sort(key=lambda each: each[:3], reverse=True)
    begun = None
    for *_, changed in near[:_MOST_TRIED]:
        word = _word(index, changed, sees)
        if word is not None and fold(word) == changed:
            return word
        begun = begun or word
    return begun


def _word(index: Index, part: str, sees: Visibility) -> str | None:
    """Give the whole word that letters are, or at least begin, in the best of what they find."""
    begun = None
    for position in rank(index, [find(index, part, sees)], _LOOKED_AT).positions.tolist():
        word = whole(part, name(index, position, sees), read_back(index, position, sees))
        if word is not None and fold(word) == part:
            return word
        begun = begun or word
    return begun


def _as_heard(index: Index, part: str, sees: Visibility) -> str | None:
    """Give the characters of the best name that sounds like the part."""
    symbols = [each & ~FIRST for each in sound(part).letters]
    if len(symbols) < 2 or BREAK in symbols:
        return None
    latin = "".join(chr(each + 96) for each in symbols)
    heard = [
        each.name[span.start : span.end]
        for each in suggest(index, latin, sees, _LOOKED_AT)
        for span in each.spans
    ]
    # Who types characters means characters, not a word in letters that is spelled so.
    return next((each for each in heard if not _LATIN.fullmatch(fold(each))), None)


def _count(found: Found) -> int:
    if isinstance(found, Many):
        return int(np.bitwise_count(found.reached[0]).sum(dtype=np.int64))
    return len(found.documents)
