"""Serve the platform: web workers and one background worker, until stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections import deque
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chuangtu.site import environment
from chuangtu.site.lineage import end_with_parent
from chuangtu.site.listening import held

STOP_WITHIN_S = 10
AHEAD_S = 3
"""People come first: the web processes start alone, in half the time on two cores."""
FALLS_TO_GIVE_UP = 5
"""A web server that falls so often within a minute is not mended by being raised again."""
LATEST_S = 8
"""The longest wait before a process is raised again."""


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
        with held(options["host"], options["port"]):
            address = f"http://{options['host']}:{options['port']}/"
            self.stdout.write(f"{address}  (Ctrl-C 停止 / to stop)")
            sys.stdout.flush()
            _supervise(_web(options), [sys.executable, "-m", "chuangtu.site.console", "worker"])


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


def _supervise(web: list[str], worker: list[str]) -> None:
    """Run both until told to stop; either is raised again when it falls.

    Raises:
        CommandError: the web server fell too often to be raised once more.
    """
    server, background = _Kept(web), _Kept(worker, after_s=AHEAD_S)
    stopping = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda _signal, _frame: stopping.set())
    while not stopping.is_set() and server.falls < FALLS_TO_GIVE_UP:
        server.keep()
        background.keep()
        stopping.wait(0.2)
    server.end()
    background.end()
    if not stopping.is_set():
        raise CommandError(
            f"网页服务一分钟内停了 {server.falls} 次（{server.ending}），不再重启。"
            "请看上面的报错，运行“chuangtu doctor”查看原因，改正后再启动。"
            f" The web server fell {server.falls} times within a minute ({server.ending}) and is"
            " not raised again: read the messages above, run 'chuangtu doctor', then serve again."
        )


class _Kept:
    """A process that is raised again when it falls, ever later the more often it did.

    It has a session of its own: granian hangs now and then when it hears twice that it shall
    stop, once from us and once with the whole group.
    """

    def __init__(self, command: list[str], after_s: float = 0) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._due = time.monotonic() + after_s
        self._fell: deque[float] = deque()
        self.ending = ""

    @property
    def falls(self) -> int:
        """How often it fell within the last minute."""
        while self._fell and self._fell[0] < time.monotonic() - 60:
            self._fell.popleft()
        return len(self._fell)

    def keep(self) -> None:
        """See that it runs, or soon will."""
        if self._process is not None and self._process.poll() is not None:
            self._note_fall(self._process)
            self._process = None
        if self._process is None and time.monotonic() >= self._due:
            self._process = subprocess.Popen(
                self._command,
                env={**os.environ, "CHUANGTU_DATA": str(settings.DATA)},
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    def end(self) -> None:
        """Let it end its work; after a while end it by force."""
        if self._process is not None:
            _end(self._process)

    def _note_fall(self, process: subprocess.Popen[bytes]) -> None:
        status = process.returncode
        self.ending = f"signal {-status}" if status < 0 else f"exit {status}"
        _clear(process)
        self._fell.append(time.monotonic())
        self._due = time.monotonic() + min(0.5 * 2 ** (self.falls - 1), LATEST_S)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a process end its work; after a while end it and what it started by force."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_WITHIN_S)
    _clear(process)
    process.wait()


def _clear(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a process and of what it started: it would keep the port and answer."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
