"""Build a new snapshot of the register for all readers."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chuangtu.apps.snapshots import actions


class Command(BaseCommand):
    help = "为全部读者生成新的发布版本。 Build a new snapshot of the register for all readers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only if readers carry many changes or the program was upgraded",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        publish = actions.publish_if_needed if options["if_needed"] else actions.publish
        version = publish(at=timezone.now())
        if version is None:
            self.stdout.write("无需发布：现有版本可用。 Nothing to publish.")
            return
        seconds = time.perf_counter() - started
        self.stdout.write(
            f"已发布 {version.name}：{version.count} 条记录，用时 {seconds:.1f} 秒。"
            f" Published {version.count} records in {seconds:.1f} s."
        )
