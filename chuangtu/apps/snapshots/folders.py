"""The folders snapshots lie in: one builder at a time, complete or absent, old ones swept.

A version is built in a folder whose name starts with a dot, forced to disk, renamed, and only
then named by the pointer file `current`. A builder that dies leaves the pointer as it was; its
lock is released by the operating system, and the next builder removes what it left. One that fails
removes that itself: it may have failed because the disk is full.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POINTER = "current"
UNFINISHED = ".building-"
KEEP = 2
"""How many newest versions stay: a slow reader may still open files of the one before."""


class BusyError(Exception):
    """Another process is building; it will finish or die, and either frees the lock."""


@contextmanager
def only_builder(root: Path, *, wait: bool) -> Iterator[None]:
    """Hold the builder's lock; a dead builder's lock is free.

    Raises:
        BusyError: another process builds and `wait` is false.
    """
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise BusyError from None
        yield
    finally:
        os.close(handle)


def find_current(root: Path) -> str | None:
    """The version readers shall read; None before the first."""
    try:
        return (root / POINTER).read_text().strip() or None
    except FileNotFoundError:
        return None


def start(root: Path, version: str) -> Path:
    """An empty folder to build `version` in; what dead builders left is removed."""
    for left in root.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left)
    for left in root.glob(f".{POINTER}-*"):
        left.unlink()
    folder = root / f"{UNFINISHED}{version}"
    folder.mkdir()
    return folder


@contextmanager
def whole_or_gone(folder: Path) -> Iterator[None]:
    """Remove a folder of `start` if it cannot be built or made the current version."""
    try:
        yield
    except BaseException:
        root, version = folder.parent, folder.name.removeprefix(UNFINISHED)
        # Asked to end just after the pointer moved: readers have it already.
        if find_current(root) != version:
            for left in (folder, root / version):
                shutil.rmtree(left, ignore_errors=True)
            _pointer_of(root, version).unlink(missing_ok=True)
        raise


def finish(root: Path, folder: Path) -> str:
    """Make a built folder the current version, so that a power cut leaves the old or the new."""
    _force_tree(folder)
    version = folder.name.removeprefix(UNFINISHED)
    folder.rename(root / version)
    _force(root)
    fresh = _pointer_of(root, version)
    fresh.write_text(version)
    _force(fresh)
    fresh.replace(root / POINTER)
    _force(root)
    return version


def _pointer_of(root: Path, version: str) -> Path:
    return root / f".{POINTER}-{version}"


def sweep(root: Path) -> list[str]:
    """Remove all but the newest versions and the current one; return what was removed.

    Readers that mapped a file keep it until they let go: removing takes only its name.
    """
    current = find_current(root)
    versions = sorted(
        (each for each in root.iterdir() if each.is_dir() and not each.name.startswith(".")),
        key=lambda each: each.stat().st_mtime_ns,
        reverse=True,
    )
    removed = []
    for old in versions[KEEP:]:
        if old.name != current:
            shutil.rmtree(old)
            removed.append(old.name)
    return removed


def settle_files(folder: Path) -> None:
    """Force the files that lie directly in a folder to disk."""
    for each in folder.iterdir():
        if each.is_file():
            _force(each)
    _force(folder)


def _force_tree(folder: Path) -> None:
    for path, _, names in os.walk(folder):
        for name in names:
            _force(Path(path) / name)
        _force(Path(path))


def _force(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
