"""The file of a backup: a zip with a list of its parts, each with its size and hash."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from chuangtu.terms.errors import ChuangtuError

FORMAT = 1
CONTENTS = "contents.json"
TABLES, FILES = "tables/", "files/"
_PIECE = 1 << 20
_LONGEST_LINE = 64 << 20
_MOST_CONTENTS = 64 << 20


class BackupError(ChuangtuError):
    """A backup cannot be written, read or put in place."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part; `rows` of a table, and its columns in the order of a line."""

    name: str
    bytes: int
    sha256: str
    rows: int = 0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds.

    Attributes:
        made_at: when the state it holds was read, ISO 8601.
        version: of the platform that wrote it.
        migrations: the shape of the tables: every applied migration, `app.name`.
        parts: every table and every kept file.
    """

    made_at: str
    version: str
    migrations: tuple[str, ...]
    parts: tuple[Part, ...] = field(default=())

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.parts)

    @property
    def files(self) -> list[Part]:
        return [each for each in self.parts if each.name.startswith(FILES)]


class Writer:
    """Writes parts one after the other; the list of them comes last."""

    def __init__(self, target: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._parts: list[Part] = []

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if failure is None:
            self._zip.close()
            return
        # A disk that is full fails again here; the first failure is the one that is told.
        with suppress(OSError, ValueError):
            self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes], columns: Iterable[str] = ()) -> Part:
        """Write a part; of a table a piece is a row."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._zip.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size, count = size + len(piece), count + 1
        told = tuple(columns)
        part = Part(name, size, digest.hexdigest(), count if told else 0, told)
        self._parts.append(part)
        return part

    def complete(self, contents: Contents) -> Contents:
        """Write the list of the parts; without it the file is no backup."""
        whole = Contents(
            contents.made_at, contents.version, contents.migrations, tuple(self._parts)
        )
        self._zip.writestr(CONTENTS, orjson.dumps({"format": FORMAT, **asdict(whole)}))
        return whole


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A writer whose file gets its name once it is whole and on the disk, never before.

    Raises:
        BackupError: the file is there already, or cannot be written.
    """
    if path.exists():
        raise BackupError(
            f"{path} 已经存在，没有覆盖。请换一个文件名。",
            f"{path} is there already and was not overwritten. Give another name.",
        )
    waiting = path.with_name(f"{path.name}.part")
    try:
        # It holds everything that the platform knows of people.
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as target:
            with Writer(target) as writer:
                yield writer
            target.flush()
            os.fsync(target.fileno())
        waiting.rename(path)
    except OSError as failure:
        raise BackupError(
            f"写不了备份 {path}（{failure.strerror}）。请检查磁盘空间和目录权限，或换一个位置。",
            f"The backup {path} cannot be written ({failure.strerror}). Check the disk's space"
            " and the folder's permissions, or write it elsewhere.",
        ) from None
    finally:
        waiting.unlink(missing_ok=True)


class Reader:
    """Reads a backup; nothing in it is believed before its hash was compared."""

    def __init__(self, path: Path) -> None:
        """Open a backup and read its list.

        Raises:
            BackupError: it is no backup, a damaged one, or one of another version's making.
        """
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
            info = self._zip.getinfo(CONTENTS)
            with self._zip.open(info) as member:
                said = orjson.loads(member.read(_MOST_CONTENTS))
        except OSError as failure:
            raise BackupError(
                f"打不开 {path}（{failure.strerror}）。请检查路径和权限。",
                f"{path} cannot be opened ({failure.strerror}). Check the path and permissions.",
            ) from None
        except (zipfile.BadZipFile, KeyError, orjson.JSONDecodeError, zlib.error):
            raise BackupError(
                f"{path} 不是完整的创图备份：可能没有传完，或选错了文件。请重新取一份。",
                f"{path} is no whole backup: it may have been cut short, or is another file."
                " Fetch it again.",
            ) from None
        self.contents = _contents(path, said)

    def check(self) -> None:
        """Compare every part with its size and hash.

        Raises:
            BackupError: a part is missing, too much, or not what was written.
        """
        named = {each.name for each in self.contents.parts} | {CONTENTS}
        for name in self._zip.namelist():
            if name not in named:
                raise self._damaged(name)
        for part in self.contents.parts:
            for _ in self.pieces(part):
                pass

    def pieces(self, part: Part) -> Iterator[bytes]:
        """The bytes of a part, compared as they are read.

        Raises:
            BackupError: they are not those that were written.
        """
        digest, left = hashlib.sha256(), part.bytes
        try:
            with self._zip.open(part.name) as member:
                while piece := member.read(_PIECE):
                    left -= len(piece)
                    if left < 0:
                        break
                    digest.update(piece)
                    yield piece
        # RuntimeError: a part that is marked as encrypted, or packed in a way nobody wrote it.
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError):
            raise self._damaged(part.name) from None
        if left or digest.hexdigest() != part.sha256:
            raise self._damaged(part.name)

    def lines(self, part: Part) -> Iterator[bytes]:
        """The rows of a table's part."""
        rest = b""
        for piece in self.pieces(part):
            *whole, rest = (rest + piece).split(b"\n")
            if len(rest) > _LONGEST_LINE:
                raise self._damaged(part.name)
            yield from whole
        if rest:
            raise self._damaged(part.name)

    def _damaged(self, name: str) -> BackupError:
        return BackupError(
            f"备份 {self.path} 已损坏：“{name[:120]}”与写入时不一致。请用另一份备份。",
            f"The backup {self.path} is damaged: '{name[:120]}' is not what was written."
            " Use another backup.",
        )


def _contents(path: Path, said: Any) -> Contents:
    form = str(said.get("format") if isinstance(said, dict) else said)[:20]
    if form != str(FORMAT):
        raise BackupError(
            f"{path} 是另一种格式的备份（{form}），这个版本读格式 {FORMAT}。"
            "请用写出它的版本恢复，再升级。",
            f"{path} is a backup of format {form}; this version reads format {FORMAT}. Restore it"
            " with the version that wrote it, then upgrade.",
        )
    try:
        parts = tuple(
            Part(
                str(each["name"]),
                int(each["bytes"]),
                str(each["sha256"]),
                int(each["rows"]),
                tuple(each["columns"]),
            )
            for each in said["parts"]
        )
        migrations = tuple(map(str, said["migrations"]))
        return Contents(str(said["made_at"]), str(said["version"]), migrations, parts)
    except (KeyError, TypeError, ValueError):
        raise BackupError(
            f"{path} 的目录看不懂，可能被改动过。请用另一份备份。",
            f"The list of contents of {path} cannot be understood; it may have been altered."
            " Use another backup.",
        ) from None
