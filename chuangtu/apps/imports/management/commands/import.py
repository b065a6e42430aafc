"""Import a file into the register from the console: read, preview, write, in one go."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chuangtu.apps.imports import actions, queries
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import ADMINISTRATOR

SHOWN = 20
_OUTCOMES = {
    "new": "新增 new",
    "changed": "更改 changed",
    "same": "相同 same",
    "doubtful": "存疑 doubtful",
    "wrong": "有误 wrong",
}


class Command(BaseCommand):
    help = (
        "把文件（xlsx、csv、GeoJSON、GPKG、SHP 的 zip）导入名录；同一文件再导入，不改变内容。"
        " Import a file into the register; importing it twice changes nothing the second time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file")
        parser.add_argument("--kind", required=True, help="kind of record, e.g. organization")
        parser.add_argument("--source", required=True, help="title or publisher of the data")
        parser.add_argument("--date", required=True, help="day the data speak of, YYYY-MM-DD")
        parser.add_argument("--url", default="", help="address of the source")
        parser.add_argument(
            "--crs", default="", metavar="SYSTEM",
            help="EPSG:4326, EPSG:4490, GCJ-02 or BD-09, for what does not name its own: columns"
            " of longitude and latitude, or shapes",
        )  # fmt: skip
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADER=FIELD",
            help="what a column means; FIELD empty leaves it out; may be given again",
        )  # fmt: skip
        parser.add_argument(
            "--create-parties", action="store_true", help="register unknown parties by name"
        )
        parser.add_argument(
            "--skip-bad", action="store_true", help="leave wrong and doubtful rows out"
        )
        parser.add_argument("--preview", action="store_true", help="only say what would happen")
        parser.add_argument("--marked", type=Path, help="write the file with its errors marked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except ChuangtuError as error:
            raise CommandError(f"{error.zh}\n{error.en}") from error

    def _import(self, options: dict[str, Any]) -> None:
        who: dict[str, Any] = {"viewer": ADMINISTRATOR, "by": getpass.getuser()}
        batch = actions.upload(
            chunks=_chunks(options["file"]),
            file_name=options["file"].name,
            kind=options["kind"],
            source=options["source"],
            source_date=_day(options["date"]),
            source_url=options["url"],
            crs=options["crs"],
            at=timezone.now(),
            **who,
        )
        shown = queries.get_batch(batch, viewer=ADMINISTRATOR)
        if shown.state == "refused":
            raise CommandError(f"{shown.refusal_zh}\n{shown.refusal_en}")
        actions.choose(
            batch=batch,
            mapping=dict(map(_pair, options["map"])) or None,
            creates_parties=options["create_parties"],
            skips_bad_rows=options["skip_bad"],
            at=timezone.now(),
            **who,
        )
        self._say_mapping(batch)
        counts = actions.preview(batch=batch, at=timezone.now(), **who)
        self._say("预览 preview", counts)
        for each in queries.get_batch(batch, viewer=ADMINISTRATOR).reading["told"]:
            self.stdout.write(f"{each['zh']} {each['en']}")
        self._say_problems(batch, options["marked"])
        if not options["preview"]:
            counts = actions.apply(batch=batch, at=timezone.now(), **who)
            self._say(f"已导入 imported ({batch})", counts)

    def _say_mapping(self, batch: int) -> None:
        shown = queries.get_batch(batch, viewer=ADMINISTRATOR)
        for each in shown.reading["notices"]:
            self.stdout.write(f"{each['zh']} {each['en']}")
        for header, field in shown.mapping.items():
            self.stdout.write(f"  {header} → {field or '（不导入 left out）'}")

    def _say(self, what: str, counts: Any) -> None:
        told = " · ".join(f"{_OUTCOMES[name]} {count}" for name, count in counts.items())
        self.stdout.write(f"{what}: {told}")

    def _say_problems(self, batch: int, marked: Path | None) -> None:
        page = queries.list_preview(
            batch, viewer=ADMINISTRATOR, outcomes=("wrong", "doubtful"), limit=SHOWN
        )
        for line in page.lines:
            for found in line["findings"]:
                value = f"（{found['value']}）" if found["value"] else ""
                self.stdout.write(f"  {found['place']['zh']}{value}：{found['zh']} {found['en']}")
        if page.total > SHOWN:
            self.stdout.write(f"  …… 另有 and {page.total - SHOWN} more")
        if marked is not None:
            _, pieces = queries.marked_file(batch, viewer=ADMINISTRATOR)
            with marked.open("wb") as file:
                file.writelines(pieces)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(1024 * 1024):
                yield chunk
    except OSError as error:
        raise CommandError(
            f"打不开文件 {path}：{error.strerror}。请检查路径。"
            f" Cannot open {path}. Check the path."
        ) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"“{text}”不是日期，请写成 2015-12-31。 '{text}' is not a day, write 2015-12-31."
        ) from None


def _pair(text: str) -> tuple[str, str | None]:
    header, _, field = text.rpartition("=")
    if not header:
        raise CommandError(f"“{text}”应写成 列名=字段。 Write '{text}' as HEADER=FIELD.")
    return header, field or None
