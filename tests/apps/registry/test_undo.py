"""An act can be taken back exactly, unless later changes stand on it."""

import pytest

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.models import Name, Relation, Resource, Site
from tests.apps.registry.rows import AT, FIRM, SAID, apply, code, create

pytestmark = pytest.mark.django_db


def undo(act):
    return actions.undo(act=act, by="tester", at=AT)


def shown():
    """Everything readers see, without the version that only counts changes."""
    found = {}
    for rows in queries.iter_published():
        for row in rows:
            payload = {k: v for k, v in row.payload.items() if k != "version"}
            found[row.id] = (row.name, row.facets, row.lists, row.numbers, row.days, payload)
    return found


ROWS = [
    {"name": "上海甲公司", "uscc": code(1), "staff_count": 7, "former_names": "上海甲厂"},
    {"name": "上海乙公司", "uscc": code(2), "parent": "上海甲公司"},
]


def test_an_import_of_new_records_is_undone_without_a_trace():
    create(**FIRM)
    before = shown()
    apply("organization", ROWS[:1], act="first")
    apply("organization", ROWS[1:], act="second")

    undo("second")
    undo("first")

    assert shown() == before
    assert Name.objects.count() == 2
    assert Relation.objects.count() == 0


def test_changed_records_are_as_they_were():
    apply("organization", ROWS[:1], act="first")
    apply("organization", ROWS[1:], act="second")
    before = shown()
    changes = [
        {"uscc": code(1), "name": "上海甲新公司", "staff_count": 0, "short_names": "甲"},
        {"uscc": code(2), "registered_address": "剑川路 2 号", "industry": "I65"},
    ]
    apply("organization", changes, act="third")
    assert shown() != before

    undo("third")

    assert shown() == before
    assert Site.objects.count() == 0


def test_an_undoing_can_be_undone():
    apply("organization", ROWS[:1], act="first")
    before = shown()

    undo("first")
    undo("undo:first")

    assert shown() == before
    with pytest.raises(actions.UndoError, match="undo that import first|undone already"):
        undo("undo:first")
    assert undo("first") == 1


def test_an_act_is_not_undone_under_a_later_change():
    apply("organization", ROWS[:1], act="first")
    apply("organization", [{"uscc": code(1), "staff_count": 8}], act="second")

    with pytest.raises(actions.UndoError) as caught:
        undo("first")

    assert "后来又被 tester" in caught.value.zh
    undo("second")
    undo("first")
    assert queries.count_all() == 0


def test_an_act_is_not_undone_while_later_records_name_what_it_created():
    apply("organization", ROWS[:1], act="first")
    apply("recognition", [{"title": "高企", "holder": "上海甲公司"}], act="second")

    with pytest.raises(actions.RefusedError, match="is named by"):
        undo("first")
    assert queries.count_all() == 2


def test_an_act_is_undone_once():
    apply("organization", ROWS[:1], act="first")
    undo("first")

    with pytest.raises(actions.UndoError, match="already"):
        undo("first")
    with pytest.raises(actions.UndoError, match="no such act"):
        undo("unheard of")


def test_parties_an_act_created_go_with_it():
    apply(
        "recognition",
        [{"title": "高企", "holder": "上海丙公司"}, {"title": "科小", "holder": "上海 丙公司"}],
        act="first",
        creates_parties=True,
    )
    assert Resource.objects.count() == 3

    undo("first")

    assert Resource.objects.count() == 0


def test_the_chain_holds_after_everything():
    apply("organization", ROWS[:1], act="first")
    undo("first")
    number = create(**FIRM)
    actions.change(id=number, version=1, values={"staff_count": 1}, **SAID)

    assert journal.find_broken() is None
