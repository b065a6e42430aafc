"""Texts without width and spaces, each sign knowing where it was written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flat:
    """A flattened text: `origin[i]` is where its sign `i` stands in the text as written."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where signs `start` to `end` (excluded, more than `start`) were written."""
        return self.origin[start], self.origin[end - 1] + 1


def flatten(text: str) -> Flat:
    """Write a text in half width and capitals, without spaces.

    >>> flatten("都市路 １００ 号").text
    '都市路100号'
    """
    signs: list[str] = []
    origin: list[int] = []
    for at, each in enumerate(text):
        plain = unicodedata.normalize("NFKC", each).upper()
        for sign in plain:
            if not sign.isspace() and sign.isprintable():
                signs.append(sign)
                origin.append(at)
    return Flat("".join(signs), tuple(origin))
