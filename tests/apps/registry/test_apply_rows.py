"""Rows of a file become records, once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.resolve.plan import Outcome

pytestmark = pytest.mark.django_db
AT = datetime(2016, 6, 15, 8, tzinfo=UTC)


def apply(kind, rows, act="act", **more):
    return actions.apply_rows(
        kind=kind,
        rows=rows,
        source="测试文件",
        source_date=date(2016, 6, 1),
        act=act,
        by="tester",
        at=AT,
        **more,
    )


FIRM = {
    "name": "上海某某科技有限公司",
    "uscc": "91110000600037341L",
    "organization_type": "企业",
    "industry": "C3962",
    "registered_capital_yuan": "500万元",
    "founded_on": "2001-02-03",
    "longitude": 121.415,
    "latitude": "31.089",
    "crs": "GCJ-02",
    "former_names": "上海某某研究所；上海某某厂",
    "registered_address": "东川路 800 号",
}


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
