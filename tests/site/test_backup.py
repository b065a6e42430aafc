"""A backup holds everything, is believed only when its hashes are right, and comes back whole."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

from chuangtu.apps.accounts import actions as accounts
from chuangtu.apps.imports import actions as importing
from chuangtu.apps.imports import queries as imports
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import queries as register
from chuangtu.site.backup import restoring
from chuangtu.site.backup.archive import CONTENTS, BackupError, Reader
from chuangtu.site.backup.keeping import back_up
from chuangtu.site.backup.restoring import restore
from chuangtu.site.backup.tables import kept_tables
from chuangtu.terms.viewer import OFFICER
from tests.apps.registers import AT, DAY, add, alter, district, fill
from tests.site.test_console import run

BY = {"viewer": OFFICER, "by": "officer", "at": AT}


def told_nothing(_name: str, _size: int) -> None:
    """Nobody looks on."""


@pytest.fixture(autouse=True)
def folder_of_its_own(settings, tmp_path: Path):
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA / "media"


@pytest.fixture
def filled(transactional_db) -> None:
    """A register with every kind and some history, an import with its files, and people."""
    fill_all()


def fill_all() -> None:
    accounts.ensure_demo_people(by="test", at=AT)
    district()
    fill(random.Random(1), 2)
    alter(add("organization", name="上海旧名科技有限公司"), name="上海新名科技有限公司")
    batch = importing.upload(
        chunks=["名称\n上海新来科技有限公司\n".encode()],
        file_name="名单.csv",
        kind="organization",
        source="测试",
        source_date=DAY,
        **BY,
    )
    importing.preview(batch=batch, **BY)
    importing.apply(batch=batch, **BY)
    (settings.MEDIA_ROOT / "证照").mkdir(parents=True)
    (settings.MEDIA_ROOT / "证照" / "一.bin").write_bytes(random.Random(1).randbytes(70_000))


_MADE: list[bytes] = []


@pytest.fixture
def backup(transactional_db, tmp_path: Path) -> Path:
    """A backup of all that, with an empty installation to put it into."""
    if not _MADE:
        fill_all()
        _MADE.append(written(tmp_path / "made.zip").read_bytes())
        emptied()
    file = tmp_path / "first.zip"
    file.write_bytes(_MADE[0])
    return file


def written(path: Path) -> Path:
    back_up(path, at=AT, progress=told_nothing)
    return path


def emptied() -> None:
    """The database as `migrate` leaves it, and a data folder without files."""
    call_command("flush", "--noinput", verbosity=0)
    settings.DATA = settings.DATA.with_name("another")
    settings.MEDIA_ROOT = settings.DATA / "media"


def parts(path: Path) -> dict[str, tuple[int, str]]:
    return {each.name: (each.rows, each.sha256) for each in Reader(path).contents.parts}


def rewritten(path: Path, change) -> Path:
    """A copy with some members changed, dropped or added."""
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        members = {name: old.read(name) for name in old.namelist()}
        change(members)
        for name, body in members.items():
            new.writestr(name, body)
    return copy


def contents_of(members: dict[str, bytes]) -> dict:
    return orjson.loads(members[CONTENTS])


def test_a_backup_restored_and_backed_up_again_is_the_same_to_the_last_row(filled, tmp_path: Path):
    first = written(tmp_path / "first.zip")
    emptied()

    restore(first, progress=told_nothing)

    second = written(tmp_path / "second.zip")
    assert parts(second) == parts(first)
    assert parts(first)["tables/journal.entry"][0] > 50
    assert {"files/media/证照/一.bin"} < {n for n in parts(first) if n.startswith("files/")}
    assert journal.find_broken() is None
    assert journal.is_head_right()


def test_what_was_restored_can_be_worked_on(backup):
    restore(backup, progress=told_nothing)

    number = add("organization", name="上海后来者科技有限公司")
    alter(number, name="上海改名者科技有限公司")
    batch = imports.list_batches(viewer=OFFICER)[0]
    importing.undo(batch=batch.id, **BY)

    assert register.published([number])[0].name == "上海改名者科技有限公司"
    assert imports.original_file(batch.id, viewer=OFFICER)
    assert journal.find_broken() is None


def test_nothing_is_ever_overwritten(filled, tmp_path: Path):
    first = written(tmp_path / "first.zip")
    before = first.read_bytes()

    with pytest.raises(BackupError, match="nothing is ever overwritten"):
        restore(first, progress=told_nothing)
    with pytest.raises(BackupError, match="is there already"):
        written(first)

    assert first.read_bytes() == before
    assert first.stat().st_mode & 0o077 == 0


def test_a_backup_is_of_one_moment_and_keeps_no_writer_waiting(filled, tmp_path: Path):
    """Another process writes while the first table is already written."""
    seen = []

    def write_meanwhile(name: str, _size: int) -> None:
        if not seen:
            seen.append(name)
            in_a_process_of_its_own()

    lines = apps.get_model("journal.entry").objects
    before = lines.count()
    back_up(tmp_path / "first.zip", at=AT, progress=write_meanwhile)

    assert lines.count() > before
    assert parts(tmp_path / "first.zip")["tables/journal.entry"][0] == before


def in_a_process_of_its_own() -> None:
    named = connection.settings_dict["NAME"]
    program = (
        "import django; django.setup();"
        "from django.db import connection; connection.settings_dict['NAME'] = %r;"
        "from tests.apps.registers import add; add('organization', name='上海同时写入有限公司')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program % str(named)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def cut_short(members: dict[str, bytes]) -> None:
    members["tables/registry.resource"] = members["tables/registry.resource"][:-40]


def swap_a_digit(members: dict[str, bytes]) -> None:
    body = members["tables/registry.resource"]
    members["tables/registry.resource"] = body.replace("上海".encode(), "下海".encode(), 1)


def drop_a_table(members: dict[str, bytes]) -> None:
    del members["tables/registry.resource"]


def add_a_file(members: dict[str, bytes]) -> None:
    members["files/media/stranger"] = b"x"


def point_outside(members: dict[str, bytes]) -> None:
    said = contents_of(members)
    (part,) = [each for each in said["parts"] if each["name"].endswith("一.bin")]
    members["files/media/../../outside"] = members.pop(part["name"])
    part["name"] = "files/media/../../outside"
    members[CONTENTS] = orjson.dumps(said)


def forget_a_table(members: dict[str, bytes]) -> None:
    said = contents_of(members)
    said["parts"] = [each for each in said["parts"] if each["name"] != "tables/places.area"]
    del members["tables/places.area"]
    members[CONTENTS] = orjson.dumps(said)


def of_another_version(members: dict[str, bytes]) -> None:
    said = contents_of(members) | {"version": "9.9"}
    said["migrations"].append("registry.9999_later")
    members[CONTENTS] = orjson.dumps(said)


def of_another_format(members: dict[str, bytes]) -> None:
    members[CONTENTS] = orjson.dumps(contents_of(members) | {"format": 99})


def garble_the_list(members: dict[str, bytes]) -> None:
    members[CONTENTS] = orjson.dumps({"format": 1, "parts": 5})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (cut_short, "damaged"),
        (swap_a_digit, "'tables/registry.resource' is not what was written"),
        (drop_a_table, "damaged"),
        (add_a_file, "'files/media/stranger' is not what was written"),
        (point_outside, "points outside"),
        (forget_a_table, "lacks 'tables/places.area'"),
        (of_another_version, r"written by version 9.9.*registry.9999_later"),
        (of_another_format, "format 99"),
        (garble_the_list, "cannot be understood"),
    ],
)
def test_an_altered_backup_is_refused_and_leaves_nothing(backup, tmp_path, change, sentence):
    changed = rewritten(backup, change)

    with pytest.raises(BackupError, match=sentence):
        restore(changed, progress=told_nothing)

    assert not any(
        each._base_manager.exists()
        for each in kept_tables()
        if each._meta.app_label not in ("contenttypes", "auth")
    )
    assert not (tmp_path / "outside").exists()
    assert not list(settings.DATA.rglob("stranger"))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_file_that_was_cut_short_is_no_backup(backup, tmp_path: Path, share: float):
    body = backup.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(body[: int(len(body) * share)])

    with pytest.raises(BackupError, match="no whole backup"):
        Reader(cut)


def test_a_part_marked_as_encrypted_is_a_damaged_backup(backup):
    body = bytearray(backup.read_bytes())
    body[body.index(b"PK\x01\x02") + 8] |= 1
    backup.write_bytes(body)

    with pytest.raises(BackupError, match="damaged"):
        Reader(backup).check()


def test_a_backup_that_breaks_off_leaves_no_file(filled, tmp_path: Path):
    def full(_name: str, _size: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(BackupError, match="No space left on device"):
        back_up(tmp_path / "first.zip", at=AT, progress=full)

    assert list(tmp_path.glob("first*")) == []


def test_a_restore_that_breaks_off_takes_its_files_away_again(backup):
    def full(name: str, _size: int) -> None:
        if name.endswith("一.bin"):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left on device"):
        restore(backup, progress=full)

    assert not [each for each in settings.DATA.rglob("*") if each.is_file()]
    restore(backup, progress=told_nothing)
    assert parts(written(backup.with_name("again.zip"))) == parts(backup)


def test_a_database_without_room_is_not_blamed_on_the_backup(backup, monkeypatch):
    def full(*_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(restoring, "fill", full)

    with pytest.raises(BackupError, match="no room .*Free some space"):
        restore(backup, progress=told_nothing)


def test_the_verbs_tell_what_they_did_and_the_doctor_is_content(tmp_path: Path):
    one, other, file = tmp_path / "one", tmp_path / "other", tmp_path / "kept.zip"
    assert run("init 310112", one)[0] == 0

    for verb, data in ((f"backup {file}", one), (f"backup --check {file}", one)):
        ended, told = run(verb, data)
        assert ended == 0, told
        assert "哈希相符" in told
    ended, told = run(f"restore {file}", other)
    assert ended == 0, told
    assert "✓ 日志链 journal chain" in told
    ended, told = run("doctor --journal", other)
    assert ended == 0, told
    ended, told = run(f"restore {file}", other)
    assert ended == 1
    assert "已经有数据" in told
    ended, told = run(f"restore {tmp_path / 'none.zip'}", tmp_path / "third")
    assert ended == 1
    assert "打不开" in told


def test_a_restore_killed_at_any_moment_leaves_all_or_nothing(backup, tmp_path: Path):
    command = [sys.executable, "-m", "chuangtu.site.console", "restore", str(backup)]
    ended = []
    for wait_s in (0.0, 0.3):
        data = tmp_path / f"killed-{wait_s}"
        here = {"DATABASE_URL": f"sqlite:///{data}/chuangtu.sqlite3"}
        environment = {**os.environ, "CHUANGTU_DATA": str(data), **here}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        assert "数据表已建好" in process.stdout.readline().decode()
        time.sleep(wait_s)
        process.send_signal(signal.SIGKILL)
        process.communicate()

        status, told = run(f"restore {backup}", data, **here)
        assert status == 0 or "已经有数据" in told, told
        status, told = run(f"backup {tmp_path / f'{wait_s}.zip'}", data, **here)
        assert status == 0, told
        assert parts(tmp_path / f"{wait_s}.zip") == parts(backup)
        ended.append(process.returncode)
    assert -signal.SIGKILL in ended


def test_a_file_that_a_killed_restore_had_begun_is_swept_by_the_next(backup, settings):
    begun = [
        settings.DATA / "imports" / "ab" / ".restoring-1",
        settings.MEDIA_ROOT / ".restoring-2",
    ]
    for each in begun:
        each.parent.mkdir(parents=True)
        each.write_bytes(b"half")

    restore(backup, progress=told_nothing)

    assert not any(each.exists() for each in begun)
    assert parts(written(backup.with_name("again.zip"))) == parts(backup)


def test_tables_left_half_made_are_told_with_the_remedy(backup, tmp_path: Path):
    data = tmp_path / "half"
    data.mkdir()
    file = data / "chuangtu.sqlite3"
    with closing(sqlite3.connect(file)) as half:
        half.execute("CREATE TABLE django_content_type (id integer)")

    status, told = run(f"restore {backup}", data, DATABASE_URL=f"sqlite:///{file}")

    assert status == 1
    assert "删除这个还没有数据的新数据库" in told
    file.unlink()
    assert run(f"restore {backup}", data, DATABASE_URL=f"sqlite:///{file}")[0] == 0
