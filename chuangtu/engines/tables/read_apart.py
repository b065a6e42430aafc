"""Read a file in a process of its own, which is ended when it takes too long.

Readers are guarded one by one, but each leans on a library in C that may yet find a file it never
ends with, or falls over: then this process ends, and not the one that people talk to.
"""

from __future__ import annotations

import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from chuangtu.engines.tables.glance import glance
from chuangtu.engines.tables.model import Glance, Place, TableError
from chuangtu.engines.tables.read import read
from chuangtu.engines.tables.sentences import refuse

_NICENESS = 10
"""Those who look at the map come first."""


def read_apart(
    path: Path, *, name: str, crs: str | None = None, seconds: float
) -> tuple[Glance, ...]:
    """Say what the tables of a file hold, as `read` finds them, or give up in time.

    Args:
        path: where the file is.
        name: what the user calls it.
        crs: the coordinate system its owner stated.
        seconds: how long it may take.

    Raises:
        TableError: as `read`; `too_slow` after so many seconds; `reader_failed` if a reader fell.
    """
    asked = pickle.dumps((str(path), name, crs, seconds))
    # The process is started anew, not forked: this one has threads.
    reader = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with reader:
        try:
            told, _ = reader.communicate(asked, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise refuse("too_slow", Place(name), seconds=round(seconds)) from error
        finally:
            reader.kill()
    if reader.returncode:
        raise refuse("reader_failed", Place(name))
    return _understood(told)


def _understood(told: bytes) -> tuple[Glance, ...]:
    """What the process said: it is ours, so that its word can be unpickled."""
    found, trouble = pickle.loads(told)
    if trouble is not None:
        raise TableError(*trouble)
    glances: tuple[Glance, ...] = found
    return glances


def answer(asking: BinaryIO, telling: BinaryIO) -> None:
    """Read what is asked for and tell what was found: the process's whole work."""
    path, name, crs, seconds = pickle.load(asking)
    _bound(seconds)
    found: Sequence[Glance] = ()
    trouble = None
    try:
        found = tuple(glance(each) for each in read(Path(path), name=name, crs=crs))
    except TableError as error:
        said = error.problem
        trouble = (said.fault.code, said.place, said.fault.zh, said.fault.en)
    pickle.dump((found, trouble), telling)


def _bound(seconds: float) -> None:  # pragma: no cover - it would bind the tests
    """End this process by itself even if nobody is left to end it."""
    with suppress(OSError):
        os.nice(_NICENESS)
    limit = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))


if __name__ == "__main__":  # pragma: no cover - the process is another one
    answer(sys.stdin.buffer, sys.stdout.buffer)
