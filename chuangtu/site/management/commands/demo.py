"""Set up the demonstration district, once, and serve it."""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from chuangtu.apps.accounts import actions as accounts
from chuangtu.apps.places import actions as places
from chuangtu.apps.snapshots import actions as snapshots
from chuangtu.site import demonstration, environment
from chuangtu.site.listening import refuse_unless_free

DISTRICT = "310112"
BY = "chuangtu demo"


class Command(BaseCommand):
    help = "建立示范区（上海市闵行区）并启动平台。 Set up the demonstration district and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--port", type=environment.port, default=os.environ.get("PORT", "8000")
        )
        parser.add_argument("--no-serve", action="store_true", help="set up only")

    def handle(self, *args: Any, **options: Any) -> None:
        # Settings were read before this verb was known; the web processes read the environment.
        os.environ["CHUANGTU_DEMO"] = "1"
        if not options["no_serve"]:
            refuse_unless_free(options["host"], options["port"])
        started = time.perf_counter()
        call_command("migrate", verbosity=0)
        at = timezone.now()
        accounts.ensure_demo_people(by=BY, at=at)
        places.init_district(code=DISTRICT, by=BY, at=at)
        demonstration.load(DISTRICT, by=BY, at=at, progress=self._progress)
        snapshots.publish_if_needed(at=timezone.now())
        self._say(f"准备完成 / ready in {time.perf_counter() - started:.1f} s; {settings.DATA}")
        self._introduce(options)
        if not options["no_serve"]:
            # As it would be typed: a wrong PORT is not read again where --port was given.
            call_command("serve", f"--host={options['host']}", f"--port={options['port']}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        sys.stdout.flush()

    def _progress(self, what: str, done: int, total: int) -> None:
        if done == total:
            self._say(f"  {what}: {done}")

    def _introduce(self, options: dict[str, Any]) -> None:
        self._say(
            f"\n创图示范区  http://{options['host']}:{options['port']}/\n"
            f"  工作人员 officer        demo-officer  {accounts.DEMO_PASSWORD}\n"
            f"  管理员   administrator  demo-admin    {accounts.DEMO_PASSWORD}\n"
            "  （登录页可一键登录；one click on the sign-in page）\n"
        )
