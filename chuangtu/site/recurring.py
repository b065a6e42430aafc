"""Long work done beside the work of the background, in a process of its own.

A version of a million records takes minutes, and so does comparing all organizations. Done in the
worker itself, every import would wait for it, a file of one row as well.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from django.conf import settings

from chuangtu.apps.duplicates import queries as duplicates
from chuangtu.apps.snapshots import actions as snapshots
from chuangtu.site.lineage import end_with_parent

_CONSOLE = (sys.executable, "-m", "chuangtu.site.console")
PUBLISH = (*_CONSOLE, "publish", "--if-needed")
SEARCH = (*_CONSOLE, "resolve", "--if-needed")
EVERY_S = 5.0
"""How often it is asked whether readers would be spared work by a new version."""
SEARCH_EVERY_S = 600.0
"""How often all organizations are compared, at most; only when something changed."""
LATEST_S = 300.0
"""The longest wait after work that failed: a full disk stays full for a while."""
SEARCH_STANDS_BACK = 10
"""How far comparing stands back behind the pages, as `nice` counts; readers wait for versions."""
END_WITHIN_S = 5

logger = logging.getLogger(__name__)


class Recurring:
    """Has one kind of work done, one at a time; after each that fails it waits twice as long.

    The process ends with this one, however that ends. Whichever of the two is killed, nothing
    that was there before is lost.
    """

    def __init__(
        self,
        command: Sequence[str],
        is_due: Callable[[], bool],
        every_s: float = EVERY_S,
        stands_back: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = command
        self._is_due = is_due
        self._every_s = every_s
        self._stands_back = stands_back
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._due = float("-inf")
        self._failures = 0

    def look(self) -> None:
        """Begin if it is due and not being done; returns at once."""
        if self._process is not None:
            status = self._process.poll()
            if status is None:
                return
            self._process = None
            self._note(status)
        if self._clock() < self._due:
            return
        self._due = self._clock() + self._every_s
        if self._is_wanted():
            self._process = subprocess.Popen(
                self._command,
                env={**os.environ, "CHUANGTU_DATA": str(settings.DATA)},
                stdout=subprocess.DEVNULL,
                preexec_fn=self._begin,
            )

    def end(self) -> None:
        """Give up what is being done."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_WITHIN_S)
        self._process.kill()
        self._process.wait()
        self._process = None

    def _begin(self) -> None:
        end_with_parent()
        os.nice(self._stands_back)

    def _is_wanted(self) -> bool:
        try:
            return self._is_due()
        except Exception:
            # The worker outlives a database that is away for a while.
            logger.exception("it could not be found out whether %s is needed", self._command[-2])
            return False

    def _note(self, status: int) -> None:
        self._failures = self._failures + 1 if status else 0
        if status:
            wait = max(self._every_s, min(EVERY_S * 2**self._failures, LATEST_S))
            self._due = self._clock() + wait
            logger.error(
                "%s failed (status %s); what there was stays, and it is tried again in %.0f s",
                self._command[-2],
                status,
                wait,
            )


def publishing() -> Recurring:
    """New versions for readers who carry many changes."""
    return Recurring(PUBLISH, lambda: snapshots.is_needed() and not snapshots.is_building())


def searching() -> Recurring:
    """The queue of organizations that may be one, brought up to date."""
    return Recurring(SEARCH, duplicates.is_due, SEARCH_EVERY_S, SEARCH_STANDS_BACK)
