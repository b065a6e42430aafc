"""The console says what is wrong and what to do, and shows no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from chuangtu.site import diagnosis

OURS = ("CHUANGTU_", "DATABASE_URL", "PORT", "DJANGO_SETTINGS_MODULE")


def run(verb: str, data: Path | str, **environment: str) -> tuple[int, str]:
    """Run a verb in a process of its own; its status and everything it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    kept["PYTHONPATH"] = str(settings.PACKAGE.parent)
    done = subprocess.run(
        [sys.executable, "-m", "chuangtu.site.console", *verb.split()],
        env=kept | {"CHUANGTU_DATA": str(data)} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
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

    finding = diagnosis._journal()

    assert finding.is_well == is_right
    assert found in finding.found
    assert bool(finding.remedy) != is_right
