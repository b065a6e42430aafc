"""A version is whole or absent, and one process builds at a time, whoever dies."""

import os
import signal
import subprocess
import sys
import time

import pytest

from chuangtu.apps.snapshots import folders
from chuangtu.apps.snapshots.folders import BusyError

BUILDER = """
import sys, time
from pathlib import Path
from chuangtu.apps.snapshots import folders
root = Path(sys.argv[1])
with folders.only_builder(root, wait=False):
    folder = folders.start(root, "dead")
    (folder / "half").write_text("half of it")
    print("building", flush=True)
    time.sleep(60)
"""


def build(root, version):
    folder = folders.start(root, version)
    (folder / "content").write_text(version)
    return folders.finish(root, folder)


def test_a_finished_version_is_the_current_one(tmp_path):
    build(tmp_path, "first")
    build(tmp_path, "second")

    assert folders.find_current(tmp_path) == "second"
    assert (tmp_path / "second" / "content").read_text() == "second"


def test_without_a_version_there_is_no_current_one(tmp_path):
    assert folders.find_current(tmp_path) is None


def test_a_second_builder_is_refused_while_the_first_lives(tmp_path):
    with folders.only_builder(tmp_path, wait=False), pytest.raises(BusyError):  # noqa: SIM117 - order
        with folders.only_builder(tmp_path, wait=False):
            pass


def test_a_killed_builder_leaves_the_old_version_and_frees_the_lock(tmp_path):
    build(tmp_path, "first")
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert builder.stdout.readline() == "building\n"

    os.kill(builder.pid, signal.SIGKILL)
    builder.wait()
    builder.stdout.close()

    assert folders.find_current(tmp_path) == "first"
    with folders.only_builder(tmp_path, wait=False):
        build(tmp_path, "second")
    assert folders.find_current(tmp_path) == "second"
    assert not list(tmp_path.glob(f"{folders.UNFINISHED}*"))


@pytest.mark.parametrize("step", ["_force_tree", "_force", "_pointer_of"])
def test_a_version_that_has_no_room_goes_and_the_old_one_stays(tmp_path, monkeypatch, step):
    build(tmp_path, "first")
    before = sorted(tmp_path.rglob("*"))
    folder = folders.start(tmp_path, "second")
    (folder / "content").write_text("second")
    pointer = tmp_path / ".current-second"
    pointer.write_text("half of i")

    def full(*_):
        monkeypatch.undo()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, step, full)
    with pytest.raises(OSError, match="No space"), folders.whole_or_gone(folder):
        folders.finish(tmp_path, folder)

    assert sorted(tmp_path.rglob("*")) == before
    assert folders.find_current(tmp_path) == "first"


def test_sweeping_keeps_the_two_newest_versions(tmp_path):
    for version in ("a", "b", "c", "d"):
        build(tmp_path, version)
        time.sleep(0.01)

    assert sorted(folders.sweep(tmp_path)) == ["a", "b"]
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_dir()) == ["c", "d"]


def test_sweeping_never_removes_the_version_being_read(tmp_path):
    for version in ("a", "b", "c", "d"):
        build(tmp_path, version)
        time.sleep(0.01)
    (tmp_path / folders.POINTER).write_text("a")

    assert folders.sweep(tmp_path) == ["b"]
