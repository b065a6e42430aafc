"""Write a backup of this installation, or check one."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chuangtu.site.backup.archive import Reader
from chuangtu.site.backup.keeping import back_up


class Command(BaseCommand):
    help = (
        "把全部数据和文件备份到一个文件，平台可以照常运行。"
        " Back up all data and files into one file; the platform may go on running."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the backup, e.g. chuangtu-2026-11-24.zip")
        parser.add_argument(
            "--check", action="store_true", help="only compare a backup with its hashes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not options["check"]:
            back_up(path, at=timezone.now(), progress=self._progress)
        # What was written is read again: a backup that cannot be read is none.
        reader = Reader(path)
        reader.check()
        contents = reader.contents
        self.stdout.write(
            f"✓ {path}：{contents.made_at[:19]}，{contents.rows:,} 行，"
            f"{len(contents.files):,} 个文件，哈希相符。"
            f" {contents.rows:,} rows and {len(contents.files):,} files, hashes right."
        )

    def _progress(self, name: str, size: int) -> None:
        if self.stdout.isatty() and size:
            self.stdout.write(f"  {name} {size:,}")
