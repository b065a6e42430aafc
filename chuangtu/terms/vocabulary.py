"""The names and values that a question may use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a viewer may ask about: the names this reader of parameters accepts.

    Attributes:
        kinds: names of kinds.
        facets: facet names, each with its allowed values, or `None` where any value is allowed.
        numbers: names that take a numeric range.
        days: names that take a range of days.
        areas: codes of named areas, or `None` where any code is allowed.
        placed: facets whose values are codes of areas.
        made: what codes of areas look like that the platform made from a name. Any of them is
            answered, and with nothing where there is no such area: a refusal would tell which
            names were once drawn and are hidden now.
    """

    kinds: frozenset[str]
    facets: Mapping[str, frozenset[str] | None]
    numbers: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    areas: frozenset[str] | None = None
    placed: frozenset[str] = frozenset()
    made: re.Pattern[str] | None = None

    def is_made(self, code: str) -> bool:
        """Say whether a code is one that the platform may have made."""
        return self.made is not None and self.made.fullmatch(code) is not None

    def values_of(self, facet: str, value: str) -> frozenset[str] | None:
        """What a facet may be asked for, by one who asks for `value`."""
        return None if facet in self.placed and self.is_made(value) else self.facets[facet]
