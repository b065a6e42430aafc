"""A record in words: facts with sources, what is unknown, whether it is in force, its history."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from chuangtu.apps.catalog.sheet import build
from chuangtu.apps.catalog.timeline import tell
from chuangtu.apps.registry.actions import unite_records
from chuangtu.apps.registry.queries import Revision
from chuangtu.apps.registry.telling import Telling
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.kind import Choice
from chuangtu.terms.viewer import OFFICER, VISITOR
from tests.apps.registers import AT, add, alter, district, write

ON = date(2026, 3, 1)
TOWNS = (Choice("310112101", "莘庄镇", "Xinzhuang Town"),)
SOURCE = {"title": "名录", "url": "", "date": "2026-02-01"}
LETTER = {"title": "来函", "url": "", "date": "2026-02-20"}


def sheet_of(values, *, viewer=VISITOR, incoming=(), **more):
    payload = {"id": 7, "kind": "organization", "name": "甲", "values": values, **more}
    return build(payload, incoming, TOWNS, viewer=viewer, on=ON, label=lambda each: each.zh)


def words_of(sheet):
    return {fact.field.name: [each.text for each in fact.said] for fact in sheet.facts}


def test_codes_are_told_in_words():
    sheet = sheet_of({"organization_type": "enterprise", "town": "310112101", "industry": "3562"})

    said = words_of(sheet)
    assert said["organization_type"] == ["企业"]
    assert said["town"] == ["莘庄镇"]
    assert said["industry"] == ["3562 专用设备制造业"]


def test_no_is_told_apart_from_unknown():
    told, untold = sheet_of({"is_above_size": False}), sheet_of({})

    assert words_of(told)["is_above_size"] == ["否"]
    assert "is_above_size" in {each.name for each in untold.unknown}
    assert "is_above_size" not in words_of(untold)


def test_each_fact_has_its_own_source_else_the_record_s():
    sheet = sheet_of(
        {"address": "七莘路1号", "uscc": "91310000"}, sources={"": SOURCE, "address": LETTER}
    )

    sources = {fact.field.name: fact.source["title"] for fact in sheet.facts}
    assert sources == {"address": "来函", "uscc": "名录"}


def test_a_field_not_for_this_viewer_is_neither_told_nor_called_unknown():
    names = {
        viewer: {each.name for each in sheet_of({}, viewer=viewer).unknown}
        for viewer in (VISITOR, OFFICER)
    }

    assert "contact" in names[OFFICER]
    assert "contact" not in names[VISITOR]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"founded_on": "2008-03-02"}, "valid"),
        ({"founded_on": "2008-03-02", "deregistered_on": "2026-03-01"}, "ended"),
        ({"valid_until": "2026-03-02"}, "valid"),
        ({"valid_from": "2026-03-02"}, "coming"),
        ({}, "undated"),
    ],
)
def test_whether_a_record_is_in_force_on_a_day(values: dict[str, str], code: str):
    assert sheet_of(values).standing.code == code


def test_relations_are_grouped_by_what_the_others_are():
    incoming = [
        {"id": 1, "kind": "alliance", "role": "leader", "name": "联盟"},
        {"id": 2, "kind": "recognition", "role": "holder", "name": "甲 · 高新技术企业"},
        {"id": 3, "kind": "recognition", "role": "holder", "name": "甲 · 小巨人"},
    ]

    ties = sheet_of({}, incoming=incoming).ties

    assert [len(each.entries) for each in ties] == [2, 1]
    assert all(each.is_incoming for each in ties)
    assert ties[0].zh == "资质认定（作为持有单位）"


def test_a_borrowed_position_names_whom_it_is_taken_from():
    sheet = build(
        {
            "id": 8,
            "kind": "recognition",
            "name": "甲 · 高新技术企业",
            "values": {},
            "position": {"longitude": 121.4, "latitude": 31.1, "precision": "road", "of": 7},
            "relations": [{"role": "holder", "id": 7, "kind": "organization", "name": "甲"}],
        },
        (),
        TOWNS,
        viewer=VISITOR,
        on=ON,
        label=lambda each: each.zh,
    )

    (spot,) = sheet.spots
    assert spot.of is not None
    assert spot.of.name == "甲"
    assert spot.how_well is not None
    assert spot.how_well.zh == "到道路"


def revision(before, after, why="edit"):
    return Revision(datetime(2026, 3, 1, tzinfo=UTC), "李四", why, "act", before, after)


def test_a_change_is_told_field_by_field(db):
    district()
    holder = add("organization", name="甲")
    change = revision(
        {"town": "310112101", "relations": [], "level": "district", "statements": {}},
        {
            "level": "district",
            "relations": [["holder", holder, None, None, None]],
            "statements": {"": 2},
        },
    )

    (line,) = tell([change], Telling("recognition", VISITOR))

    told = {each.label: (each.before, each.after) for each in line.changes}
    assert told == {"街镇": ("莘庄镇", ""), "相关记录": ("", "甲")}


@pytest.mark.parametrize(
    ("why", "before", "after", "title"),
    [
        ("edit", None, {"name": "甲"}, "登记入册"),
        ("edit", {"name": "甲"}, None, "从名册删除"),
        ("import", {"name": "甲"}, {"name": "乙"}, "导入时更新"),
        ("undo", None, {"name": "甲"}, "撤销删除"),
        ("merge", {"name": "甲"}, None, "并入另一条记录"),
    ],
)
def test_a_line_says_what_was_done(db, why, before, after, title: str):
    (line,) = tell([revision(before, after, why)], Telling("organization", VISITOR))

    assert line.title == title


@pytest.fixture
def firm(db) -> int:
    district()
    rows = [{"name": "上海甲仪器有限公司", "town": "310112101"}]
    number = write("organization", rows, act="firm").ids[0]
    alter(number, by="李四", address="东川路1号")
    return number


def client_of(role: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    if role != "stranger":
        person = get_user_model().objects.create_user(username=role, password="-", role=role)
        client.force_login(person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    return client


def test_officers_see_who_changed_a_record_and_may_correct_it(firm: int):
    public = client_of("stranger").get(f"/resources/{firm}").content.decode()
    internal = client_of("officer").get(f"/resources/{firm}").content.decode()

    assert "东川路1号" in public
    assert "作了更正" in public
    assert "李四" not in public
    assert "李四" in internal
    assert f"/desk/records/{firm}/edit" in internal
    assert f"/desk/records/{firm}/edit" not in public


def test_an_internal_record_does_not_exist_for_the_public(db):
    district()
    rows = [{"name": "内部单位", "visibility": "internal"}]
    number = write("organization", rows, act="inside").ids[0]

    assert client_of("stranger").get(f"/resources/{number}").status_code == 404
    assert client_of("officer").get(f"/resources/{number}").status_code == 200


def test_a_merged_record_is_found_where_it_went(firm: int):
    other = add("organization", name="上海壹号仪表厂")
    inside = add("organization", name="上海二号仪表厂", visibility="internal")
    unite_records(keep=firm, drop=other, versions=(2, 1), by="李四", at=AT)
    publish(at=AT)

    page = client_of("stranger").get(f"/resources/{other}")
    answer = client_of("stranger").get(f"/api/v1/resources/{other}")

    assert (page.status_code, page.headers["Location"]) == (302, f"/resources/{firm}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/api/v1/resources/{firm}")
    assert client_of("stranger").get(f"/resources/{inside}").status_code == 404
