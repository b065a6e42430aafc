"""How near two names are, from the same to strangers, and for which reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from chuangtu.engines.resolve.model import Reason


class Likeness(IntEnum):
    """Grades of nearness; a higher one is nearer. What speaks for it is a site or a near code."""

    UNRELATED = 0
    APART = 1
    """Near, but the difference is one that names of two organisations have: two, in any case."""
    FAINT = 2
    """Two, or doubtful if something speaks for it."""
    NESTED = 3
    """Doubtful, whatever else is known."""
    LIKELY = 4
    """Doubtful, or the same if something speaks for it."""
    WITHOUT_PLACE = 5
    """The same, or doubtful if the places speak against it."""
    SAME = 6


@dataclass(frozen=True, slots=True)
class Likened:
    """What comparing two names gave: the grade, and its reasons with the words they concern."""

    likeness: Likeness
    reasons: tuple[tuple[Reason, str, str], ...]
