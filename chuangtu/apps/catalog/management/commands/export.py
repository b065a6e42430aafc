"""Export any Selection from the console: the same question as in an address, the same answer."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chuangtu.apps.catalog.queries.exports import FORMATS, export
from chuangtu.apps.snapshots import actions as publishing
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.selection import Selection, read_selection
from chuangtu.terms.viewer import Role, Viewer


class Command(BaseCommand):
    help = (
        "导出任意筛选的记录，条件的写法与网址相同，例如 kind=carrier q=孵化 town=310112101。"
        " Export any selection of records; conditions are written as in an address,"
        " e.g. kind=carrier q=孵化 as_of=2015-12-31."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("conditions", nargs="*", metavar="NAME=VALUE")
        parser.add_argument(
            "-o", "--output", required=True, help="where to write it; - for the terminal"
        )
        parser.add_argument("--format", choices=FORMATS, help="default: as the output's name ends")
        parser.add_argument("--language", choices=("zh", "en"), default="zh")
        parser.add_argument(
            "--as",
            dest="role",
            choices=[each.value for each in Role],
            default=Role.VISITOR.value,
            help="whose view is exported (default: visitor, what everybody may see)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        form = options["format"] or Path(options["output"]).suffix.removeprefix(".")
        if form not in FORMATS:
            raise CommandError(
                f"请用 --format 指明格式：{'、'.join(FORMATS)}。"
                f" Say the format: --format {'|'.join(FORMATS)}."
            )
        # Changes too many to be carried by a reader are published first: the file is never old.
        publishing.publish_if_needed(at=timezone.now())
        try:
            self._export(_selection(options), form, options)
        except ChuangtuError as error:
            raise CommandError(f"{error.zh}\n{error.en}") from error

    def _export(self, selection: Selection, form: str, options: dict[str, Any]) -> None:
        file = export(snapshots.current(), selection, form, language=options["language"])
        if options["output"] == "-":
            for piece in file.pieces:
                sys.stdout.buffer.write(piece)
            return
        path = Path(options["output"])
        # Under another name until it is whole: a broken-off export is not taken for a file.
        waiting = path.with_name(f"{path.name}.part")
        try:
            with waiting.open("wb") as target:
                target.writelines(file.pieces)
            waiting.replace(path)
        finally:
            waiting.unlink(missing_ok=True)
        self.stdout.write(f"{path}：{file.total} 条记录。 {file.total} records.")


def _selection(options: dict[str, Any]) -> Selection:
    pairs = []
    for each in options["conditions"]:
        name, sign, value = each.partition("=")
        if not sign:
            raise CommandError(
                f"“{each}”应写成 名称=值。 Write '{each}' as NAME=VALUE, e.g. kind=carrier."
            )
        pairs.append((name, value))
    viewer = Viewer(Role(options["role"]))
    vocabulary = snapshots.vocabulary(viewer)
    return read_selection(pairs, vocabulary, viewer=viewer, today=timezone.localdate())
