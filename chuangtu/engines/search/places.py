"""Where a part stands in a text, overlapping places too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import AnyStr


def places(text: AnyStr, part: AnyStr) -> Iterator[int]:
    """Give every start of the part, ascending.

    >>> list(places("科技科技科技", "科技科技"))
    [0, 2]
    """
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
