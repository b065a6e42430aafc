"""Which set of inner loops works on an index."""

from __future__ import annotations

from functools import cache

from chuangtu.engines.search.loops import Loops
from chuangtu.engines.search.twin import twin

COMPILED_FROM = 200_000
"""From how many documents on compiled loops pay: below, NumPy answers in a millisecond too, and
nobody waits for a compiler."""


def choose(size: int) -> Loops:
    """Choose the loops for so many documents: compiled for many, if Numba is there; else NumPy."""
    return _compiled() if size >= COMPILED_FROM else twin()


@cache
def _compiled() -> Loops:
    # Imported here, because it takes half a second and is not always needed.
    try:
        from chuangtu.engines.search.compiled import compiled
    except ImportError:
        return twin()
    return compiled()
