"""A publisher killed without warning loses nothing, and the next one works."""

import os
import signal
import subprocess
import sys
import time

import pytest

from chuangtu.apps.snapshots import folders

FILL = """
import os
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.apps.registers import AT, add
from chuangtu.apps.snapshots.actions import publish
for n in range(40):
    add("alliance", name=f"第{n}联盟")
print(publish(at=AT).name)
"""
COUNT = """
import django
django.setup()
from chuangtu.apps.snapshots import queries
from chuangtu.terms.selection import Selection
print(queries.current().stamp, queries.count(Selection()).total)
"""


@pytest.mark.timeout(280)
def test_a_killed_publisher_leaves_what_readers_have(tmp_path):
    environment = {
        **os.environ,
        "CHUANGTU_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'test.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "chuangtu.site.settings",
    }

    def run(*command):
        done = subprocess.run(
            [sys.executable, *command], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.split()

    (first,) = run("-c", FILL)
    root = tmp_path / "snapshots"
    publisher = subprocess.Popen(
        [sys.executable, "-m", "chuangtu.site.console", "publish"],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    while publisher.poll() is None and not list(root.glob(f"{folders.UNFINISHED}*")):
        time.sleep(0.001)
    os.kill(publisher.pid, signal.SIGKILL)
    publisher.wait()

    assert list(root.glob(f"{folders.UNFINISHED}*")), "it was killed in the middle"
    assert folders.find_current(root) == first
    stamp, count = run("-c", COUNT)
    assert (stamp.split("+")[0], count) == (first, "40")
    run("-m", "chuangtu.site.console", "publish")
    stamp, count = run("-c", COUNT)
    assert stamp.split("+")[0] == folders.find_current(root) != first
    assert count == "40"
    assert not list(root.glob(f"{folders.UNFINISHED}*"))
