"""New versions built beside the work of the background, in a process of their own.

A version of a million records takes minutes. Built in the worker itself, every import would wait
for it, a file of one row as well.
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

from chuangtu.apps.snapshots import actions as snapshots
from chuangtu.site.lineage import end_with_parent

PUBLISH = (sys.executable, "-m", "chuangtu.site.console", "publish", "--if-needed")
EVERY_S = 5.0
"""How often it is asked whether readers would be spared work by a new version."""
LATEST_S = 300.0
"""The longest wait after versions that could not be built: a full disk stays full for a while."""
END_WITHIN_S = 5

logger = logging.getLogger(__name__)


class Publishing:
    """Has versions built, one at a time; after each that fails it waits twice as long.

    The builder ends with this process, however that ends. Whichever of the two is killed, readers
    keep the version they have.
    """

    def __init__(
        self,
        command: Sequence[str] = PUBLISH,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = command
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._due = float("-inf")
        self._failures = 0

    def look(self) -> None:
        """Begin a version if one is due and none is being built; returns at once."""
        if self._process is not None:
            status = self._process.poll()
            if status is None:
                return
            self._process = None
            self._note(status)
        if self._clock() < self._due:
            return
        self._due = self._clock() + EVERY_S
        if _is_due():
            self._process = subprocess.Popen(
                self._command,
                env={**os.environ, "CHUANGTU_DATA": str(settings.DATA)},
                stdout=subprocess.DEVNULL,
                preexec_fn=end_with_parent,
            )

    def end(self) -> None:
        """Give up the version that is being built."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_WITHIN_S)
        self._process.kill()
        self._process.wait()
        self._process = None

    def _note(self, status: int) -> None:
        self._failures = self._failures + 1 if status else 0
        if status:
            wait = min(EVERY_S * 2**self._failures, LATEST_S)
            self._due = self._clock() + wait
            logger.error(
                "publishing failed (status %s); readers keep the version they have,"
                " and it is tried again in %.0f s",
                status,
                wait,
            )


def _is_due() -> bool:
    try:
        return snapshots.is_needed() and not snapshots.is_building()
    except Exception:
        # The worker outlives a database that is away for a while.
        logger.exception("it could not be found out whether a new version is needed")
        return False
