"""Processes that end with the one that started them, however that one ends.

Without it a web process whose supervisor was killed by force keeps the port and goes on answering
beside the processes of the next start.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_SET_SIGNAL_OF_PARENTS_DEATH = 1
"""PR_SET_PDEATHSIG of <sys/prctl.h>; Linux only, kept over an exec and not over a fork."""


def end_with_parent() -> None:
    """Be sent SIGTERM when the parent ends; where the system cannot do that, do nothing."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_SET_SIGNAL_OF_PARENTS_DEATH, signal.SIGTERM)
    # The parent may have ended before the system was asked.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
