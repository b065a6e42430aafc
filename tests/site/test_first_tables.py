"""The tables of a new database are made whole or not at all, whoever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.site.test_console import run

CONSOLE = (sys.executable, "-m", "chuangtu.site.console")


@pytest.fixture
def here(tmp_path, database_of_its_own):
    return {"CHUANGTU_DATA": str(tmp_path), "DATABASE_URL": database_of_its_own}


@pytest.mark.parametrize("count", [2, 25])
def test_a_first_start_killed_while_it_makes_tables_is_made_good(tmp_path, here, count):
    process = subprocess.Popen(
        [*CONSOLE, "migrate"], env={**os.environ, **here}, stdout=subprocess.PIPE, text=True
    )
    begun = 0
    while begun < count:
        begun += "Applying" in process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL

    status, told = run("init 310112", **_as_run(tmp_path, here))

    assert status == 0, told
    assert "已设立" in told
    assert [each.name for each in tmp_path.glob(".*.new*")] == []
    assert {each.stat().st_mode & 0o077 for each in tmp_path.glob("[!.]*.sqlite3*")} <= {0}


def test_of_two_first_starts_at_once_both_end_well(tmp_path, here):
    starts = [
        subprocess.Popen(
            [*CONSOLE, "init", "310112"],
            env={**os.environ, **here},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]

    told = [each.communicate()[0] for each in starts]

    assert [each.returncode for each in starts] == [0, 0], told
    assert sorted("已设立" in each for each in told) == [False, True]


def _as_run(tmp_path, here):
    return {"data": tmp_path, "DATABASE_URL": here["DATABASE_URL"]}
