"""A file comes in, is previewed, enters the register as one act, and leaves it as one."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest

from chuangtu.apps.imports import actions, queries
from chuangtu.apps.imports.actions import ImportRefusedError
from chuangtu.apps.imports.facts import targets, template_columns
from chuangtu.apps.imports.queries import fields_for
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import actions as registry
from chuangtu.apps.registry import queries as register
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.engines.tables.suggest import suggest
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER
from tests.apps.imports.conftest import AT, WHO

pytestmark = pytest.mark.django_db

TWO = (
    "企业名称,信用代码,成立时间,注册资本(万元),职工人数\n"
    "上海甲科技有限公司,91110000600037341L,2001年2月3日,500.5,12\n"
    "上海乙科技有限公司,,2003.4.5,,\n"
)
NONE = {"new": 0, "changed": 0, "same": 0, "doubtful": 0, "wrong": 0}


def shown(batch, viewer=OFFICER):
    return queries.get_batch(batch, viewer=viewer)


def preview(batch):
    return dict(actions.preview(batch=batch, at=AT, **WHO))


def records(batch):
    page = queries.list_preview(batch, viewer=OFFICER)
    return page.lines


def state_of_register():
    """Everything readers see, without when and how often it was written."""
    found = []
    for row in (row for chunk in register.iter_published() for row in chunk):
        seen = {k: v for k, v in row.payload.items() if k not in ("changed_at", "version")}
        found.append((row.id, row.name, json.dumps(seen, default=str, sort_keys=True)))
    return sorted(found)


def test_headers_of_a_foreign_file_find_their_fields(bring):
    batch = shown(bring(TWO))

    assert batch.state == "read"
    assert batch.mapping == {
        "企业名称": "name",
        "信用代码": "uscc",
        "成立时间": "founded_on",
        "注册资本(万元)": "registered_capital_yuan",
        "职工人数": "staff_count",
    }
    assert batch.reading["samples"]["职工人数"] == ["12"]
    assert batch.row_count == 2


def test_a_preview_counts_and_writes_nothing(bring):
    batch = bring(TWO)

    counts = preview(batch)

    assert counts == {**NONE, "new": 2}
    assert register.count_all() == 0
    assert shown(batch).state == "previewed"


def test_an_applied_file_is_in_the_register_with_source_and_units(run):
    batch = run(TWO)

    rows = {row.name: row for chunk in register.iter_published() for row in chunk}
    assert batch.state == "applied"
    assert batch.counts == {**NONE, "new": 2}
    capital = rows["上海甲科技有限公司"].numbers["registered_capital_yuan"]
    assert capital == Decimal(5_005_000)
    assert rows["上海乙科技有限公司"].payload["sources"][""]["date"] == "2016-06-01"


def test_the_same_file_twice_changes_nothing(run):
    run(TWO)
    before = state_of_register()

    again = run(TWO, hours=1)

    assert again.counts == {**NONE, "same": 2}
    assert state_of_register() == before
    assert list(journal.list_of_act(act=again.act)) == []


def test_a_changed_row_says_what_changes(run, bring):
    run(TWO)

    batch = bring(TWO.replace("500.5,12", "600,13"), source_date=AT.date())

    assert preview(batch) == {**NONE, "changed": 1, "same": 1}
    page = queries.list_preview(batch, viewer=OFFICER, outcomes=["changed"])
    assert page.total == 1
    assert page.lines[0]["changes"] == {
        "staff_count": [12, 13],
        "registered_capital_yuan": ["5005000.00", "6000000.00"],
    }


def test_wrong_rows_name_sheet_cell_value_reason_and_remedy(bring):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "企业"
    page.append(["名称", "统一社会信用代码", "成立日期", "职工人数"])
    page.append(["甲公司", 91110000600037341, "03/02/2001", "=1+1"])
    page.append([None, None, "2001-02-03", 5])
    file = io.BytesIO()
    book.save(file)

    batch = bring(file.getvalue(), "名单.xlsx")

    assert preview(batch) == {**NONE, "wrong": 2}
    first, second = records(batch)
    told = {each["place"]["cell"]: (each["value"], each["zh"]) for each in first["findings"]}
    assert set(told) == {"B2", "C2", "D2"}
    assert "15 位" in told["B2"][1]
    assert told["C2"][0] == "03/02/2001"
    assert told["D2"][0] == "=1+1"
    assert "公式" in told["D2"][1]
    assert "“名单.xlsx” 工作表“企业” 单元格 A3 “名称”" in second["findings"][0]["place"]["zh"]
    assert all(each["en"].endswith(".") for each in first["findings"])


def test_wrong_rows_keep_the_whole_file_out_unless_they_may_be_left_out(bring):
    batch = bring(TWO.replace("12\n", "许多\n"))
    preview(batch)

    with pytest.raises(ImportRefusedError) as refused:
        actions.apply(batch=batch, at=AT, **WHO)
    nothing = register.count_all()
    actions.choose(batch=batch, skips_bad_rows=True, at=AT, **WHO)
    counts = actions.apply(batch=batch, at=AT, **WHO)

    assert "1 行" in refused.value.zh
    assert nothing == 0
    assert counts == {**NONE, "new": 1, "wrong": 1}
    assert register.count_all() == 1


def test_a_row_with_an_unusable_cell_is_counted_and_left_out(bring):
    batch = bring(TWO + "上海丙科技有限公司,,03/02/2001,,\n上海丁科技有限公司,,,,7\n")
    actions.choose(batch=batch, skips_bad_rows=True, at=AT, **WHO)

    previewed = preview(batch)
    counts = dict(actions.apply(batch=batch, at=AT, **WHO))

    assert previewed == counts == {**NONE, "new": 3, "wrong": 1}


def test_a_ragged_line_is_wrong(bring):
    batch = bring(TWO + "上海丙科技有限公司,1\n")

    assert preview(batch)["wrong"] == 1
    assert "逗号" in records(batch)[2]["findings"][0]["zh"]


def test_a_header_in_another_currency_makes_every_number_wrong(bring):
    batch = bring("名称,注册资本（万美元）\n甲公司,5\n")

    assert preview(batch) == {**NONE, "wrong": 1}
    assert "万美元" in records(batch)[0]["findings"][0]["zh"]


def test_an_import_is_undone_as_one_act_exactly(run):
    run("名称,职工人数\n上海乙科技有限公司,3\n")
    before = state_of_register()
    batch = run(TWO, hours=1, source_date=AT.date())
    changed = state_of_register()

    actions.undo(batch=batch.id, at=AT + timedelta(hours=2), **WHO)

    assert changed != before
    assert state_of_register() == before
    assert shown(batch.id).state == "undone"
    with pytest.raises(ImportRefusedError):
        actions.undo(batch=batch.id, at=AT, **WHO)


def test_an_import_is_not_undone_under_later_changes(run):
    batch = run(TWO)
    (row,) = (r for chunk in register.iter_published() for r in chunk if "甲" in r.name)
    record = register.get_record(row.id, ADMINISTRATOR)
    registry.change(
        id=row.id,
        values={"staff_count": 99},
        version=record.version,
        source="电话核实",
        source_date=AT.date(),
        by="other",
        at=AT + timedelta(hours=1),
    )

    with pytest.raises(registry.UndoError) as refused:
        actions.undo(batch=batch.id, at=AT + timedelta(hours=2), **WHO)

    assert "other" in refused.value.zh
    assert shown(batch.id).state == "applied"
    assert register.count_all() == 2


def test_undoing_what_changed_nothing_is_possible(run):
    run(TWO)
    again = run(TWO, hours=1)

    assert actions.undo(batch=again.id, at=AT, **WHO) == 0
    assert shown(again.id).state == "undone"


def test_a_refused_file_is_kept_with_its_sentence(bring):
    batch = shown(bring(b"\xff\xff\xff"))

    assert batch.state == "refused"
    assert "UTF-8" in batch.refusal_zh
    assert batch.refusal_en
    with pytest.raises(ImportRefusedError):
        preview(batch.id)


def test_a_missing_system_is_asked_for_and_can_be_given(bring):
    feature = {
        "type": "Feature",
        "properties": {"名称": "甲公司"},
        "geometry": {"type": "Point", "coordinates": [121.415, 31.089]},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    batch = bring(content, "点.geojson")
    asked = shown(batch).refusal_zh

    actions.choose(batch=batch, crs="GCJ-02", at=AT, **WHO)
    preview(batch)
    actions.apply(batch=batch, at=AT, **WHO)

    ((row,),) = register.iter_published()
    assert "坐标系" in asked
    assert row.longitude == pytest.approx(121.4104, abs=1e-3)


def test_a_shape_becomes_a_point_inside_it_marked_as_rough(bring):
    ring = [[121.4, 31.0], [121.5, 31.0], [121.5, 31.1], [121.4, 31.0]]
    features = [
        {"type": "Feature", "properties": {"名称": name}, "geometry": geometry}
        for name, geometry in (
            ("甲园", {"type": "Polygon", "coordinates": [ring]}),
            ("乙园", None),
        )
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})

    batch = bring(content, "园.geojson", crs="EPSG:4490")
    preview(batch)

    first, second = records(batch)
    (notice,) = shown(batch).reading["notices"]
    assert "1 个线或面图形" in notice["zh"]
    assert "1 geometries" in notice["en"]
    assert first["values"]["precision"] == "road"
    assert 121.4 < float(first["values"]["longitude"]) < 121.5
    assert "longitude" not in second["values"]


def test_a_longitude_column_wins_over_the_geometry(bring):
    feature = {
        "type": "Feature",
        "properties": {"名称": "甲公司", "经度": 121.3, "纬度": 31.2, "坐标系": "WGS 84"},
        "geometry": {"type": "Point", "coordinates": [121.415, 31.089]},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})

    batch = bring(content, "点.geojson", crs="GCJ-02")
    preview(batch)

    assert records(batch)[0]["values"]["longitude"] == "121.3"


def test_the_template_can_be_imported_and_its_example_is_ignored(bring):
    name, content = queries.template_file("organization", viewer=OFFICER)

    batch = shown(bring(content, name))

    assert set(batch.mapping.values()) >= {"name", "uscc", "town"}
    assert None not in batch.mapping.values()
    assert preview(batch.id) == NONE


@pytest.mark.parametrize("kind", sorted(register_kind for register_kind in queries.KINDS))
def test_every_kind_has_a_template_whose_headers_find_their_own_fields(kind, bring):
    name, content = queries.template_file(kind, viewer=ADMINISTRATOR)
    expected = [each.name for each in queries.fields_for(kind, ADMINISTRATOR)]

    batch = bring(content, name, kind=kind, viewer=ADMINISTRATOR)

    assert list(shown(batch, ADMINISTRATOR).mapping.values()) == expected


def test_sheets_with_the_same_columns_are_one_list(bring):
    book = openpyxl.Workbook()
    for title in ("甲", "乙"):
        page = book.create_sheet(title)
        page.append(["名称"])
        page.append([f"{title}公司"])
    other = book.create_sheet("别的")
    other.append(["备注"])
    other.append(["无"])
    file = io.BytesIO()
    book.save(file)

    batch = bring(file.getvalue(), "名单.xlsx")

    assert preview(batch) == {**NONE, "new": 2}
    assert [each["is_used"] for each in shown(batch).reading["tables"]] == [True, True, False]


def test_what_was_changed_after_the_preview_is_previewed_again(bring, run):
    run("名称,职工人数\n上海双批科技有限公司,3\n")
    first = bring("名称,职工人数\n上海双批科技有限公司,9\n", at=AT + timedelta(hours=1))
    actions.preview(batch=first, at=AT + timedelta(hours=1), **WHO)
    run("名称,职工人数\n上海双批科技有限公司,7\n", hours=2)

    with pytest.raises(actions.ImportRefusedError) as caught:
        actions.apply(batch=first, at=AT + timedelta(hours=3), **WHO)

    assert "重新预览" in caught.value.zh
    actions.preview(batch=first, at=AT + timedelta(hours=3), **WHO)
    assert actions.apply(batch=first, at=AT + timedelta(hours=3), **WHO)["changed"] == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_example_row_of_every_kind_passes_the_registers_checks(kind):
    fields = fields_for(kind, ADMINISTRATOR)
    columns = template_columns(fields, (), ())
    row = {field.name: each.example for field, each in zip(fields, columns, strict=True)}

    found = register.validate(kind, row, ADMINISTRATOR)

    assert [each.zh for each in found] == []
    assert {row[each] for each in row if each.endswith("longitude")} == {"121.415"}
    assert all(each.example for f, each in zip(fields, columns, strict=True) if f.unit)


def test_english_headers_find_their_fields():
    headers = ("Company Name", "credit_code", "EMPLOYEES", "Address", "Lng", "Lat", "Established")
    found = suggest(headers, targets(KINDS["organization"], fields_for("organization", OFFICER)))

    assert [each.target for each in found] == [
        "name",
        "uscc",
        "staff_count",
        "address",
        "longitude",
        "latitude",
        "founded_on",
    ]
