"""The user's file comes back with what is wrong written into it, and otherwise as it was."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
import shapely
import xlsxwriter
from openpyxl.styles import Font

from chuangtu.engines.tables.mark import mark
from chuangtu.engines.tables.model import Column, Fault, Place, Problem, Shape, ValueType
from chuangtu.engines.tables.read import read
from chuangtu.engines.tables.write import Format, write
from tests.engines.tables.workbooks import MAIN, XML, row, sheet, text, workbook

WRONG = Fault("wrong", "不对。", "It is wrong.")
RED = "FFFFC7CE"


def marked(path, name, problems, **options):
    tables = read(path, name=name, **options)
    language = "zh"
    ending, pieces = mark(path, tables, [p(tables) for p in problems], language=language)
    return ending, b"".join(pieces)


def at(index, column, table=0):
    return lambda tables: Problem(WRONG, tables[table].place(index, column), "值")


@pytest.fixture
def own_file(tmp_path):
    """A workbook as a person makes one: colours, a formula, another sheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "企业"
    page.append(["名称", "面积", "备注"])
    page.append(["甲", 12.5, "=1+1"])
    page.append(["乙", None, "好"])
    page["A2"].font = Font(bold=True)
    book.create_sheet("别的").append(["留着"])
    path = tmp_path / "own.xlsx"
    book.save(path)
    return path


def test_wrong_cells_are_coloured_and_remarks_stand_at_the_right(own_file):
    ending, content = marked(own_file, "own.xlsx", [at(0, 0), at(0, 2), at(1, 1)])

    page = openpyxl.load_workbook(io.BytesIO(content))["企业"]
    assert ending == "xlsx"
    assert [each.value for each in page["D"]] == [
        "问题",
        "名称：不对。 备注：不对。",
        "面积：不对。",
    ]
    red = {each.coordinate for line in page for each in line if each.fill.fgColor.rgb == RED}
    assert red == {"A2", "C2", "B3"}


def test_what_the_user_made_of_it_stays(own_file):
    _, content = marked(own_file, "own.xlsx", [at(0, 0)])

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book["企业"]["A2"].font.bold
    assert book["企业"]["C2"].value == "=1+1"
    assert book["别的"]["A1"].value == "留着"
    assert book["企业"]["B2"].value == 12.5


def test_a_row_or_a_sheet_without_remarks_is_not_touched(own_file):
    _, content = marked(own_file, "own.xlsx", [])

    page = openpyxl.load_workbook(io.BytesIO(content))["企业"]
    assert [each.value for each in page["D"]] == ["问题", None, None]


def test_a_remark_about_a_whole_row_or_the_file_has_no_cell(own_file):
    def whole_row(tables):
        return Problem(WRONG, tables[0].place(0))

    def whole_file(tables):
        return Problem(WRONG, Place("own.xlsx"))

    _, content = marked(own_file, "own.xlsx", [whole_row, whole_file])

    page = openpyxl.load_workbook(io.BytesIO(content))["企业"]
    assert page["D2"].value == "不对。"
    assert page["A2"].fill.fgColor.rgb != RED


def test_our_own_export_and_a_shared_string_file_can_be_marked(tmp_path):
    exported = tmp_path / "a.xlsx"
    exported.write_bytes(b"".join(write(Format.XLSX, [Column("名称")], [[["甲 "]]])))
    shared = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(shared) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["名称"])
        page.write_row(1, 0, ["甲"])

    for path in (exported, shared):
        _, content = marked(path, path.name, [at(0, 0)])
        page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert page["B2"].value == "名称：不对。"
        assert page["A2"].fill.fgColor.rgb == RED


def test_a_marked_file_can_be_mended_and_read_again(own_file, tmp_path):
    _, content = marked(own_file, "own.xlsx", [at(1, 1)])
    again = tmp_path / "again.xlsx"
    again.write_bytes(content)

    _, twice = marked(again, "again.xlsx", [])

    page = openpyxl.load_workbook(io.BytesIO(twice))["企业"]
    assert page["D3"].value == "面积：不对。"
    assert [page["D1"].value, page["E1"].value] == ["问题", "问题 2"]


def test_a_workbook_without_styles_gets_remarks_without_colours(tmp_path):
    path = tmp_path / "a.xlsx"
    unnumbered = "<row><c t='inlineStr'><is><t>x</t></is></c></row>"
    bare = '<row r="4"><c><v>1</v></c></row>'
    path.write_bytes(
        workbook(
            {"名单": sheet(row(1, text("A1", "名称")), row(2, text("A2", "甲")), unnumbered, bare)}
        )
    )

    _, content = marked(path, "a.xlsx", [at(0, 0), at(2, 0)])

    (table,) = read(_kept(tmp_path, content), name="marked.xlsx")
    assert table.headers == ("名称", "问题")
    assert table.rows[0] == ["甲", "名称：不对。"]


@pytest.mark.parametrize("styles", ["", "<x:fills><x:fill/></x:fills>"])
def test_styles_without_cell_formats_are_left_alone(tmp_path, styles):
    path = tmp_path / "a.xlsx"
    part = f'{XML}<x:styleSheet xmlns:x="{MAIN}">{styles}</x:styleSheet>'
    path.write_bytes(workbook(extra={"xl/styles.xml": part}))

    _, content = marked(path, "a.xlsx", [at(0, 0)])

    (table,) = read(_kept(tmp_path, content), name="marked.xlsx")
    assert table.rows[0][2] == "名称：不对。"


def test_a_prefix_before_every_name_is_kept(tmp_path):
    page = (
        f'{XML}<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>名称</x:t></x:is></x:c></x:row>'
        '<x:row r="2" spans="1:1"><x:c r="A2" s="0"><x:v>7</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    styles = (
        f'{XML}<x:styleSheet xmlns:x="{MAIN}"><x:fills count="1"><x:fill/></x:fills>'
        '<x:cellXfs count="1"><x:xf fillId="0"><x:alignment/></x:xf></x:cellXfs></x:styleSheet>'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"名单": page}, extra={"xl/styles.xml": styles}))

    _, content = marked(path, "a.xlsx", [at(0, 0)])

    (table,) = read(_kept(tmp_path, content), name="marked.xlsx")
    assert table.rows == [[7.0, "名称：不对。"]]


def test_a_csv_gets_a_column_of_remarks(tmp_path):
    path = tmp_path / "a.csv"
    lines = '\n名称,面积\n甲,\'=1\n\n"乙\n二"\n' + "丙,1\n" * 2_000
    path.write_bytes(lines.encode("gb18030"))

    ending, content = marked(path, "a.csv", [at(0, 0), at(0, 1), at(1, 1)])

    records = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert ending == "csv"
    assert records[0] == ["名称", "面积", "问题"]
    assert records[1] == ["甲", "'=1", "名称：不对。 面积：不对。"]
    assert records[2] == ["乙\n二", "", "面积：不对。"]
    assert len(records) == 2_003


def test_a_geographic_file_gets_a_list_of_remarks(tmp_path):
    path = tmp_path / "a.geojson"
    columns = [Column("名称"), Column("geometry", ValueType.GEOMETRY)]
    point = shapely.to_wkb(shapely.Point(121, 31))
    path.write_bytes(b"".join(write(Format.GEOJSON, columns, [[["甲", point]]])))
    tables = read(path, name="a.geojson")

    about_all = Problem(WRONG, Place("a.geojson", Shape.FEATURES))
    problems = [at(0, 0)(tables), about_all]
    ending, pieces = mark(path, tables, problems, language="en")

    records = list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))
    assert ending == "csv"
    assert records[0] == ["File", "Sheet or layer", "Position", "Column", "Value", "Problem"]
    assert records[1] == ["a.geojson", "", "1", "名称", "值", "It is wrong."]
    assert records[2] == ["a.geojson", "", "", "", "", "It is wrong."]


def test_remarks_are_english_for_an_english_reader(own_file, tmp_path):
    tables = read(own_file, name="own.xlsx")
    problem = at(0, 0)(tables)

    sheet_content = b"".join(mark(own_file, tables, [problem], language="en")[1])
    path = tmp_path / "a.csv"
    path.write_text("名称\n甲\n", encoding="utf-8")
    line_tables = read(path, name="a.csv")
    lines = b"".join(mark(path, line_tables, [at(0, 0)(line_tables)], language="en")[1])

    page = openpyxl.load_workbook(io.BytesIO(sheet_content))["企业"]
    assert [page["D1"].value, page["D2"].value] == ["Problem", "名称: It is wrong."]
    assert lines.decode("utf-8-sig").splitlines() == ["名称,Problem", "甲,名称: It is wrong."]


def _kept(tmp_path, content):
    path = tmp_path / "marked.xlsx"
    path.write_bytes(content)
    return path
