"""What is asked for happens once, in the background, even if the worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from chuangtu.apps.imports import actions, queries, shelf
from chuangtu.apps.imports.actions import ImportRefusedError, waiting
from chuangtu.apps.registry import queries as register
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT, WHO

ONE = "名称,职工人数\n上海甲科技有限公司,12\n"


def at():
    return AT + timedelta(hours=1)


def work():
    return [each for each in queries.list_waiting() if actions.work_on(batch=each, at=at)]


def shown(batch):
    return queries.get_batch(batch, viewer=OFFICER)


@pytest.mark.django_db
def test_preview_apply_and_undo_are_done_when_asked_for(bring):
    batch = bring(ONE)

    states = []
    for wish in ("preview", "apply", "undo"):
        actions.ask(batch=batch, wish=wish, **WHO)
        work()
        states.append((shown(batch).state, shown(batch).wish))

    assert states == [("previewed", ""), ("applied", ""), ("undone", "")]
    assert shown(batch).applied_by == "officer"
    assert register.count_all() == 0


@pytest.mark.django_db
def test_nothing_is_done_twice_or_while_something_waits(bring):
    batch = bring(ONE)
    actions.ask(batch=batch, wish="preview", **WHO)

    for forbidden in (
        lambda: actions.ask(batch=batch, wish="preview", **WHO),
        lambda: actions.preview(batch=batch, at=AT, **WHO),
        lambda: actions.choose(batch=batch, creates_parties=True, at=AT, **WHO),
    ):
        with pytest.raises(ImportRefusedError, match="being worked on"):
            forbidden()

    assert work() == [batch]
    assert work() == []
    with pytest.raises(ImportRefusedError):
        actions.ask(batch=batch, wish="undo", **WHO)


@pytest.mark.django_db
def test_what_the_register_refuses_is_told_and_can_be_asked_again(bring):
    batch = bring("名称,职工人数\n上海甲科技有限公司,许多\n")
    actions.preview(batch=batch, at=AT, **WHO)
    actions.ask(batch=batch, wish="apply", **WHO)

    work()

    assert shown(batch).state == "previewed"
    assert shown(batch).wish == ""
    assert "1 行有误" in shown(batch).refusal_zh
    actions.choose(batch=batch, skips_bad_rows=True, at=AT, **WHO)
    actions.ask(batch=batch, wish="apply", **WHO)
    work()
    assert shown(batch).refusal_zh == ""
    assert shown(batch).state == "applied"


@pytest.mark.django_db
def test_what_another_process_holds_is_left_alone(bring):
    batch = bring(ONE)
    with shelf.working_on(batch) as is_ours:
        for busy in (
            lambda: actions.preview(batch=batch, at=AT, **WHO),
            lambda: actions.apply(batch=batch, at=AT, **WHO),
            lambda: actions.undo(batch=batch, at=AT, **WHO),
        ):
            with pytest.raises(ImportRefusedError, match="Another process"):
                busy()
        actions.ask(batch=batch, wish="preview", **WHO)
        done = work()

    assert is_ours
    assert done == []
    assert work() == [batch]


@pytest.mark.django_db
def test_a_wish_fulfilled_elsewhere_is_not_fulfilled_again(bring):
    batch = bring(ONE)
    actions.preview(batch=batch, at=AT, **WHO)
    actions.apply(batch=batch, at=AT, **WHO)

    waiting._apply(batch, OFFICER, "officer", AT)
    waiting._undo(batch, OFFICER, "officer", AT)

    assert shown(batch).state == "applied"


@pytest.mark.django_db
def test_a_file_that_kills_the_worker_again_and_again_is_given_up(bring, monkeypatch):
    batch = bring(ONE)
    actions.ask(batch=batch, wish="preview", **WHO)

    def die(*_):
        raise MemoryError

    monkeypatch.setattr(waiting, "look", die)
    for _ in range(waiting.MOST_ATTEMPTS):
        with pytest.raises(MemoryError):
            work()
    still_waiting = queries.list_waiting()
    work()

    assert still_waiting == [batch]
    assert queries.list_waiting() == []
    assert "3 次" in shown(batch).refusal_zh


@pytest.mark.django_db(transaction=True)
def test_the_worker_outlives_a_file_it_fails_at(bring, monkeypatch, caplog):
    broken, sound = bring(ONE), bring(ONE)
    for each in (broken, sound):
        actions.ask(batch=each, wish="preview", **WHO)
    look = waiting.look

    def fail_at_one(batch, viewer):
        if batch.pk == broken:
            raise RuntimeError("no such thing was foreseen")
        return look(batch, viewer)

    monkeypatch.setattr(waiting, "look", fail_at_one)

    call_command("worker", "--once")

    assert shown(sound).state == "previewed"
    assert "no such thing was foreseen" in caplog.text
    assert "3 次" in shown(broken).refusal_zh or shown(broken).wish == "preview"


@pytest.mark.django_db
def test_progress_is_seen_while_the_transaction_is_open(bring, monkeypatch):
    batch = bring("名称\n" + "".join(f"上海示例{n}公司\n" for n in range(3_000)))
    seen = []
    note = shelf.note_progress

    def watch(number, progress):
        note(number, progress)
        seen.append(shown(number).progress)

    monkeypatch.setattr(shelf, "note_progress", watch)
    actions.preview(batch=batch, at=AT, **WHO)
    actions.apply(batch=batch, at=AT, **WHO)

    stages = {each.stage for each in seen if each}
    assert stages == {"reading", "matching", "writing", "showing"}
    assert shelf.Progress("writing", 3_000, 3_000) in seen
    assert seen[-1] is None


KILLED = """
import os, sys
from datetime import UTC, datetime
import django
django.setup()
from chuangtu.apps.imports import actions, shelf
from chuangtu.terms.viewer import OFFICER
note = shelf.note_progress
def watch(batch, progress):
    note(batch, progress)
    if progress and progress.stage == "writing" and progress.done >= 4000:
        print("half-way", flush=True)
        import time; time.sleep(60)
shelf.note_progress = watch
actions.work_on(batch=int(sys.argv[1]), at=lambda: datetime(2016, 6, 15, tzinfo=UTC))
"""


def program(text, *arguments, environment):
    return subprocess.Popen(
        [sys.executable, "-c", text, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )


BRING = """
from datetime import UTC, date, datetime
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from chuangtu.apps.imports import actions
from chuangtu.terms.viewer import OFFICER
rows = "".join(f"上海示例{n}公司\\n" for n in range(6_000))
who = {"viewer": OFFICER, "by": "officer"}
at = datetime(2016, 6, 15, tzinfo=UTC)
batch = actions.upload(chunks=[("名称\\n" + rows).encode()], file_name="a.csv",
    kind="organization", source="x", source_date=date(2016, 6, 1), at=at, **who)
actions.preview(batch=batch, at=at, **who)
actions.ask(batch=batch, wish="apply", **who)
print(batch)
"""
LOOK = """
import sys
import django
django.setup()
from chuangtu.apps.imports import queries
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import queries as register
from chuangtu.terms.viewer import OFFICER
shown = queries.get_batch(int(sys.argv[1]), viewer=OFFICER)
print(shown.state, shown.wish or "-", register.count_all(), journal.last_sequence(),
      len(list(journal.list_of_act(act=shown.act))), journal.find_broken())
"""
FINISH = """
import django
django.setup()
from django.core.management import call_command
call_command("worker", "--once")
"""


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_does_it_all(
    tmp_path, database_of_its_own
):
    environment = {
        **os.environ,
        "CHUANGTU_DATA": str(tmp_path / "killed"),
        "DJANGO_SETTINGS_MODULE": "chuangtu.site.settings",
        "DATABASE_URL": database_of_its_own,
    }

    def answer(text, *arguments):
        done = program(text, *arguments, environment=environment)
        return done.communicate(timeout=200)[0].strip()

    batch = answer(BRING)
    worker = program(KILLED, batch, environment=environment)
    assert worker.stdout.readline().strip() == "half-way"
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()

    assert answer(LOOK, batch) == "previewed apply 0 0 0 None"
    answer(FINISH)
    assert answer(LOOK, batch) == "applied - 6000 6000 6000 None"
