"""The background works on files while a version is built, and either may be killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from chuangtu.apps.snapshots import folders

START = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.apps.registers import AT, add
from chuangtu.apps.snapshots.actions import publish
add("alliance", name="天文联盟")
print(publish(at=AT).name)
for n in range(3):
    add("alliance", name=f"第{n}联盟")
"""
WORK = """
import sys
import django
django.setup()
from django.core.management import call_command
from chuangtu.site import recurring
recurring.PUBLISH = (sys.executable, "-c", sys.argv[1])
recurring.duplicates.is_due = lambda: False
call_command("worker")
"""
BUILD_LONG = """
import time
import django
django.setup()
from django.core.management import call_command
from chuangtu.apps.snapshots import actions
def build(folder, chunks):
    next(iter(chunks))
    (folder / "half").touch()
    time.sleep(600)
actions.build_base = build
call_command("publish", if_needed=True)
"""
ASK = """
import time
import django
django.setup()
from tests.apps.registers import AT
from chuangtu.apps.imports import actions, queries
from chuangtu.terms.viewer import OFFICER
who = {"viewer": OFFICER, "by": "officer"}
batch = actions.upload(chunks=["名称\\n小小联盟\\n".encode()], file_name="a.csv",
    kind="alliance", source="x", source_date=AT.date(), at=AT, **who)
for wish, state in (("preview", "previewed"), ("apply", "applied")):
    actions.ask(batch=batch, wish=wish, **who)
    # A preview is there a moment before it is no longer worked on.
    while (held := queries.get_batch(batch, viewer=OFFICER)).state != state or held.wish:
        time.sleep(0.05)
print("applied")
"""
LOOK = """
import django
django.setup()
from django.core.management import call_command
from chuangtu.apps.snapshots import queries
from chuangtu.terms.selection import Selection
call_command("worker", "--once")
print(queries.current().stamp, queries.count(Selection()).total)
"""


@pytest.mark.timeout(280)
@pytest.mark.parametrize("victim", ["worker", "builder"])
def test_a_file_is_imported_while_a_version_is_built(tmp_path, database_of_its_own, victim):
    environment = {
        **os.environ,
        "CHUANGTU_DATA": str(tmp_path),
        "CHUANGTU_OVERLAY_LIMIT": "1",
        "DATABASE_URL": database_of_its_own,
        "DJANGO_SETTINGS_MODULE": "chuangtu.site.settings",
    }

    def begin(*command):
        return subprocess.Popen(
            [sys.executable, "-c", *command],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[3],
        )

    def run(*command):
        return begin(*command).communicate(timeout=100)[0].split()

    (first,) = run(START)
    root = tmp_path / "snapshots"
    worker = begin(WORK, BUILD_LONG)
    wait_until(lambda: list(root.glob(f"{folders.UNFINISHED}*/half")))
    (builder,) = psutil.Process(worker.pid).children()

    assert run(ASK) == ["applied"]

    assert builder.is_running()
    assert list(root.glob(f"{folders.UNFINISHED}*/half")), "it is still being built"
    os.kill(worker.pid if victim == "worker" else builder.pid, signal.SIGKILL)
    wait_until(lambda: has_ended(builder))
    assert folders.find_current(root) == first
    if victim == "builder":
        assert worker.poll() is None, "the worker outlives its builder"
    worker.kill()
    worker.communicate()
    stamp, count = run(LOOK)
    assert (stamp.split("+")[0] != first, count) == (True, "5")


def has_ended(process):
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_until(is_so, within_s=60):
    limit = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.05)
