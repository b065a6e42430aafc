"""Two writers at once lose nothing, and a process that dies in the middle leaves nothing."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.models import Name, Resource, Source
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import ADMINISTRATOR
from tests.apps.registry.rows import SAID, code, create

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """The answers, or refusals, of several works begun together on connections of their own."""
    ready = Barrier(len(works))

    def begin(work):
        try:
            ready.wait(timeout=20)
            return work()
        except ChuangtuError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(begin, works))


def test_two_who_register_one_credit_code_make_one_record():
    answers = at_once(*(lambda: create(name="上海抢先公司", uscc=code(3)) for _ in range(4)))

    made = [each for each in answers if isinstance(each, int)]
    assert len(made) == 1
    assert sum(isinstance(each, actions.RefusedError) for each in answers) == 3
    assert Resource.objects.count() == 1


def test_of_two_editors_of_one_version_one_is_told():
    number = create(name="上海同改公司", uscc=code(4))

    answers = at_once(
        *(
            lambda count=count: actions.change(
                id=number, values={"staff_count": count}, version=1, **SAID
            )
            for count in (10, 20, 30)
        )
    )

    assert answers.count(2) == 1
    assert sum(isinstance(each, actions.StaleError) for each in answers) == 2
    kept = queries.get_record(number, ADMINISTRATOR)
    assert kept.version == 2
    assert kept.values["staff_count"] in (10, 20, 30)
    assert journal.find_broken() is None


def test_files_at_once_are_each_whole_and_the_chain_holds():
    def a_file(letter):
        rows = [{"name": f"上海{letter}{n}公司"} for n in range(60)] + [{"name": "上海共有公司"}]
        return lambda: actions.apply_rows(kind="organization", rows=rows, act=letter, **SAID)

    answers = at_once(*(a_file(letter) for letter in "甲乙丙"))

    assert all(each.is_written for each in answers)
    assert Resource.objects.count() == 181
    assert journal.find_broken() is None
    assert Source.objects.count() == 1
    changes = journal.changed_since(0)
    changed, newest = changes.resources, changes.sequence
    assert len(changed) == newest == 181


DYING = """
import os, signal
import django
django.setup()
from chuangtu.apps.registry import actions
from datetime import UTC, date, datetime

def rows():
    for number in range(6_000):
        if number == 4_500:
            print("written so far", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        yield {"name": f"上海半途{number}公司", "former_names": f"上海半途厂{number}"}

actions.apply_rows(
    kind="organization", rows=rows(), source="s", source_date=date(2016, 6, 1), act="dying",
    by="tester", at=datetime(2016, 6, 15, tzinfo=UTC),
)
"""


def test_an_import_killed_in_the_middle_leaves_nothing_and_can_be_repeated():
    create(name="上海先有公司")
    sequence = journal.last_sequence()
    name = connection.settings_dict["NAME"]
    url = (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    )

    died = subprocess.run(
        [sys.executable, "-c", DYING],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert died.returncode == -signal.SIGKILL, died.stderr
    assert "written so far" in died.stdout
    assert Resource.objects.count() == 1
    assert Name.objects.count() == 0
    assert journal.last_sequence() == sequence
    assert list(journal.list_of_act(act="dying")) == []
    assert journal.find_broken() is None
    again = actions.apply_rows(
        kind="organization", rows=[{"name": "上海半途0公司"}], act="again", **SAID
    )
    assert again.is_written
