"""Putting a backup in place of nothing: a fresh installation, and only that."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from chuangtu.site.backup.archive import FILES, TABLES, BackupError, Contents, Part, Reader
from chuangtu.site.backup.keeping import applied
from chuangtu.site.backup.tables import (
    clear_made_by_migrate,
    columns,
    fill,
    find_filled,
    kept_tables,
    set_sequences,
)
from chuangtu.site.errors import is_storage_fault

Progress = Callable[[str, int], None]
KEPT_FOLDERS = (("imports",), ("media",))
"""Where files of the data folder are kept that cannot be made again; nothing else is written."""


BEGUN = ".restoring-"
"""Begins the name of a file that is still being written here."""


def restore(path: Path, *, progress: Progress) -> Contents:
    """Put everything of a backup into this installation, whose tables are made and empty.

    All of it or nothing: rows are written in one transaction, files before it ends under the
    names they had; when it fails they go again. One that was killed is simply run again.

    Raises:
        BackupError: the backup is damaged or of another version, or something is here already.
    """
    reader = Reader(path)
    _refuse_unless_fits(reader.contents)
    reader.check()
    _sweep(Path(settings.DATA))
    try:
        with _all_or_none() as put, transaction.atomic():
            clear_made_by_migrate()
            for table in kept_tables():
                part = _part_of(reader.contents, f"{TABLES}{table._meta.label_lower}")
                progress(table._meta.label_lower, fill(table, reader.lines(part)))
            set_sequences()
            connection.check_constraints()
            for part in reader.contents.files:
                put.append(_put(reader, part, Path(settings.DATA).resolve()))
                progress(part.name.removeprefix(FILES), part.bytes)
    except (DatabaseError, ValidationError, ValueError) as failure:
        line = str(failure).splitlines()[0]
        if is_storage_fault(failure):
            raise BackupError(
                f"数据库写不下（{line}），什么也没有写入。请腾出空间，再恢复一次。",
                f"The database has no room ({line}) and nothing was written. Free some space,"
                " then restore again.",
            ) from None
        raise BackupError(
            f"备份 {path} 里的数据放不进数据库，什么也没有写入：{line}。请用另一份备份。",
            f"The rows of the backup {path} do not fit the database and nothing was written:"
            f" {line}. Use another backup.",
        ) from None
    return reader.contents


def _refuse_unless_fits(contents: Contents) -> None:
    filled = find_filled()
    if filled is not None:
        raise BackupError(
            f"这里已经有数据（{filled._meta.label_lower}）。恢复不会覆盖任何数据："
            "请用 CHUANGTU_DATA 和 DATABASE_URL 指向新的空目录和空数据库。",
            f"There is data here already ({filled._meta.label_lower}), and nothing is ever"
            " overwritten: let CHUANGTU_DATA and DATABASE_URL name a new folder and database.",
        )
    here = applied()
    if here != contents.migrations:
        odd = sorted(set(here) ^ set(contents.migrations))
        raise BackupError(
            f"备份由版本 {contents.version[:30]} 写出，数据表与这里不同（{odd[0][:80]}"
            f" 等 {len(odd)} 处）。请用那个版本恢复，再按说明升级。",
            f"The backup was written by version {contents.version[:30]}, whose tables are not"
            f" those of this one ({odd[0][:80]}, {len(odd)} differences). Restore it with that"
            " version, then upgrade.",
        )
    for table in kept_tables():
        part = _part_of(contents, f"{TABLES}{table._meta.label_lower}")
        if part.columns != tuple(each.attname for each in columns(table)):
            raise _lacking(part.name)


def _part_of(contents: Contents, name: str) -> Part:
    for each in contents.parts:
        if each.name == name:
            return each
    raise _lacking(name)


def _lacking(name: str) -> BackupError:
    return BackupError(
        f"备份里缺少“{name}”或它的某一列，可能被改动过。请用另一份备份。",
        f"The backup lacks '{name}' or a column of it; it may have been altered. Use another.",
    )


def _sweep(root: Path) -> None:
    """Remove what a restore that was killed had begun to write."""
    for folder in KEPT_FOLDERS:
        for left in root.joinpath(*folder).rglob(f"{BEGUN}*"):
            left.unlink(missing_ok=True)


@contextmanager
def _all_or_none() -> Iterator[list[Path | None]]:
    """Take the files that were put here away again if what follows fails: they fill the disk."""
    put: list[Path | None] = []
    try:
        yield put
    except BaseException:
        # Asked to end just after the commit: then the files belong to the rows.
        with suppress(DatabaseError):
            if find_filled() is None:
                for each in filter(None, put):
                    each.unlink(missing_ok=True)
        raise


def _put(reader: Reader, part: Part, root: Path) -> Path | None:
    """Write a kept file under its name, whole or not at all; return it if it was not there."""
    name = PurePosixPath(part.name.removeprefix(FILES))
    target = root / name
    is_outside = ".." in name.parts or not target.resolve().is_relative_to(root)
    if name.parts[:1] not in KEPT_FOLDERS or is_outside:
        raise BackupError(
            f"备份里的文件名“{part.name[:120]}”指向目录之外，没有写入。请用另一份备份。",
            f"The name '{part.name[:120]}' in the backup points outside the folder; nothing was"
            " written. Use another backup.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    is_there = target.exists()
    waiting = target.with_name(f"{BEGUN}{secrets.token_hex(8)}")
    try:
        with waiting.open("wb") as file:
            file.writelines(reader.pieces(part))
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(target)
    except OSError as failure:
        raise BackupError(
            f"写不了 {target}（{failure.strerror}）。请检查磁盘空间和目录权限后重试。",
            f"{target} cannot be written ({failure.strerror}). Check the disk's space and the"
            " folder's permissions, then run it again.",
        ) from None
    finally:
        waiting.unlink(missing_ok=True)
    return None if is_there else target
