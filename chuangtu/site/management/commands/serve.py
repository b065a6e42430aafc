"""Serve the platform: web workers and one background worker, until stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chuangtu.site import environment
from chuangtu.site.lineage import end_with_parent

STOP_WITHIN_S = 10
AHEAD_S = 3
"""People come first: the web processes start alone, in half the time on two cores."""


class Command(BaseCommand):
    help = "启动平台（网页服务和后台任务）。 Serve the platform that CHUANGTU_DATA holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--port",
            type=environment.port,
            default=os.environ.get("PORT", "8000"),
            help="port (default: PORT or 8000)",
        )
        parser.add_argument(
            "--workers", type=int, default=max(2, os.cpu_count() or 2), help="web processes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if _is_behind():
            raise CommandError(
                "数据库还没有准备好：请先运行“chuangtu migrate”"
                "（新装请运行“chuangtu init 区划代码”）。"
                " The database is not up to date: run 'chuangtu migrate' first"
                " (on a new installation 'chuangtu init CODE')."
            )
        connection.close()
        self.stdout.write(f"http://{options['host']}:{options['port']}/  (Ctrl-C 停止 / to stop)")
        sys.stdout.flush()
        sys.exit(
            _supervise(_web(options), [sys.executable, "-m", "chuangtu.site.console", "worker"])
        )


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _web(options: dict[str, Any]) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={options['host']}",
        f"--port={options['port']}",
        f"--workers={options['workers']}",
        # Four threads a process: the work is mostly NumPy outside the interpreter's lock.
        "--blocking-threads=4",
        "--backlog=1024",
        "--no-ws",
        "--respawn-failed-workers",
        "--log-level=warning",
        "chuangtu.site.wsgi:application",
    ]


def _supervise(web: list[str], worker: list[str]) -> int:
    """Run both until told to stop or the web server ends; a fallen worker is raised again."""
    environment = {**os.environ, "CHUANGTU_DATA": str(settings.DATA)}
    # In sessions of their own: granian hangs now and then when it hears twice that it shall stop,
    # once from us and once with the whole group.
    server = _start(web, environment)
    background: subprocess.Popen[bytes] | None = None
    stopping = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda _signal, _frame: stopping.set())
    due = time.monotonic() + AHEAD_S
    while server.poll() is None and not stopping.is_set():
        is_there = background is not None and background.poll() is None
        if not is_there and time.monotonic() > due:
            background = _start(worker, environment)
            due = time.monotonic() + 1
        stopping.wait(0.2)
    _end(server)
    if background is not None:
        _end(background)
    return 0 if stopping.is_set() else max(server.returncode or 0, 0)


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, env=environment, start_new_session=True, preexec_fn=end_with_parent
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a process end its work; after a while end it and what it started by force."""
    process.terminate()
    try:
        process.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
