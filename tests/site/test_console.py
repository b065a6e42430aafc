"""The console says what is wrong and what to do, and shows no traceback."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from chuangtu.site import console, diagnosis
from chuangtu.site.listening import PortRefusedError, held, refuse_unless_free

OURS = ("CHUANGTU_", "DATABASE_URL", "PORT", "DJANGO_SETTINGS_MODULE")


def surroundings(data: Path | str) -> dict[str, str]:
    """The environment of a verb's process, without what was set for the tests themselves."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PYTHONPATH": str(settings.PACKAGE.parent), "CHUANGTU_DATA": str(data)}


def run(
    verb: str, data: Path | str, *, room: int = resource.RLIM_INFINITY, **environment: str
) -> tuple[int, str]:
    """Run a verb in a process of its own; its status and everything it said.

    No file it writes may be larger than `room` bytes: what it meets then is a full disk to it.
    """
    done = subprocess.run(
        [sys.executable, "-m", "chuangtu.site.console", *verb.split()],
        env=surroundings(data) | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("verb", "variable", "value", "status", "sentences"),
    [
        (
            "doctor",
            "DATABASE_URL",
            "foo://me:secret@x",
            1,
            ("看不懂 DATABASE_URL", "cannot be read"),
        ),
        ("migrate", "DATABASE_URL", "foo://me:secret@x", 1, ("看不懂 DATABASE_URL", "be read")),
        ("migrate", "CHUANGTU_CHECK_MS", "²", 1, ("应为整数", "a whole number")),
        ("migrate", "CHUANGTU_RATE_LIMIT", "-1", 1, ("不小于 0", "0 or more")),
        ("migrate", "CHUANGTU_RATE_LIMIT", "often", 1, ("不小于 0", "0 or more")),
        ("serve", "PORT", "abc", 2, ("不是端口", "is no port")),
        ("demo", "PORT", "70000", 2, ("不是端口", "is no port")),
    ],
)
def test_a_wrong_variable_is_told_in_two_languages(
    tmp_path: Path, verb: str, variable: str, value: str, status: int, sentences: tuple[str, ...]
):
    ended, told = run(verb, tmp_path, **{variable: value})

    assert ended == status
    assert "Traceback" not in told
    assert "secret@" not in told
    for each in (variable, *sentences):
        assert each in told


def test_a_data_folder_that_cannot_be_made_is_told_with_the_remedy(tmp_path: Path):
    (tmp_path / "file").write_text("")

    ended, told = run("migrate", tmp_path / "file" / "data")

    assert ended == 1
    assert "Traceback" not in told
    assert "数据目录不可用" in told
    assert "CHUANGTU_DATA" in told


@pytest.fixture
def taken() -> Iterator[str]:
    """A port that somebody shares as granian does: the system would let a second one share it."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield str(listening.getsockname()[1])


@pytest.mark.parametrize("verb", ["serve", "demo"])
def test_a_taken_port_is_told_before_anything_is_started(tmp_path: Path, taken: str, verb: str):
    if verb == "serve":
        assert run("migrate", tmp_path)[0] == 0

    ended, told = run(verb, tmp_path, PORT=taken)

    assert ended == 1
    assert "Traceback" not in told
    assert f"端口 {taken} 已被占用" in told
    assert f"Port {taken} of 127.0.0.1 is taken" in told
    assert "PORT or --port" in told
    assert verb == "serve" or not (tmp_path / "chuangtu.sqlite3").exists()


def test_a_host_that_is_not_ours_is_told(tmp_path: Path):
    assert run("migrate", tmp_path)[0] == 0

    ended, told = run("serve --host=203.0.113.9", tmp_path)

    assert ended == 1
    assert "cannot be listened on" in told
    assert "Check --host" in told


def test_a_port_is_free_again_when_its_connections_just_ended():
    with socket.socket() as mine:
        mine.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        mine.bind(("127.0.0.1", 0))
        mine.listen()
        port = mine.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            mine.accept()[0].close()

    refuse_unless_free("127.0.0.1", port)


def test_of_two_platforms_that_start_at_once_on_a_port_one_is_refused():
    with socket.socket() as mine:
        mine.bind(("127.0.0.1", 0))
        port = mine.getsockname()[1]

    with held("127.0.0.1", port):
        # Nobody listens yet: it is the start itself that is known.
        refuse_unless_free("127.0.0.1", port)
        with pytest.raises(PortRefusedError, match="is taken"), held("127.0.0.1", port):
            pass
    with held("127.0.0.1", port):
        pass


@pytest.mark.parametrize(
    ("port", "is_well", "found"),
    [(None, True, "is taken"), ("many", False, "many"), ("0", False, "0")],
)
def test_the_doctor_looks_at_the_port(
    taken: str, monkeypatch: pytest.MonkeyPatch, port: str | None, is_well: bool, found: str
):
    monkeypatch.setenv("PORT", port or taken)

    finding = diagnosis._port()

    assert (finding.is_well, bool(finding.remedy)) == (is_well, not is_well)
    assert found in finding.found


@pytest.mark.parametrize("place", [".", "none", "file/data"])
def test_the_doctor_makes_nothing_and_says_that_nothing_is_there(tmp_path: Path, place: str):
    (tmp_path / "file").write_text("")

    ended, told = run("doctor --journal", tmp_path / place)

    assert ended == 1
    assert "还没有设置平台" in told
    assert "nothing is set up there" in told
    assert "chuangtu init" in told
    assert "✓" not in told
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_the_doctor_looks_at_what_was_set_up(tmp_path: Path):
    assert run("migrate", tmp_path)[0] == 0

    ended, told = run("doctor --journal", tmp_path)

    assert ended == 1
    assert "✓ 数据表 tables" in told
    assert "✓ 日志链 journal chain" in told
    assert "✗ 区划 district" in told


@pytest.mark.parametrize(("is_right", "found"), [(True, "unbroken"), (False, "head is missing")])
def test_the_doctor_looks_at_the_head_of_the_journal(db, monkeypatch, is_right: bool, found: str):
    monkeypatch.setattr(diagnosis.journal, "is_head_right", lambda: is_right)

    finding = diagnosis.journal_chain()

    assert finding.is_well == is_right
    assert found in finding.found
    assert bool(finding.remedy) != is_right


def test_a_file_that_cannot_be_written_is_told_without_a_traceback(monkeypatch, capsys, tmp_path):
    def export(arguments: list[str]) -> None:
        (tmp_path / "missing" / "x.csv").write_text("")

    monkeypatch.setattr("django.core.management.execute_from_command_line", export)

    assert console._run(["export"]) == 1
    told = capsys.readouterr().err
    assert "读写文件失败" in told
    assert "cannot be read or written" in told
    assert f"{tmp_path}/missing/x.csv" in told
