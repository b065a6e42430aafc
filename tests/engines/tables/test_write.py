"""What is written is read back equal, streamed, and never runs as a formula."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from chuangtu.engines.tables import write_xlsx as xlsx
from chuangtu.engines.tables.model import Column, ValueType, Wanted
from chuangtu.engines.tables.parse import parse
from chuangtu.engines.tables.read import read
from chuangtu.engines.tables.write import Format, write
from chuangtu.engines.tables.write_csv import guarded, unguarded
from chuangtu.engines.tables.write_xlsx import write_xlsx

COLUMNS = [
    Column("名称", ValueType.TEXT),
    Column("人数", ValueType.INTEGER),
    Column("面积（平方米）", ValueType.DECIMAL, 2),
    Column("成立日期", ValueType.DAY),
    Column("高企", ValueType.BOOLEAN),
    Column("geometry", ValueType.GEOMETRY),
]
WANTED = [Wanted(each.type, scale=each.scale) for each in COLUMNS[:5]]

# A sheet holds no control characters but these, and no lone surrogates; a file holds no NUL.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc", "Co")),
        st.sampled_from("\t\n\r=+-@'\"<>&,;_x"),
    ),
    max_size=20,
)
POINTS = st.builds(
    lambda x, y: shapely.to_wkb(shapely.Point(x, y)),
    st.integers(-1_800_000_000, 1_800_000_000).map(lambda n: n / 10_000_000),
    st.integers(-900_000_000, 900_000_000).map(lambda n: n / 10_000_000),
)
ROWS = st.tuples(
    st.one_of(st.none(), TEXTS),
    st.one_of(st.none(), st.integers(-(10**14), 10**14)),
    st.one_of(st.none(), st.decimals(-(10**12), 10**12, places=2)),
    st.one_of(st.none(), st.dates(date(1800, 1, 1))),
    st.one_of(st.none(), st.booleans()),
    st.one_of(st.none(), POINTS),
)


def parsed(cells, wanted):
    """The row as an importer would understand it; blanks around text do not count there."""
    return [parse(cell, want) for cell, want in zip(cells, wanted, strict=True)]


def understood(text):
    return parse(text, WANTED[0])


def written(tmp_path, form, columns, batches):
    path = tmp_path / f"written.{form}"
    with path.open("wb") as file:
        for piece in write(form, columns, batches):
            file.write(piece)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("written")


@pytest.mark.parametrize("form", [Format.CSV, Format.XLSX, Format.GEOJSON, Format.GPKG])
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=5))
def test_what_is_written_is_read_back_equal(folder, form, rows):
    # A record without a single value is no record to a reader of sheets and lines.
    rows = [(f"甲{row[0] or ''}", *row[1:]) for row in rows]

    path = written(folder, form, COLUMNS, [rows[:2], rows[2:]])
    (table,) = read(path, name=path.name)

    expected = [[understood(row[0]), *row[1:5]] for row in rows]
    assert [parsed(list(cells)[:5], WANTED) for cells in table.rows] == expected
    if table.geometries is not None:
        shapes = [None if row[5] is None else shapely.from_wkb(row[5]) for row in rows]
        assert list(shapely.from_wkb(table.geometries)) == shapes
        assert table.crs == "EPSG:4326"


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=5))
def test_parquet_keeps_every_value_and_type(folder, rows):
    path = written(folder, Format.PARQUET, COLUMNS, [rows])

    table = pq.read_table(path)

    assert [tuple(each.values()) for each in table.to_pylist()] == rows
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["primary_column"] == "geometry"


@given(TEXTS)
def test_an_apostrophe_is_put_and_taken_away_exactly(text):
    assert unguarded(guarded(text)) == text


@given(st.lists(st.one_of(st.none(), TEXTS), min_size=1, max_size=5))
def test_no_text_of_a_csv_can_run(texts):
    content = b"".join(write(Format.CSV, [Column("文")], [[[each]] for each in texts]))

    import csv

    records = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert not [
        each for each in records if each and each[0][:1] in ("=", "+", "-", "@", "\t", "\r")
    ]


def test_true_numbers_of_a_csv_stay_numbers():
    columns = [Column("一", ValueType.INTEGER), Column("二", ValueType.DECIMAL)]

    content = b"".join(write(Format.CSV, columns, [[[-5, Decimal("-1.50")]]]))

    assert content.decode("utf-8-sig") == "一,二\r\n-5,-1.50\r\n"


def test_no_text_of_a_workbook_is_a_formula(tmp_path):
    path = written(tmp_path, Format.XLSX, [Column("=A1")], [[["=1+1"], ["@SUM(A1)"], ["-2"]]])

    sheet = openpyxl.load_workbook(path).active

    assert [(each.value, each.data_type) for (each,) in sheet.iter_rows()] == [
        ("=A1", "s"),
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
        ("-2", "s"),
    ]


def test_a_workbook_is_what_another_reader_reads_too(tmp_path):
    rows = [["甲 & <乙>", 5, Decimal("1234.50"), date(2015, 12, 31), True, None]]

    path = written(tmp_path, Format.XLSX, COLUMNS[:5], [[row[:5] for row in rows]])
    book = openpyxl.load_workbook(path)
    cells = book["数据"][2]

    assert [each.value for each in cells] == ["甲 & <乙>", 5, 1234.5, cells[3].value, "是"]
    assert cells[3].value.date() == date(2015, 12, 31)
    assert [each.number_format for each in cells] == [
        "@",
        "General",
        "0.00",
        "yyyy\\-mm\\-dd",
        "@",
    ]
    assert book["数据"].freeze_panes == "A2"


def test_a_number_excel_cannot_hold_is_written_as_text(tmp_path):
    columns = [Column("号", ValueType.INTEGER), Column("数", ValueType.DECIMAL, 4)]
    exact, too_long = Decimal("123456789012.0000"), Decimal("123456789012.3456")

    path = written(tmp_path, Format.XLSX, columns, [[[10**17 + 1, too_long], [1, exact]]])
    sheet = openpyxl.load_workbook(path).active

    assert [each.value for each in sheet[2]] == ["100000000000000001", "123456789012.3456"]
    assert [each.value for each in sheet[3]] == [1, 123456789012]


def test_a_text_past_what_excel_holds_says_so(tmp_path):
    path = written(tmp_path, Format.XLSX, [Column("文")], [[["长" * 40_000]]])

    value = openpyxl.load_workbook(path).active["A2"].value

    assert len(value) == 32_767
    assert value.endswith("完整内容请用 csv 导出）")


def test_control_characters_survive_a_workbook(tmp_path):
    text = "a\x07b_x0041_c"

    path = written(tmp_path, Format.XLSX, [Column("文")], [[[text]]])
    (table,) = read(path, name="a.xlsx")

    assert table.rows == [[text]]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path):
    batches = [[[f"行{n}"] for n in range(start, start + 7)] for start in (0, 7, 14)]
    path = tmp_path / "many.xlsx"

    path.write_bytes(b"".join(write_xlsx([Column("名称")], batches, sheet_rows=6)))
    tables = read(path, name="many.xlsx")

    assert [each.sheet for each in tables] == ["数据", "数据 2", "数据 3", "数据 4", "数据 5"]
    assert [row[0] for each in tables for row in each.rows] == [f"行{n}" for n in range(21)]
    assert openpyxl.load_workbook(path).sheetnames[4] == "数据 5"


def test_a_sheet_ends_before_its_zip_entry_needs_extensions(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "SHEET_BYTES", 10)
    path = tmp_path / "many.xlsx"

    path.write_bytes(b"".join(write_xlsx([Column("名称")], [[["甲"]], [["乙"]]])))

    assert len(read(path, name="many.xlsx")) == 2


@pytest.mark.parametrize("form", [Format.CSV, Format.XLSX, Format.GEOJSON, Format.PARQUET])
def test_the_first_piece_is_sent_before_the_last_batch_is_made(form):
    made = []

    def batches():
        for start in range(0, 100_000, 25_000):
            made.append(start)
            yield [[f"行{n}"] for n in range(start, start + 25_000)]

    pieces = write(form, [Column("名称")], batches())
    while not next(pieces):
        pass

    assert len(made) < 4


def test_a_parquet_file_has_groups_and_all_rows(tmp_path):
    batches = ([[f"行{n}"] for n in range(start, start + 900)] for start in range(0, 45_000, 900))

    path = written(tmp_path, Format.PARQUET, [Column("名称")], batches)

    assert pq.ParquetFile(path).num_row_groups == 3
    assert pq.read_table(path).column("名称").to_pylist() == [f"行{n}" for n in range(45_000)]


def test_an_export_that_nobody_waits_for_is_let_go():
    pieces = write(Format.XLSX, [Column("名称")], iter([[["甲"]], [["乙"]]]))
    next(pieces)

    pieces.close()

    assert list(pieces) == []


@pytest.mark.parametrize("form", list(Format))
def test_no_rows_are_a_file_too(tmp_path, form):
    path = written(tmp_path, form, COLUMNS, [[]])

    assert path.stat().st_size > 0


def test_an_empty_geojson_is_a_collection():
    content = b"".join(write(Format.GEOJSON, COLUMNS, [[]]))

    assert json.loads(content)["features"] == []


def test_geometry_alone_or_none_at_all_is_geojson_too():
    point = shapely.to_wkb(shapely.Point(121, 31))

    alone = json.loads(b"".join(write(Format.GEOJSON, COLUMNS[5:], [[[point]]])))
    without = json.loads(b"".join(write(Format.GEOJSON, COLUMNS[:1], [[["甲"]]])))

    assert alone["features"][0]["geometry"]["coordinates"] == [121, 31]
    assert alone["features"][0]["properties"] == {}
    assert without["features"][0]["geometry"] is None


def test_geojson_numbers_have_every_digit():
    columns = [Column("数", ValueType.DECIMAL, 4)]

    content = b"".join(write(Format.GEOJSON, columns, [[[Decimal("123456789012345678.0001")]]]))

    assert b"123456789012345678.0001" in content


def test_rows_without_geometry_are_a_geopackage_and_a_parquet_file_too(tmp_path):
    package = written(tmp_path, Format.GPKG, COLUMNS[:2], [[["甲", 1]]])
    parquet = written(tmp_path, Format.PARQUET, COLUMNS[:2], [[["甲", 1]]])

    with sqlite3.connect(package) as database:
        rows = database.execute('SELECT "名称", "人数", geom FROM data').fetchall()
    database.close()
    assert rows == [("甲", 1, None)]
    assert b"geo" not in (pq.read_schema(parquet).metadata or {})


def test_a_geometry_in_a_sheet_or_a_line_is_its_text(tmp_path):
    row = [shapely.to_wkb(shapely.Point(121.123456789, 31))]

    lines = written(tmp_path, Format.CSV, COLUMNS[5:], [[row, [None]]])
    sheet = written(tmp_path, Format.XLSX, COLUMNS[5:], [[row, [None]]])

    assert "POINT (121.123456789 31)" in lines.read_text(encoding="utf-8-sig")
    assert openpyxl.load_workbook(sheet).active["A2"].value == "POINT (121.123456789 31)"


def test_a_workbook_never_seeks_and_is_a_sound_zip(tmp_path):
    path = written(tmp_path, Format.XLSX, COLUMNS[:1], [[["甲"]]])

    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize("form", list(Format))
def test_every_format_has_its_media_type(form):
    assert "/" in form.media_type
