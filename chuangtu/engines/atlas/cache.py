"""A shelf of answers bounded in bytes, the least lately used given up first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from chuangtu.engines.atlas.model import Chosen
from chuangtu.terms.selection import Selection


class Shelf:
    """Keeps what `select` chose, by version and Selection, up to a number of bytes.

    The version names base and overlay together, so that a changed overlay is a new key and the
    old answers leave by themselves. Safe to be used by several threads.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.held_bytes = 0
        self._held: OrderedDict[tuple[str, str], Chosen] = OrderedDict()
        self._lock = Lock()

    def get(self, version: str, selection: Selection, choose: Callable[[], Chosen]) -> Chosen:
        """Give the answer kept for this question, or choose it now and keep it.

        Two threads that ask for the same at once may both choose; one answer is kept.
        """
        key = (version, selection.key())
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        chosen = choose()
        with self._lock:
            if key not in self._held and chosen.nbytes <= self.most_bytes:
                self._held[key] = chosen
                self.held_bytes += chosen.nbytes
            while self.held_bytes > self.most_bytes:
                _, oldest = self._held.popitem(last=False)
                self.held_bytes -= oldest.nbytes
        return chosen
