"""Say what is wrong with this installation and how to mend it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from chuangtu.site import diagnosis


class Command(BaseCommand):
    help = "检查安装并说明如何修复。 Say what is wrong with this installation and how to mend it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--journal", action="store_true", help="also verify the journal's chain of hashes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        findings = diagnosis.examine(with_journal=options["journal"])
        for each in findings:
            self.stdout.write(f"{'✓' if each.is_well else '✗'} {each.subject}: {each.found}")
            if each.remedy:
                self.stdout.write(f"    → {each.remedy}")
        faults = sum(not each.is_well for each in findings)
        if faults:
            self.stdout.write(f"\n{faults} 处需要处理 / {faults} to mend")
            sys.exit(1)
        self.stdout.write("\n一切正常 / all is well")
