"""Put a backup into a fresh installation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from chuangtu.apps.snapshots import actions as snapshots
from chuangtu.site import diagnosis
from chuangtu.site.backup.archive import BackupError, Reader
from chuangtu.site.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "把备份恢复到一个新的、空的安装（SQLite 或 PostgreSQL 均可），并检查日志链。"
        " Put a backup into a new, empty installation, on either database, and verify its journal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a backup that `chuangtu backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        # Looked at first: a wrong file leaves no trace here.
        Reader(options["file"])
        _make_tables()
        # Flushed, for whoever looks on: from here on it is all or nothing.
        self.stdout.write("数据表已建好，正在写入…… The tables are made; writing.", ending="\n")
        self.stdout.flush()
        contents = restore(options["file"], progress=self._progress)
        self.stdout.write(
            f"✓ {contents.made_at[:19]}：{contents.rows:,} 行，{len(contents.files):,} 个文件。"
            f" {contents.rows:,} rows and {len(contents.files):,} files."
        )
        snapshots.publish_if_needed(at=timezone.now())
        finding = diagnosis.journal_chain()
        self.stdout.write(f"{'✓' if finding.is_well else '✗'} {finding.subject}: {finding.found}")
        if not finding.is_well:
            self.stdout.write(f"    → {finding.remedy}")
            sys.exit(1)

    def _progress(self, name: str, size: int) -> None:
        if self.stdout.isatty() and size:
            self.stdout.write(f"  {name} {size:,}")


def _make_tables() -> None:
    """Make the tables of a new database.

    Raises:
        BackupError: some are there, but not as a whole: their making was broken off.
    """
    try:
        call_command("migrate", verbosity=0)
    except DatabaseError as failure:
        line = str(failure).splitlines()[0]
        raise BackupError(
            f"数据表没有建成：{line}。如果上一次在建表时中断，请删除这个还没有数据的新数据库"
            "（SQLite 是 CHUANGTU_DATA 里的 chuangtu.sqlite3），再运行一次。",
            f"The tables could not be made: {line}. If an earlier run was broken off while it made"
            " them, remove this new database, which holds no data yet (with SQLite:"
            " chuangtu.sqlite3 in CHUANGTU_DATA), and run it again.",
        ) from None
