"""Where the files of an import lie: the upload, its rows, its progress, and who works on it.

Progress and the lock are files and not rows: the transaction that writes an import is seen by
nobody until it ends, and a lock that the system holds for a process ends with the process,
however it ends.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from django.conf import settings
from django.db import DatabaseError

Line = dict[str, Any]
FOLDER = "imports"
"""In the data folder."""
READING_SLOTS = 2
"""Of the eight threads that answer people on the smallest machine, six are always left."""
_PASSING = frozenset({"lock", "progress.json"})
_BEGUN = ".new"
"""Ends the name of a file until it is whole."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An upload as it was kept."""

    content_hash: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on an import is: `done` of `total` rows of one stage."""

    stage: str
    done: int
    total: int


def store(chunks: Iterable[bytes]) -> Stored:
    """Keep an upload under its content's hash; the same content is kept once."""
    folder = _folder("files")
    digest, size = hashlib.sha256(), 0
    # One that a killed process leaves is in no backup: see `list_files`.
    with tempfile.NamedTemporaryFile(dir=folder, suffix=_BEGUN, delete=False) as file:
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, folder / digest.hexdigest())
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(file.name)
            raise
    return Stored(digest.hexdigest(), size)


@contextmanager
def bringing(is_named: Callable[[str], bool]) -> Iterator[Callable[[Iterable[bytes]], Stored]]:
    """Gives `store`, whose uploads are taken away again if what follows fails.

    Another process may be bringing the same content, and not have named it yet: so they go only
    while nobody else brings anything, and only if `is_named` knows no import of that hash.
    """
    kept: list[str] = []

    def keep(chunks: Iterable[bytes]) -> Stored:
        stored = store(chunks)
        kept.append(stored.content_hash)
        return stored

    with (_folder("slots/bringing") / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            yield keep
        except BaseException:
            # What cannot be found out now is left where it is.
            with suppress(BlockingIOError, DatabaseError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for each in kept:
                    if not is_named(each):
                        path_of(each).unlink(missing_ok=True)
            raise


def path_of(content_hash: str) -> Path:
    """Where an upload lies."""
    return _folder("files") / content_hash


@contextmanager
def working_on(batch: int) -> Iterator[bool]:
    """Hold the import while it is worked on; gives False if another process holds it.

    The system lets go of the lock when its process ends, even by kill -9.
    """
    with (_batch_folder(batch) / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


@contextmanager
def reading_slot() -> Iterator[bool]:
    """Hold one of the few places for reading while a person waits; gives False if none is free.

    They are those of the whole installation: so many of its threads and processors read files at
    most, however many files are brought at once.
    """
    with ExitStack() as held:
        yield any(_is_taken(held, number) for number in range(READING_SLOTS))


def _is_taken(held: ExitStack, slot: int) -> bool:
    file = held.enter_context((_folder(f"slots/{slot}") / "lock").open("w"))
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def note_progress(batch: int, progress: Progress | None) -> None:
    """Say how far the work is, at once visible to every process; `None` when it is over."""
    path = _batch_folder(batch) / "progress.json"
    if progress is None:
        path.unlink(missing_ok=True)
        return
    waiting = path.with_suffix(_BEGUN)
    try:
        waiting.write_bytes(orjson.dumps(progress))
        os.replace(waiting, path)
    finally:
        waiting.unlink(missing_ok=True)


def read_progress(batch: int) -> Progress | None:
    """How far the work is; `None` when nobody works."""
    try:
        return Progress(**orjson.loads((_batch_folder(batch) / "progress.json").read_bytes()))
    except FileNotFoundError:
        return None


class LineWriter:
    """Writes one line for each row, found again by number or by outcome."""

    def __init__(self, batch: int, name: str) -> None:
        self._places = [_batch_folder(batch) / each for each in _files_of(name)]
        self._file = _begun(self._places[0]).open("wb")
        self._offsets = [0]
        self._marks = bytearray()

    def write(self, line: Line, mark: int = 0) -> None:
        """Append a line; `mark` is a small number to find it by."""
        self._offsets.append(self._offsets[-1] + self._file.write(orjson.dumps(line) + b"\n"))
        self._marks.append(mark)

    def keep(self) -> None:
        """Put the lines in the place of those before, which stay if there is no room."""
        self._file.close()
        _, offsets, marks = self._places
        with _begun(offsets).open("wb") as file:
            np.save(file, np.array(self._offsets, "u8"))
        with _begun(marks).open("wb") as file:
            np.save(file, np.frombuffer(self._marks, "u1"))
        for each in self._places:
            os.replace(_begun(each), each)

    def close(self) -> None:
        """Let go of the file; lines that were not kept are lost, and take no room."""
        with suppress(OSError):
            self._file.close()
        for each in self._places:
            _begun(each).unlink(missing_ok=True)


def read_lines(batch: int, name: str) -> Iterator[Line]:
    """Every line, in order."""
    with (_batch_folder(batch) / name).open("rb") as file:
        for line in file:
            yield orjson.loads(line)


def has_lines(batch: int, name: str) -> bool:
    """Say whether lines of this name were kept."""
    return (_batch_folder(batch) / name).exists()


def drop_lines(batch: int, name: str) -> None:
    """Take lines of this name away, where there are any."""
    folder = _batch_folder(batch)
    for each in _files_of(name):
        (folder / each).unlink(missing_ok=True)
        _begun(folder / each).unlink(missing_ok=True)


def read_page(
    batch: int, name: str, marks: Iterable[int] | None, offset: int, limit: int
) -> tuple[list[Line], int]:
    """Some lines with one of these marks, and how many there are of them."""
    folder = _batch_folder(batch)
    if not (folder / name).exists():
        return [], 0
    offsets = np.load(folder / f"{name}-offsets.npy")
    found = np.load(folder / f"{name}-marks.npy")
    chosen = np.arange(len(found))
    if marks is not None:
        chosen = np.flatnonzero(np.isin(found, list(marks)))
    lines = []
    with (folder / name).open("rb") as file:
        for each in chosen[offset : offset + limit]:
            file.seek(int(offsets[each]))
            lines.append(orjson.loads(file.readline()))
    return lines, len(chosen)


def list_files() -> list[Path]:
    """Uploads and what was found in them, without the marks of work that is under way."""
    found = (Path(settings.DATA) / FOLDER).rglob("*")
    return sorted(
        each
        for each in found
        if each.is_file() and each.name not in _PASSING and each.suffix != _BEGUN
    )


def _files_of(name: str) -> tuple[str, str, str]:
    """Lines, where each begins, and the mark of each."""
    return name, f"{name}-offsets.npy", f"{name}-marks.npy"


def _begun(path: Path) -> Path:
    return path.with_name(f"{path.name}{_BEGUN}")


def _folder(name: str) -> Path:
    folder = Path(settings.DATA) / FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _batch_folder(batch: int) -> Path:
    return _folder(str(batch))
