"""Which set of inner loops runs here."""

from __future__ import annotations

from functools import cache

from chuangtu.engines.search.loops import Loops


@cache
def choose() -> Loops:
    """Choose the compiled loops where Numba can be imported, else their NumPy twins."""
    # Imported here, because compiled loops take half a second to load and are not always needed.
    try:
        from chuangtu.engines.search.compiled import compiled
    except ImportError:
        from chuangtu.engines.search.twin import twin

        return twin()
    return compiled()
