"""Read a file in a process of its own, which is ended when it takes too long or too much memory.

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

_READER = (sys.executable, "-m", __name__)
_NICENESS = 10
"""Those who look at the map come first."""
_LAST_WORDS = 65_536
_OUT_OF_MEMORY = (b"memory allocation", b"bad_alloc", b"MemoryError")
"""As libraries in Rust, in C++ and Python itself tell it when they end."""


def read_apart(
    path: Path,
    *,
    name: str,
    crs: str | None = None,
    seconds: float,
    memory_mb: int,
) -> tuple[Glance, ...]:
    """Say what the tables of a file hold, as `read` finds them, or give up in time.

    Args:
        path: where the file is.
        name: what the user calls it.
        crs: the coordinate system its owner stated.
        seconds: how long it may take.
        memory_mb: how much memory it may ask for, in MiB, where the system can bound that.

    Raises:
        TableError: as `read`; `too_slow` after so many seconds; `too_much_memory` if it asks for
            more; `reader_failed` if a reader fell.
    """
    asked = pickle.dumps((str(path), name, crs, seconds, memory_mb))
    hearing, telling = os.pipe()
    # Whatever a library writes there, the process never waits for it to be read.
    os.set_blocking(telling, False)
    with os.fdopen(hearing, "rb") as last_words, os.fdopen(telling, "wb") as complaints:
        status, told = _asked(asked, complaints, name, seconds)
        complaints.close()
        if status:
            said = last_words.read(_LAST_WORDS)
            is_short = any(each in said for each in _OUT_OF_MEMORY)
            raise _too_much(name, memory_mb) if is_short else refuse("reader_failed", Place(name))
    return _understood(told)


def _asked(asked: bytes, complaints: BinaryIO, name: str, seconds: float) -> tuple[int, bytes]:
    """How the process ended, and what it said."""
    # The process is started anew, not forked: this one has threads.
    reader = subprocess.Popen(
        _READER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with reader:
        try:
            told, _ = reader.communicate(asked, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise refuse("too_slow", Place(name), seconds=round(seconds)) from error
        finally:
            reader.kill()
    return reader.returncode, told


def _too_much(name: str, memory_mb: int) -> TableError:
    return refuse("too_much_memory", Place(name), limit=memory_mb)


def _understood(told: bytes) -> tuple[Glance, ...]:
    """What the process said: it is ours, so that its word can be unpickled."""
    found, trouble = pickle.loads(told)
    if trouble is not None:
        raise TableError(*trouble)
    glances: tuple[Glance, ...] = found
    return glances


def answer(asking: BinaryIO, telling: BinaryIO) -> None:
    """Read what is asked for and tell what was found: the process's whole work."""
    path, name, crs, seconds, memory_mb = pickle.load(asking)
    _bound(seconds, memory_mb)
    found: Sequence[Glance] = ()
    trouble = None
    try:
        found = tuple(glance(each) for each in read(Path(path), name=name, crs=crs))
    except (TableError, MemoryError) as error:
        refusal = error if isinstance(error, TableError) else _too_much(name, memory_mb)
        said = refusal.problem
        trouble = (said.fault.code, said.place, said.fault.zh, said.fault.en)
    pickle.dump((found, trouble), telling)


def _bound(seconds: float, memory_mb: int) -> None:  # pragma: no cover - it would bind the tests
    """End this process by itself even if nobody is left to end it, and bound its memory."""
    with suppress(OSError):
        os.nice(_NICENESS)
    limit = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    most = _held_bytes() + memory_mb * 1024 * 1024
    # Not the address space: files that are mapped and what libraries reserve take no memory.
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _held_bytes() -> int:  # pragma: no cover - as above
    """What the interpreter and its libraries hold before anything is read, more on more cores."""
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[5])
        return pages * resource.getpagesize()
    return 0


if __name__ == "__main__":  # pragma: no cover - the process is another one
    answer(sys.stdin.buffer, sys.stdout.buffer)
