"""`chuangtu migrate`: makes the tables of a new database whole or not at all.

Django makes the tables of a migration and notes that it did in two steps: a process killed between
them leaves tables that the next run tries to make again. A new database is therefore made aside
and put in place by renaming (SQLite), or made in one transaction (PostgreSQL).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chuangtu.terms.errors import ChuangtuError

_LOCK = 310_112
"""Names the making of tables among the advisory locks of a PostgreSQL database."""


class TablesError(ChuangtuError):
    """The tables of a database could not be made or brought up to date."""


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        try:
            with _all_or_nothing(connection):
                super().handle(*args, **options)
        except DatabaseError as failure:
            raise _unmade(str(failure).splitlines()[0]) from failure
        except BrokenPipeError:
            # Whoever read what it says has gone; the database is well.
            raise
        except OSError as failure:
            raise _unwritten(failure) from failure


@contextmanager
def _all_or_nothing(connection: BaseDatabaseWrapper) -> Iterator[None]:
    file = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and file.is_absolute():
        with _lock_file(file):
            # Whoever only looked left a file without tables.
            if connection.introspection.table_names():
                yield
                return
            with _aside(connection, file):
                yield
    elif connection.vendor == "postgresql":
        with _lock_database(connection):
            if connection.introspection.table_names():
                yield
                return
            with transaction.atomic(using=connection.alias):
                yield
    else:
        yield


@contextmanager
def _lock_file(file: Path) -> Iterator[None]:
    """Of two first starts at once the second one finds the tables of the first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_name(f".{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _lock_database(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


@contextmanager
def _aside(connection: BaseDatabaseWrapper, file: Path) -> Iterator[None]:
    """Let the connection write another file, which takes the place of `file` when all is done."""
    aside = file.with_name(f".{file.name}.new")
    for left in file.parent.glob(f"{aside.name}*"):
        left.unlink()
    connection.close()
    connection.settings_dict["NAME"] = str(aside)
    try:
        yield
    finally:
        # Closing the last connection also brings its log into the file.
        connection.close()
        connection.settings_dict["NAME"] = str(file)
    # It holds everything, hidden records too; its log gets the same rights.
    aside.chmod(0o600)
    with aside.open("rb") as written:
        os.fsync(written.fileno())
    aside.rename(file)


def _unmade(line: str) -> TablesError:
    return TablesError(
        f"数据表没有建成：{line}。如果上一次在建表时中断，请删除这个还没有数据的新数据库"
        "（SQLite 是 CHUANGTU_DATA 里的 chuangtu.sqlite3），再运行一次；"
        "已有数据的数据库请先运行“chuangtu doctor”。",
        f"The tables could not be made: {line}. If an earlier run was broken off while it made"
        " them, remove this new database, which holds no data yet (with SQLite: chuangtu.sqlite3"
        " in CHUANGTU_DATA), and run it again; for one that holds data, run 'chuangtu doctor'.",
    )


def _unwritten(failure: OSError) -> TablesError:
    return TablesError(
        f"数据库文件写不进去：{failure}。请检查文件夹的权限和磁盘空间，再运行一次。",
        f"The database's file cannot be written: {failure}. Check the rights of the folder and"
        " the space on the disk, and run it again.",
    )
