"""Do what people asked for in the background: one process beside the web server, until stopped."""

from __future__ import annotations

import logging
import signal
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from chuangtu.apps.imports import actions as imports
from chuangtu.apps.imports import queries as imported
from chuangtu.apps.snapshots import actions as snapshots
from chuangtu.site.recurring import Recurring, publishing, searching

logger = logging.getLogger(__name__)
PAUSE_S = 0.5


class Command(BaseCommand):
    help = "在后台处理导入等任务（serve 会自动启动它）。 Do background work; serve starts it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")

    def handle(self, *args: Any, **options: Any) -> None:
        stopping: list[bool] = []
        signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
        if options["once"]:
            while work_once() and not stopping:
                close_old_connections()
            publish_if_needed()
            return
        beside = (publishing(), searching())
        try:
            while not stopping:
                close_old_connections()
                if not work_once(beside):
                    _look(beside)
                    time.sleep(PAUSE_S)
        finally:
            for each in beside:
                each.end()


def work_once(beside: Sequence[Recurring] = ()) -> bool:
    """Do what waits; say whether there was anything that could be done."""
    was_busy = False
    for batch in imported.list_waiting():
        was_busy = _import(batch) or was_busy
        _look(beside)
    return was_busy


def _look(beside: Sequence[Recurring]) -> None:
    for each in beside:
        each.look()


def _import(batch: int) -> bool:
    try:
        return imports.work_on(batch=batch, at=timezone.now)
    except Exception:
        # The worker outlives whatever one file does to it; the file is tried again, then refused.
        logger.exception("the work on import %s failed", batch)
        return False


def publish_if_needed() -> None:
    """Build a new version when readers carry many changes."""
    try:
        snapshots.publish_if_needed(at=timezone.now())
    except Exception:
        logger.exception("publishing failed; readers keep the version they have")
