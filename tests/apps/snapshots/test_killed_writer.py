"""A writer killed between laying down what it changed and its commit has changed nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chuangtu.apps.snapshots import segments

WRITE = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import transaction
from chuangtu.apps.journal.actions import announce
from chuangtu.apps.journal.queries import last_sequence
from tests.apps.registers import write
name, is_killed = sys.argv[1:]
with transaction.atomic():
    since = last_sequence()
    write("alliance", [{"name": f"{name}{n}馆"} for n in range(600)], act=name)
    announce(since=since)
    if is_killed == "yes":
        os.kill(os.getpid(), signal.SIGKILL)
"""
LOOK = """
import django
django.setup()
from chuangtu.apps.snapshots import queries
from chuangtu.terms.selection import Selection
view = queries.current()
counts = [view.count(Selection(words=each)).total for each in ("幻", "真")]
print(view.count(Selection()).total, *counts, len(view.reading.laid), len(view.reading.rows))
"""


@pytest.mark.timeout(280)
def test_what_a_killed_writer_laid_down_is_never_read(tmp_path, database_of_its_own):
    environment = {
        **os.environ,
        "CHUANGTU_DATA": str(tmp_path),
        "DATABASE_URL": database_of_its_own,
        "DJANGO_SETTINGS_MODULE": "chuangtu.site.settings",
    }

    def run(program, *arguments):
        return subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).resolve().parents[3],
        )

    def laid():
        return {each.name for each in (tmp_path / "snapshots" / segments.SHELF).iterdir()}

    killed = run(WRITE, "幻", "yes")
    assert killed.returncode == -9, killed.stderr
    (dead,) = laid()
    assert run(LOOK).stdout.split() == ["0", "0", "0", "0", "0"]

    # The next act gets the numbers in the outbox that the killed one had.
    done = run(WRITE, "真", "no")
    assert done.returncode == 0, done.stderr
    (living,) = laid()
    assert living.split("-")[:2] == dead.split("-")[:2]
    assert living != dead
    assert run(LOOK).stdout.split() == ["600", "0", "600", "1", "0"]
