"""A word in Latin letters → every word that one slip of the finger turns into it."""

from __future__ import annotations

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shorter words are next to everything; longer ones are not typed by hand.
_SHORTEST, _LONGEST = 3, 24


def retype(part: str) -> frozenset[str]:
    """Give the words with one letter more, fewer or other, or with two exchanged.

    Nothing comes of what is too short, too long, or not of Latin letters.

    >>> "robotics" in retype("robtics"), retype("xq")
    (True, frozenset())
    """
    if not _SHORTEST <= len(part) <= _LONGEST or any(each not in _LETTERS for each in part):
        return frozenset()
    halves = [(part[:at], part[at:]) for at in range(len(part) + 1)]
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    dropped = {a + b[1:] for a, b in halves if b}
    wrong = {a + each + b[1:] for a, b in halves if b for each in _LETTERS}
    missed = {a + each + b for a, b in halves for each in _LETTERS}
    return frozenset((exchanged | dropped | wrong | missed) - {part})
