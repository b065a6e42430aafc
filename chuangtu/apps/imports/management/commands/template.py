"""Write the import template of a kind."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chuangtu.apps.imports import queries
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import ADMINISTRATOR


class Command(BaseCommand):
    help = "生成一个类别的导入模板。 Write an import template for a kind of record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="kind of record, e.g. organization")
        parser.add_argument("-o", "--output", type=Path, help="where to write it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            name, content = queries.template_file(options["kind"], viewer=ADMINISTRATOR)
        except ChuangtuError as error:
            raise CommandError(f"{error.zh}\n{error.en}") from error
        path = options["output"] or Path(name)
        path.write_bytes(content)
        self.stdout.write(f"{path}")
