"""Work spread over every processor."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(work: Callable[[Item], Result], items: Sequence[Item], *, worth: int) -> list[Result]:
    """Do the work for every item, on several threads when there are enough items.

    The inner loops let go of Python's lock, so that threads truly work side by side.

    Args:
        work: called once an item.
        items: what to work on.
        worth: so many items are worth waking other threads.

    Returns:
        What the work gave for each item, in order.
    """
    if len(items) < worth:
        return [work(each) for each in items]
    return list(_pool().map(work, items))


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="atlas")


# Threads do not live on in a forked process; a pool of dead ones would wait for ever.
os.register_at_fork(after_in_child=_pool.cache_clear)
