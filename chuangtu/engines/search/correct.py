"""Words that find nothing → words that were probably meant."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.find import Found, Many, find
from chuangtu.engines.search.model import Index
from chuangtu.engines.search.rank import rank
from chuangtu.engines.search.sound import sound
from chuangtu.engines.search.spell import BREAK, FIRST
from chuangtu.engines.search.suggest import suggest
from chuangtu.terms.viewer import Visibility

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shorter words are next to everything; longer ones are not typed by hand.
_SHORTEST, _LONGEST = 3, 24


def correct(index: Index, words: str, sees: Visibility) -> str | None:
    """Propose other words when these find nothing: "did you mean".

    A part of Latin letters may have one letter too many, too few, wrong, or two exchanged. A
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
    if all(each in _LETTERS for each in part):
        return _retyped(index, part, sees)
    return _as_heard(index, part, sees)


def _retyped(index: Index, part: str, sees: Visibility) -> str | None:
    """Give the one-letter change that is likeliest: exchanged letters, then what finds most."""
    if not _SHORTEST <= len(part) <= _LONGEST:
        return None
    best: tuple[bool, bool, int, str] | None = None
    for changed in sorted(_changes(part)):
        if count := _count(find(index, changed, sees)):
            is_exchange = sorted(changed) == sorted(part)
            # Most people type the first letter right; of equals the first in the alphabet stays.
            fit = (changed[0] == part[0], is_exchange, count, changed)
            if best is None or fit[:3] > best[:3]:
                best = fit
    return best[3] if best else None


def _changes(part: str) -> set[str]:
    halves = [(part[:at], part[at:]) for at in range(len(part) + 1)]
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    dropped = {a + b[1:] for a, b in halves if b}
    wrong = {a + each + b[1:] for a, b in halves if b for each in _LETTERS}
    missed = {a + each + b for a, b in halves for each in _LETTERS}
    return (exchanged | dropped | wrong | missed) - {part}


def _as_heard(index: Index, part: str, sees: Visibility) -> str | None:
    """Give the characters of the best name that sounds like the part."""
    symbols = [each & ~FIRST for each in sound(part).letters]
    if len(symbols) < 2 or BREAK in symbols:
        return None
    latin = "".join(chr(each + 96) for each in symbols)
    heard = [
        each.name[span.start : span.end]
        for each in suggest(index, latin, sees, 1)
        for span in each.spans
    ]
    return heard[0] if heard else None


def _count(found: Found) -> int:
    if isinstance(found, Many):
        return int(np.bitwise_count(found.reached[0]).sum(dtype=np.int64))
    return len(found.documents)
