"""Rows of a file become records, once."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import queries
from chuangtu.apps.registry.actions import Outcome
from tests.apps.registry.rows import FIRM, apply, code, create

pytestmark = pytest.mark.django_db


def test_the_same_file_twice_changes_nothing():
    first = apply("organization", [FIRM])

    second = apply("organization", [FIRM], act="again")

    assert first.counts == {Outcome.NEW: 1}
    assert second.counts == {Outcome.SAME: 1}
    assert first.ids == second.ids
    assert list(journal.list_of_act(act="again")) == []


def test_a_row_is_published_with_its_values():
    applied = apply("organization", [FIRM])

    (row,) = queries.published(applied.ids.values())

    assert row.numbers["registered_capital_yuan"] == Decimal("5000000.00")
    assert row.facets["industry"] == "39"
    assert row.facets["industry_section"] == "C"
    assert row.valid_from == date(2001, 2, 3)
    assert row.longitude == pytest.approx(121.4104, abs=1e-3)
    assert row.payload["sources"] == {"": {"title": "测试文件", "url": "", "date": "2016-06-01"}}
    assert [row] == next(iter(queries.iter_published()))


def test_unknown_parties_are_named_or_created():
    recognition = {"title": "高企", "holder": "上海不存在公司", "certificate_number": "GR1"}

    refused = apply("recognition", [recognition])
    created = apply("recognition", [recognition], act="b", creates_parties=True)
    again = apply("recognition", [recognition], act="c", creates_parties=True)

    assert not refused.is_written
    assert "不在名录中" in refused.findings[0][0].zh
    assert created.created_parties == 1
    assert again.counts == {Outcome.SAME: 1}
    assert queries.count_all() == 2


def test_a_changed_row_changes_only_what_it_says():
    applied = apply("organization", [FIRM])

    changed = apply("organization", [{"uscc": FIRM["uscc"], "staff_count": 0}], act="b")

    (row,) = queries.published(applied.ids.values())
    (line,) = journal.list_of_act(act="b")
    assert changed.counts == {Outcome.CHANGED: 1}
    assert row.numbers["staff_count"] == 0
    assert row.name == FIRM["name"]
    assert line.before["staff_count"] is None
    assert line.after["staff_count"] == 0


def test_a_wrong_row_keeps_a_strict_file_out():
    rows = [FIRM, {"name": "上海另一公司", "uscc": "91110000600037341M"}]

    applied = apply("organization", rows)

    assert not applied.is_written
    assert queries.count_all() == 0
    assert "校验位" in applied.findings[1][0].zh


def test_a_wrong_row_is_left_out_of_a_lenient_file_and_named():
    rows = [FIRM, {"name": "上海另一公司", "staff_count": "很多"}]

    applied = apply("organization", rows, is_strict=False)

    assert applied.is_written
    assert queries.count_all() == 1
    assert applied.findings[1][0].field == "staff_count"


def test_one_name_with_another_credit_code_is_doubtful():
    create(name="上海同名公司", uscc=code(1))

    applied = apply("organization", [{"name": "上海同名公司", "uscc": code(2)}])

    assert applied.counts == {Outcome.DOUBTFUL: 1}
    assert "是不是同一个" in applied.findings[0][0].zh


def test_a_decision_settles_a_doubtful_row():
    known = create(name="上海同名公司", uscc=code(1))
    row = {"name": "上海同名公司", "uscc": code(2)}

    as_new = apply("organization", [row], decisions={0: None})

    assert as_new.counts == {Outcome.NEW: 1}
    assert as_new.ids[0] != known


def test_two_rows_of_one_record_that_differ_are_doubtful_and_equal_ones_are_not():
    rows = [FIRM, {**FIRM, "staff_count": 5}, FIRM]

    applied = apply("organization", rows, is_strict=False)

    assert applied.counts == {Outcome.NEW: 1, Outcome.DOUBTFUL: 1, Outcome.SAME: 1}


def test_rows_of_one_record_are_compared_across_batches(monkeypatch):
    monkeypatch.setattr("chuangtu.apps.registry.actions.writing.BATCH", 1)

    applied = apply("organization", [FIRM, {**FIRM, "staff_count": 5}], is_strict=False)

    assert applied.counts == {Outcome.NEW: 1, Outcome.DOUBTFUL: 1}


def test_a_stub_is_completed_by_the_file_that_knows_its_code():
    apply("recognition", [{"title": "高企", "holder": FIRM["name"]}], creates_parties=True)

    applied = apply("organization", [FIRM], act="b")

    assert applied.counts == {Outcome.CHANGED: 1}


def test_a_name_only_a_former_name_answers_to_is_doubtful():
    create(**FIRM)

    applied = apply("organization", [{"name": "上海某某研究所"}])

    assert applied.counts == {Outcome.DOUBTFUL: 1}
    assert "曾用名" in applied.findings[0][0].zh


def test_a_new_name_under_the_same_code_keeps_the_old_one():
    number = create(name="上海旧名公司", uscc=code(7))

    apply("organization", [{"name": "上海新名公司", "uscc": code(7)}])

    (row,) = queries.published([number])
    assert row.name == "上海新名公司"
    assert [(each["kind"], each["text"]) for each in row.payload["names"]] == [
        ("former", "上海旧名公司")
    ]


def test_a_recognition_ends_at_the_earliest_of_its_ends():
    create(name="上海持有公司")
    row = {
        "title": "高新技术企业",
        "holder": "上海持有公司",
        "certificate_number": "GR201531000001",
        "valid_from": "2015-08-19",
        "valid_until": "2018-08-19",
        "moved_in_on": "2016-01-01",
        "moved_out_on": "2017-05-01",
        "revoked_on": "2017-04-01",
    }

    applied = apply("recognition", [row])

    (seen,) = queries.published(applied.ids.values())
    assert (seen.valid_from, seen.valid_until) == (date(2016, 1, 1), date(2017, 4, 1))
    assert seen.name == "上海持有公司 · 高新技术企业"


def test_each_row_may_name_its_own_source():
    rows = [{**FIRM, "source": "年报", "source_date": "2015-12-31"}, {"name": "上海无源公司"}]

    applied = apply("organization", rows)

    by_id = {each.id: each for each in queries.published(applied.ids.values())}
    assert by_id[applied.ids[0]].payload["sources"][""]["title"] == "年报"
    assert by_id[applied.ids[1]].payload["sources"][""]["title"] == "测试文件"


def test_a_parent_may_stand_later_in_the_file_than_its_children():
    rows = [
        {"name": "上海孙公司", "parent": "上海子公司"},
        {"name": "上海子公司", "parent": "上海母公司"},
        {"name": "上海母公司"},
    ]

    applied = apply("organization", rows)
    again = apply("organization", rows, act="again")

    assert applied.counts == {Outcome.NEW: 3}
    assert applied.findings == {}
    assert again.counts == {Outcome.SAME: 3}
    by_id = {each.id: each for each in queries.published(applied.ids.values())}
    assert by_id[applied.ids[0]].payload["relations"][0]["id"] == applied.ids[1]


def test_a_parent_that_never_comes_is_named():
    rows = [{"name": "上海孙公司", "parent": "上海子公司"}, {"name": "上海母公司"}]

    applied = apply("organization", rows)

    assert not applied.is_written
    assert [each.field for each in applied.findings[0]] == ["parent"]


def test_a_code_of_another_record_is_not_taken_by_decision():
    create(name="上海甲公司", uscc=code(1))
    other = create(name="上海乙公司")

    applied = apply(
        "organization", [{"name": "上海甲公司", "uscc": code(1)}], decisions={0: other}
    )

    assert applied.counts == {Outcome.DOUBTFUL: 1}
    assert "bears it" in applied.findings[0][0].en


def test_a_decision_for_a_record_that_is_gone_is_doubtful():
    applied = apply("organization", [{"name": "上海甲公司"}], decisions={0: 12345})

    assert applied.counts == {Outcome.DOUBTFUL: 1}


def test_progress_is_told_after_each_batch(monkeypatch):
    monkeypatch.setattr("chuangtu.apps.registry.actions.writing.BATCH", 2)
    told = []

    apply("organization", [{"name": f"上海第{n}公司"} for n in range(5)], progress=told.append)

    assert told == [2, 4, 5]


def test_halves_of_characters_and_controls_are_left_out():
    applied = apply("organization", [{"name": "上海\ud800甲\x00公司"}])

    (row,) = queries.published(applied.ids.values())
    assert row.name == "上海甲公司"


ROWS = [
    {"name": "上海新公司", "parent": "上海后来公司"},
    {"name": "上海变公司", "staff_count": 2},
    {"name": "上海同公司", "staff_count": 1},
    {"name": "上海重名公司", "uscc": code(2)},
    {"name": "上海错公司", "staff_count": "很多"},
    {"name": "上海后来公司"},
]


def test_a_preview_says_what_applying_does(monkeypatch):
    monkeypatch.setattr("chuangtu.apps.registry.resolve.preview.BATCH", 2)
    for name in ("上海变公司", "上海同公司"):
        create(name=name, staff_count=1)
    create(name="上海重名公司", uscc=code(1))
    lines = queries.count_all()

    planned = list(queries.match_rows("organization", ROWS))
    applied = apply("organization", ROWS, is_strict=False)

    assert [each.outcome.value for each in planned] == [
        "new",
        "changed",
        "same",
        "doubtful",
        "wrong",
        "new",
    ]
    assert [each.row for each in planned] == list(range(6))
    assert Counter(each.outcome for each in planned) == applied.counts
    assert queries.count_all() == lines + 2
    assert planned[1].before["staff_count"] == 1
    assert planned[1].after["staff_count"] == 2


def test_a_preview_counts_a_recognition_of_an_unknown_holder_as_applying_does():
    rows = [{"title": "高企", "holder": "上海甲公司"}, {"title": "科小", "holder": "上海甲公司"}]

    refused = list(queries.match_rows("recognition", rows))
    created = list(queries.match_rows("recognition", rows, creates_parties=True))

    assert [each.outcome.value for each in refused] == ["wrong", "wrong"]
    assert [each.outcome.value for each in created] == ["new", "new"]
    assert queries.count_all() == 0
