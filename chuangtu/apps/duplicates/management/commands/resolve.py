"""Look for organizations that stand in the register twice."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from chuangtu.apps.duplicates import actions, queries


class Command(BaseCommand):
    help = "查找可能重复登记的单位。 Look for organizations that stand in the register twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only if records changed since the last search",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and not queries.is_needed():
            self.stdout.write("名录没有变化，无需查找。 Nothing changed since the last search.")
            return
        started = time.perf_counter()
        done = actions.search(by="chuangtu resolve", at=timezone.now())
        seconds = time.perf_counter() - started
        self.stdout.write(
            f"比对了 {done.compared} 家单位，{done.found} 对待处理，用时 {seconds:.1f} 秒。"
            f" Compared {done.compared} organizations in {seconds:.1f} s;"
            f" {done.found} pairs wait for a decision."
        )
