"""`chuangtu init CODE`: set up any district of China by its six-digit code."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from chuangtu.apps.places.actions import init_district
from chuangtu.terms.errors import ChuangtuError


class Command(BaseCommand):
    help = (
        "设立一个区县：界线、相邻区县、街镇、中心。Set up a district by its code:"
        " boundary, neighbours, towns, centre. Works offline; running it again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="六位区划代码 / six-digit code, e.g. 310112 (闵行区)")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        try:
            done = init_district(code=options["code"], by="chuangtu init", at=timezone.now())
        except ChuangtuError as refused:
            raise CommandError(f"{refused.zh}\n{refused.en}") from None
        self.stdout.write(
            f"{done.name}（{done.code}）：{done.towns} 个街镇，"
            f"相邻 {len(done.neighbours)} 个区县{_names(done.neighbours)}。"
        )
        if not done.has_boundary:
            self.stdout.write(
                "没有这个区划的界线数据，地图暂以所属城市的中心为中心；可用 GeoJSON 导入界线。\n"
                "There is no boundary for it; the map is centred on its city."
                " Import one from GeoJSON."
            )
        self.stdout.write("已设立。Done." if done.changed else "无变化。Nothing changed.")


def _names(names: tuple[str, ...]) -> str:
    return f"（{'、'.join(names)}）" if names else ""
