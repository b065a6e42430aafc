"""Serving ends when it is told to, whatever its processes do."""

import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest
from django.core.management.base import CommandError

from chuangtu.site.management.commands import serve

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
QUIET = "import time; time.sleep(60)"
SETTINGS = {**os.environ, "DJANGO_SETTINGS_MODULE": "chuangtu.site.settings"}


@pytest.fixture(autouse=True)
def own_signals(monkeypatch):
    monkeypatch.setattr(serve, "STOP_WITHIN_S", 0.5)
    monkeypatch.setattr(serve, "AHEAD_S", 0)
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def told_to_stop_after(seconds):
    threading.Timer(seconds, os.kill, [os.getpid(), signal.SIGTERM]).start()


@pytest.mark.parametrize("web", [QUIET, STUBBORN])
def test_a_stop_ends_web_server_and_background(web):
    told_to_stop_after(1.0)
    begun = time.monotonic()

    serve._supervise([sys.executable, "-c", web], [sys.executable, "-c", QUIET])

    assert time.monotonic() - begun < 30
    assert not psutil.Process().children()


def test_a_web_server_that_cannot_run_ends_with_a_sentence(monkeypatch):
    monkeypatch.setattr(serve, "LATEST_S", 0.1)
    fails = [sys.executable, "-c", "raise SystemExit(3)"]

    with pytest.raises(CommandError, match=r"停了 5 次（exit 3）.*fell 5 times"):
        serve._supervise(fails, [sys.executable, "-c", QUIET])

    assert not psutil.Process().children()


def test_a_fallen_web_server_is_raised_again_and_leaves_nothing_behind(tmp_path):
    """The first is killed like granian by the system; what it started must not go on answering."""
    starts = (
        "import os, pathlib, signal, subprocess, sys, time;"
        f" log = pathlib.Path({str(tmp_path / 'log')!r});"
        " is_first = not log.exists();"
        " child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        " print(child.pid, file=log.open('a'));"
        " is_first and os.kill(os.getpid(), signal.SIGKILL);"
        " time.sleep(60)"
    )
    log = tmp_path / "log"
    seen = []

    def stop_when_raised_again():
        try:
            wait_until(lambda: log.exists() and len(log.read_text().splitlines()) == 2)
            seen.extend(map(is_alive, map(int, log.read_text().split())))
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop_when_raised_again).start()

    serve._supervise([sys.executable, "-c", starts], [sys.executable, "-c", QUIET])

    assert seen == [False, True]
    wait_until(lambda: not any(map(is_alive, map(int, log.read_text().split()))))


def test_a_fallen_background_is_raised_again(tmp_path):
    fallen = f"open({str(tmp_path / 'log')!r}, 'a').write('x')"
    told_to_stop_after(3.5)

    serve._supervise([sys.executable, "-c", QUIET], [sys.executable, "-c", fallen])

    assert len((tmp_path / "log").read_text()) > 1


def test_a_supervisor_killed_by_force_takes_its_processes_along(tmp_path):
    child = (
        f"import os, time; open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w'); time.sleep(60)"
    )
    program = (
        "import sys; from chuangtu.site.management.commands import serve; serve.AHEAD_S = 0;"
        f" command = [sys.executable, '-c', {child!r}]; serve._supervise(command, command)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", program], env=SETTINGS)
    wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    children = [int(each.name) for each in tmp_path.iterdir()]

    supervisor.kill()
    supervisor.wait()

    wait_until(lambda: not any(map(psutil.pid_exists, children)))


def is_alive(number):
    """A process that nobody asked for its status yet is none any more."""
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(is_so, within_s=20):
    due = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < due
        time.sleep(0.05)
