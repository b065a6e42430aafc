"""`chuangtu init CODE`: set up any district of China by its code, and take shapes into it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from chuangtu.apps.places.actions import SetUp, init_district, save_areas_from_file
from chuangtu.terms.coordinates import Crs, read_crs
from chuangtu.terms.errors import ChuangtuError

_BY = "chuangtu init"
_KINDS = ("town", "zone", "park", "cluster", "boundary")


class Command(BaseCommand):
    help = (
        "设立一个区县：界线、相邻区县、街镇、中心。Set up a district by its code:"
        " boundary, neighbours, towns, centre. Works offline; running it again changes nothing."
        " With --areas, also take the shapes of towns, zones or the boundary from a file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="六位区划代码 / six-digit code, e.g. 310112 (闵行区)")
        parser.add_argument(
            "--areas",
            type=Path,
            metavar="FILE",
            help="图形文件：GeoJSON、GPKG 或 SHP 压缩包，属性有 code 或 name / file of shapes",
        )
        parser.add_argument("--kind", choices=_KINDS, default="town", help="图形是什么 / of what")
        parser.add_argument(
            "--crs", help="坐标系，文件自己写明的可省略 / WGS84 CGCS2000 GCJ02 BD09"
        )
        parser.add_argument("--source", help="图形的来源 / where the shapes come from")
        parser.add_argument("--source-date", help="来源日期，如 2026-01-31 / day of the source")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        try:
            done = init_district(code=options["code"], by=_BY, at=timezone.now())
            self._say(done)
            if options["areas"]:
                self._take(done.code, options)
        except ChuangtuError as refused:
            raise CommandError(f"{refused.zh}\n{refused.en}") from None

    def _say(self, done: SetUp) -> None:
        names = f"（{'、'.join(done.neighbours)}）" if done.neighbours else ""
        self.stdout.write(
            f"{done.name}（{done.code}）：{done.towns} 个街镇，"
            f"相邻 {len(done.neighbours)} 个区县{names}。"
        )
        if not done.has_boundary:
            self.stdout.write(
                "没有这个区划的界线数据，地图暂以所属城市的中心为中心；可用 --areas 导入界线。\n"
                "There is no boundary for it; the map is centred on its city."
                " Take one in with --areas."
            )
        self.stdout.write("已设立。Done." if done.changed else "无变化。Nothing changed.")
        if done.changed:
            self.stdout.write(
                "接下来：chuangtu grant 账号 administrator 建立账号，chuangtu serve 启动平台。\n"
                "Next: 'chuangtu grant NAME administrator' makes an account, 'chuangtu serve'"
                " starts the platform."
            )

    def _take(self, code: str, options: dict[str, Any]) -> None:
        path: Path = options["areas"]
        if not path.is_file():
            raise CommandError(f"没有文件 {path}。请检查路径。\nThere is no file {path}.")
        if not options["source"] or not options["source_date"]:
            raise CommandError(
                "请用 --source 和 --source-date 写明图形的来源和日期。\n"
                "Say with --source and --source-date where the shapes come from, and of which day."
            )
        taken = save_areas_from_file(
            path=path,
            crs=_crs(options["crs"]),
            kind=options["kind"],
            region=code,
            source=options["source"],
            source_date=_day(options["source_date"]),
            act=f"areas:{code}:{path.name}:{timezone.now().isoformat()}",
            by=_BY,
            at=timezone.now(),
        )
        self.stdout.write(
            f"图形：新增 {len(taken.new)}，更新 {len(taken.changed)}，未变 {len(taken.same)}。"
            "地图马上可见；按区域统计要等新快照：平台在运行时几秒后自动生成，"
            "否则请运行 chuangtu publish。\n"
            f"Shapes: {len(taken.new)} new, {len(taken.changed)} changed, {len(taken.same)} the"
            " same. The map shows them at once; counts by area wait for a new snapshot, which a"
            " running platform builds within seconds; else run chuangtu publish."
        )


def _crs(text: str | None) -> Crs | None:
    return read_crs(text) if text else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"--source-date 的“{text}”不是日期。请写成 2026-01-31。\n"
            f"'{text}' is not a day. Write it as 2026-01-31."
        ) from None
