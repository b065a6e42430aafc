"""Answers kept for a while, bounded in bytes, shared by the threads of one process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Keep(Generic[Value]):
    """The most recently used answers, at most `limit_bytes` of them together."""

    def __init__(self, limit_bytes: int, size: Callable[[Value], int]) -> None:
        self._limit = limit_bytes
        self._size = size
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()
        self._turns: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The kept answer, or one made now: by one thread, while others that ask wait for it."""
        found = self.find(key)
        if found is not None:
            return found
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        try:
            with turn:
                found = self.find(key)
                if found is None:
                    found = make()
                    self.put(key, found)
                return found
        finally:
            with self._lock:
                self._turns.pop(key, None)

    def find(self, key: Hashable) -> Value | None:
        """The answer kept under this key; None if there is none any more."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def put(self, key: Hashable, value: Value) -> None:
        """Keep an answer; the least recently used ones make room. One too large is not kept."""
        size = self._size(value)
        if size > self._limit:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self._held += size - (self._size(old) if old is not None else 0)
            self._kept[key] = value
            while self._held > self._limit:
                _, gone = self._kept.popitem(last=False)
                self._held -= self._size(gone)

    @property
    def held_bytes(self) -> int:
        """How many bytes are kept now."""
        return self._held
