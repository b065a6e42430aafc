"""How often one client may ask: a bucket of tokens for each, refilled steadily."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

MOST_CLIENTS = 20_000
"""Clients remembered; the one not seen for longest is forgotten, which only ever helps it."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class Limiter:
    """Lets each client ask `rate` times a second on average, and `burst` times at once.

    Buckets live in one process: with n worker processes a client gets at most n times as much.
    """

    def __init__(
        self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """Take a token: 0 if there was one, else after how many seconds to ask again."""
        if self._rate <= 0:
            return 0
        with self._lock:
            moment = self._clock()
            bucket = self._buckets.get(client)
            if bucket is None:
                bucket = self._buckets[client] = _Bucket(self._burst, moment)
                if len(self._buckets) > MOST_CLIENTS:
                    self._buckets.popitem(last=False)
            self._buckets.move_to_end(client)
            grown = bucket.tokens + (moment - bucket.filled) * self._rate
            bucket.tokens, bucket.filled = min(self._burst, grown), moment
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0
            return ceil((1 - bucket.tokens) / self._rate)
