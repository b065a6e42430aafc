"""What one state of the register was asked already, kept until the next state replaces it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from chuangtu.apps.snapshots.keep import Keep
from chuangtu.apps.snapshots.titles import Held
from chuangtu.engines.atlas.cache import Shelf
from chuangtu.engines.atlas.model import Hits, Survey

CHOSEN_BYTES = 128 << 20
HITS_BYTES = 64 << 20
HELD_BYTES = 32 << 20
SURVEY_BYTES = 16 << 20
SUGGESTION_BYTES = 16 << 20

Suggestions = list[dict[str, Any]]


def _hits() -> Keep[Hits]:
    return Keep(HITS_BYTES, lambda hits: 300 + 12 * len(hits.rows))


def _held() -> Keep[Held]:
    return Keep(HELD_BYTES, lambda held: 300 + held.nbytes)


def _surveys() -> Keep[Survey]:
    return Keep(SURVEY_BYTES, lambda survey: 500 + 150 * sum(map(len, survey.facets.values())))


def _suggestions() -> Keep[Suggestions]:
    return Keep(SUGGESTION_BYTES, lambda names: 300 + 600 * len(names))


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """Answers of one state, each kind within its bytes; shared by the threads of a process.

    Attributes:
        chosen: which records a Selection chose.
        hits: which records words match, or titles let through.
        held: who holds which title.
        surveys: counts and facets.
        suggestions: names that go with what was typed.
    """

    chosen: Shelf = field(default_factory=lambda: Shelf(CHOSEN_BYTES))
    hits: Keep[Hits] = field(default_factory=_hits)
    held: Keep[Held] = field(default_factory=_held)
    surveys: Keep[Survey] = field(default_factory=_surveys)
    suggestions: Keep[Suggestions] = field(default_factory=_suggestions)
