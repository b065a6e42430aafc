"""Put a backup into a fresh installation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from chuangtu.apps.snapshots import actions as snapshots
from chuangtu.site import diagnosis
from chuangtu.site.backup.archive import Reader
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
        call_command("migrate", verbosity=0)
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
