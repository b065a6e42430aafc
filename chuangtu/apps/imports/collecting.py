"""Garbage is looked for less often while a file's rows are worked on."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 50)
"""For `gc.set_threshold`: a file's rows live until its end, so looking among them finds nothing,
and took a tenth of the time of 100,000 rows."""

_lock = threading.Lock()
_usual: list[tuple[int, int, int]] = []


@contextmanager
def seldom() -> Iterator[None]:
    """Collect seldom; as before when the last who asked for it is done."""
    with _lock:
        _usual.append(gc.get_threshold())
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        with _lock:
            first = _usual[0]
            _usual.pop()
            if not _usual:
                gc.set_threshold(*first)
