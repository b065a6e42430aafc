"""A full disk is told in one sentence, and what was begun does not keep it full."""

from __future__ import annotations

import secrets
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.site.test_console import run, surroundings

ROOM = 60_000
"""Above the file that SQLite shares between processes, below the backup."""
BACK_UP_SLOWLY = """
import sys, time
from chuangtu.site import console
from chuangtu.site.backup import archive
def wait(*_):
    print("writing", flush=True)
    time.sleep(60)
archive.Writer.add = wait
sys.argv = ["chuangtu", "backup", sys.argv[1]]
console.main()
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A data folder with a database whose backup has no room."""
    folder = tmp_path_factory.mktemp("full")
    assert run("migrate", folder)[0] == 0
    with closing(sqlite3.connect(folder / "chuangtu.sqlite3")) as database:
        names = [(secrets.token_hex(70),) for _ in range(3_000)]
        database.executemany("INSERT INTO auth_group (name) VALUES (?)", names)
        database.commit()
    return folder


def test_a_backup_without_room_is_told_in_one_sentence_and_leaves_nothing(data, tmp_path: Path):
    ended, told = run(f"backup {tmp_path / 'kept.zip'}", data, room=ROOM)

    assert ended == 1
    zh, en = told.splitlines()
    assert "写不了备份" in zh
    assert "cannot be written" in en
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_is_asked_to_end_leaves_nothing(data, tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", BACK_UP_SLOWLY, str(tmp_path / "kept.zip")],
        env=surroundings(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "writing\n"
    begun = list(tmp_path.iterdir())

    process.terminate()
    _, told = process.communicate(timeout=30)

    assert len(begun) == 1
    assert (process.returncode, told) == (128 + signal.SIGTERM, "")
    assert list(tmp_path.iterdir()) == []
