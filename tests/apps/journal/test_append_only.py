"""The journal grows and never changes, and says so when somebody tries."""

from datetime import UTC, datetime

import pytest
from django.db import Error, connection, transaction

from chuangtu.apps.journal import actions, queries, triggers
from chuangtu.apps.journal.models import Entry, Head, JournalError

pytestmark = pytest.mark.django_db
AT = datetime(2016, 6, 15, 8, tzinfo=UTC)


def write(*rows, act="act", also=()):
    changes = [
        actions.Change("registry.resource", str(row), None, {"name": f"单位{row}"}, row)
        for row in rows
    ]
    return actions.write(changes=changes, why="edit", act=act, by="tester", at=AT, also=also)


@pytest.fixture
def refusal():
    triggers.allow_removal(connection)
    triggers.uninstall(connection)
    triggers.install(connection)


def test_a_line_is_never_saved_again():
    write(1)
    line = Entry.objects.get()
    line.by = "somebody else"

    with pytest.raises(JournalError):
        line.save()


def test_a_line_is_never_deleted():
    write(1)

    with pytest.raises(JournalError):
        Entry.objects.get().delete()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda lines: lines.update(by="somebody else"),
        lambda lines: lines.delete(),
        lambda lines: lines.bulk_update(list(lines), ["by"]),
    ],
    ids=["update", "delete", "bulk_update"],
)
def test_many_lines_are_never_changed_at_once(attempt):
    write(1, 2)

    with pytest.raises(JournalError):
        attempt(Entry.objects.all())


@pytest.mark.usefixtures("refusal")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET \"by\" = 'x'",
        "DELETE FROM journal_entry",
        "UPDATE journal_entry SET hash = hash WHERE id = (SELECT max(id) FROM journal_entry)",
    ],
)
def test_the_database_refuses_a_statement_too(statement):
    write(1)

    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.get().by == "tester"


@pytest.mark.usefixtures("refusal")
def test_lines_are_appended_under_the_refusal():
    write(1)

    write(2, act="other")

    assert Entry.objects.count() == 2
    assert queries.find_broken() is None


def test_a_broken_chain_names_its_first_broken_line():
    write(1, 2, 3)
    second = Entry.objects.order_by("id")[1]
    triggers.uninstall(connection)
    with connection.cursor() as cursor:
        cursor.execute('UPDATE journal_entry SET "by" = %s WHERE id = %s', ["x", second.pk])

    broken = queries.find_broken()

    triggers.install(connection)
    triggers.allow_removal(connection)
    assert broken is not None
    assert broken.pk == second.pk


def test_a_chain_without_lines_needs_no_head():
    assert queries.is_head_right()


def test_a_head_that_is_missing_or_not_of_the_last_line_is_noticed():
    write(1, 2)
    assert queries.is_head_right()

    Head.objects.update(last_hash=Entry.objects.order_by("id")[0].hash)
    assert not queries.is_head_right()

    Head.objects.all().delete()
    assert queries.find_broken() is None
    assert not queries.is_head_right()


def test_a_head_moved_to_another_row_is_noticed():
    write(1)
    Head.objects.create(pk=2, last_hash=Head.objects.get().last_hash)
    assert not queries.is_head_right()


def test_a_line_reads_back_as_it_was_hashed():
    odd = {"数": "1.50", "空": None, "列": [1, 0.1, False], "字": "“引号”\n\\ \u2028"}
    change = actions.Change("t", "1", odd, odd)

    actions.write(changes=[change], why="edit", act="a", by="人", at=AT)

    line = Entry.objects.get()
    assert line.before == odd
    assert line.at == AT
    assert queries.find_broken() is None


def test_readers_hear_of_each_record_once_and_in_order():
    write(5, 5, 7)
    write(9, act="other", also=[5, 9])

    changes = queries.changed_since(0)
    changed, newest = changes.resources, changes.sequence
    later = queries.changed_since(2).resources

    assert changed == [5, 7, 9]
    assert newest == queries.last_sequence()
    assert later == [9, 5]


def test_an_empty_act_writes_nothing():
    assert write() == 0
    assert queries.last_sequence() == 0


def test_an_act_and_its_undoing_cancel_each_other():
    write(1, act="first")
    write(1, act="second")
    assert [each.act for each in queries.list_standing_after(act="first")] == ["second"]

    write(1, act="undo:second")

    assert queries.list_standing_after(act="first") == []
    assert queries.was_undone(act="second")
    assert not queries.was_undone(act="first")


def test_an_act_on_other_rows_does_not_stand_in_the_way():
    write(1, act="first")

    write(2, act="second")

    assert queries.list_standing_after(act="first") == []
    assert queries.list_standing_after(act="unknown") == []
