"""Serving ends when it is told to, whatever its processes do."""

import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

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

    status = serve._supervise([sys.executable, "-c", web], [sys.executable, "-c", QUIET])

    assert status == 0
    assert time.monotonic() - begun < 30
    assert not psutil.Process().children()


def test_the_end_of_the_web_server_is_the_end_of_all():
    fails = [sys.executable, "-c", "raise SystemExit(3)"]

    assert serve._supervise(fails, [sys.executable, "-c", QUIET]) == 3
    assert not psutil.Process().children()


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


def wait_until(is_so, within_s=20):
    due = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < due
        time.sleep(0.05)
