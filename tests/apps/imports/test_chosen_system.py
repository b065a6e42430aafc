"""The coordinate system chosen for a file is that of every position which names none itself."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.core.management import call_command

from chuangtu.apps.imports import actions, queries
from chuangtu.apps.imports.actions import ImportRefusedError
from chuangtu.apps.registry import queries as register
from chuangtu.terms.coordinates import Crs, convert
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT, WHO
from tests.apps.imports.test_drawn_round_trip import exported

X, Y = 121.415, 31.089
HEAD = "名称,经度,纬度"
PLAIN = f"{HEAD}\n甲公司,{X},{Y}\n"

pytestmark = pytest.mark.django_db


def placed():
    return [each for some in register.iter_published() for each in some]


def told(batch):
    shown = queries.get_batch(batch, viewer=OFFICER)
    return [each["zh"] for each in (*shown.reading["notices"], *shown.reading["told"])]


def as_xlsx(text):
    book, target = openpyxl.Workbook(), io.BytesIO()
    for line in text.splitlines():
        book.active.append(line.split(","))
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("system", list(Crs))
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_columns_of_degrees_are_read_in_the_chosen_system(run, form, system):
    content = PLAIN if form == "csv" else as_xlsx(PLAIN)
    shown = run(content, name=f"名单.{form}", crs=system.value)
    again = run(content, name=f"名单.{form}", crs=system.value, hours=1)

    (row,) = placed()
    expected = convert(X, Y, system, Crs.WGS84)
    assert (row.longitude, row.latitude) == pytest.approx(expected, abs=1e-8)
    assert "1 行的经纬度没有写明坐标系" in "".join(told(shown.id))
    assert again.counts["same"] == 1


def test_a_row_that_names_its_system_keeps_it_and_the_difference_is_told(run):
    text = f"{HEAD},坐标系\n甲公司,{X},{Y},WGS 84\n乙公司,{X},{Y},\n丙公司,,,百度\n"

    shown = run(text, crs="gcj02")

    first, second, third = sorted(placed(), key=lambda each: each.id)
    assert (first.longitude, first.latitude) == (X, Y)
    assert second.longitude == pytest.approx(convert(X, Y, Crs.GCJ02, Crs.WGS84)[0])
    assert third.longitude is None
    assert ["1 行的经纬度" in each or "1 行自己写明" in each for each in told(shown.id)] == [
        True
    ] * 2


def test_the_system_can_be_chosen_with_the_columns_and_is_undone_with_the_rows(bring):
    batch = bring(PLAIN)
    actions.preview(batch=batch, at=AT, **WHO)
    wrong = queries.get_batch(batch, viewer=OFFICER).counts["wrong"]

    actions.choose(batch=batch, crs="bd09", mapping={"名称": "name"}, at=AT, **WHO)
    counts = actions.preview(batch=batch, at=AT, **WHO)
    actions.apply(batch=batch, at=AT, **WHO)
    (row,) = placed()
    actions.undo(batch=batch, at=AT, **WHO)

    assert (wrong, counts["new"]) == (1, 1)
    assert row.longitude == pytest.approx(convert(X, Y, Crs.BD09, Crs.WGS84)[0])
    assert register.count_all() == 0


def test_an_export_comes_back_the_same_whatever_is_chosen_for_it(run):
    run(f"{HEAD},坐标系\n甲公司,{X},{Y},GCJ-02\n乙公司,,,\n")
    for form in ("csv", "xlsx"):
        back = run(exported(form, "organization"), name=f"导出.{form}", crs="bd09", hours=1)

        assert (back.counts["same"], back.row_count) == (2, 2)


def test_only_one_of_the_four_systems_is_taken_for_columns(bring):
    refused = queries.get_batch(bring(PLAIN, crs="EPSG:4549"), viewer=OFFICER)
    batch = bring(PLAIN)

    assert refused.reading == {"refusal": "columns_crs"}
    assert "EPSG:4549" in refused.refusal_zh
    with pytest.raises(ImportRefusedError, match="GCJ-02"):
        actions.choose(batch=batch, crs="EPSG:4549", at=AT, **WHO)


def test_what_a_geographic_file_names_wins_over_the_choice_and_is_told(run):
    point = {"type": "Point", "coordinates": [X, Y]}
    feature = {"type": "Feature", "properties": {"名称": "甲公司"}, "geometry": point}
    named = {"type": "name", "properties": {"name": "EPSG:4490"}}
    content = {"type": "FeatureCollection", "crs": named, "features": [feature]}

    shown = run(json.dumps(content), name="点.geojson", crs="gcj02")

    (row,) = placed()
    assert (row.longitude, row.latitude) == (X, Y)
    assert "EPSG:4490" in told(shown.id)[0]
    assert "GCJ-02" in told(shown.id)[0]


def test_the_console_takes_the_system_too(tmp_path, capsys):
    path = tmp_path / "名单.csv"
    path.write_text(PLAIN, encoding="utf-8")

    call_command(
        *("import", str(path), "--kind", "organization", "--source", "测试"),
        *("--date", "2016-06-01", "--crs", "GCJ-02"),
    )

    (row,) = placed()
    assert row.longitude == pytest.approx(convert(X, Y, Crs.GCJ02, Crs.WGS84)[0])
    assert "按 GCJ-02 读取" in capsys.readouterr().out
