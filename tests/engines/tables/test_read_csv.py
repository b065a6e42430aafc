"""Comma-separated text: every line accounted for, every byte understood or named."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from chuangtu.engines.tables.limits import LIMITS
from chuangtu.engines.tables.model import Place, Shape
from chuangtu.engines.tables.read_csv import open_csv

PLAIN = "名称,面积\n甲,12.5\n乙,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_the_usual_chinese_encodings_are_read(reading, encoding):
    (table,) = reading(PLAIN.encode(encoding), "名单.csv")

    assert table.headers == ("名称", "面积")
    assert table.rows == [["甲", "12.5"], ["乙", None]]


def test_chinese_that_happens_to_be_sound_utf8_is_still_chinese(reading):
    (table,) = reading("a,b\n莘庄,1\n".encode("gb18030"), "名单.csv")

    assert table.rows == [["莘庄", "1"]]


@pytest.mark.parametrize("text", ["café", "Straße", "莘庄 \u0777", "שלום"])
@pytest.mark.parametrize("mark", ["utf-8-sig"])
def test_other_scripts_are_read_as_the_mark_says(reading, text, mark):
    assert reading(f"a\n{text}\n".encode(mark), "名单.csv")[0].rows == [[text]]


@pytest.mark.parametrize("text", ["café", "Straße", "莘庄 \u0777"])
def test_other_scripts_are_read_without_a_mark_where_they_are_certain(reading, text):
    assert reading(f"a\n{text}\n".encode(), "名单.csv")[0].rows == [[text]]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found_out(reading, delimiter):
    content = f'"名,;称"{delimiter}面积\r\n甲{delimiter}1\r\n'

    (table,) = reading(content.encode(), "名单.csv")

    assert table.headers == ("名,;称", "面积")
    assert table.rows == [["甲", "1"]]


def test_a_place_is_the_line_it_starts_on(reading):
    content = '\n名称,备注\n甲,"一\n二"\n\n乙,三\n'

    (table,) = reading(content.encode(), "名单.csv")

    assert list(table.numbers) == [3, 6]
    assert table.place(1, 1).zh == "“名单.csv” 第 6 行 第 2 列 “备注”"
    assert table.place(1, 1).en == "'名单.csv', line 6, column 2, '备注'"


def test_a_line_with_too_few_or_too_many_values_is_broken(reading):
    content = "名称,面积,地址\n甲,1\n乙,1,2,3\n丙,1,2,,\n丁,1,2\n"

    (table,) = reading(content.encode(), "名单.csv")

    assert sorted(table.broken) == [0, 1]
    assert table.broken[0].code == "ragged"
    assert "2 个值" in table.broken[0].zh
    assert "4 values" in table.broken[1].en
    assert table.rows[2] == ["丙", "1", "2"]


def test_a_value_under_no_header_is_refused_with_its_line(refusal):
    error = refusal("名称,,面积\n甲,x,1\n".encode(), "名单.csv")

    assert error.code == "blank_header"
    assert "第 2 行" in error.zh


def test_bytes_that_fit_no_encoding_are_named_by_line_and_byte(refusal):
    content = "名称,面积\n甲,1\n".encode() + b"\xff\xff,2\n"

    error = refusal(content, "名单.csv")

    assert error.code == "wrong_encoding"
    assert "第 3 行" in error.zh
    assert f"第 {len(content) - 4} 字节" in error.zh


def test_a_character_cut_at_a_piece_boundary_is_read_whole(reading):
    padding = ("a" * 1023 + "\n") * 1023 + "a" * (1024 - 9) + "\n"

    (table,) = reading(f"名称\n{padding}中文\n".encode(), "名单.csv", limits=LIMITS)

    assert table.rows[-1] == ["中文"]


def test_a_wrong_byte_after_a_boundary_is_counted_from_the_start(refusal):
    content = (b"a" * 1023 + b"\n") * 1024 + b"a" * (1024 - 1) + "中".encode() + b"\xff\xff\n"

    assert str(len(content) - 2) in refusal(content, "名单.csv").zh


def test_utf16_is_refused_with_its_own_sentence(refusal):
    assert refusal(PLAIN.encode("utf-16"), "名单.csv").code == "utf16"


TRADITIONAL = "名稱,地址\n上海閔行資訊科技有限公司,東川路八百號\n機器人研究院,滬閔路十號\n"


@pytest.mark.parametrize("text", [TRADITIONAL, "編號,面積\n1,2\n"])
def test_big5_is_refused_with_its_own_sentence(refusal, text):
    assert refusal(text.encode("cp950"), "名單.csv").code == "big5"


@pytest.mark.parametrize("text", [TRADITIONAL, "名称,地址\n上海闵行信息科技有限公司,东川路\n"])
def test_gb18030_is_not_taken_for_big5(tmp_path, text):
    path = tmp_path / "名单.csv"
    path.write_bytes(text.encode("gb18030"))

    assert open_csv(path, Place("名单.csv", Shape.LINES))[0] == "gb18030"


@pytest.mark.parametrize("garbled", ["锟斤拷", "\ufffd", "\ue000"])
def test_text_garbled_before_is_refused_with_its_line(refusal, garbled):
    error = refusal(f"名称,面积\n甲,1\n{garbled},2\n".encode(), "名单.csv")

    assert error.code == "garbled"
    assert "第 3 行" in error.zh


def test_nul_is_refused_with_its_line(refusal):
    error = refusal("名称\n甲\0\n".encode(), "名单.csv")

    assert error.code == "nul"
    assert "第 2 行" in error.zh


def test_a_quote_that_never_closes_is_named_by_the_line_it_opens_on(refusal):
    error = refusal('名称,面积\n甲,1\n"乙,2\n丙,3\n'.encode(), "名单.csv")

    assert error.code == "open_quote"
    assert "第 3 行" in error.zh


def test_a_quote_that_swallows_many_lines_may_lack_its_end(refusal):
    error = refusal(('名称,面积\n甲,1\n"' + "x,1\n" * 50_000).encode(), "名单.csv")

    assert error.code == "long_quote"
    assert "第 3 行" in error.zh
    assert "引号" in error.zh


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_too_long_to_be_read_is_no_open_quote(refusal, quote):
    content = f"名称,面积\n甲,1\n{quote}{'x' * 200_000}{quote},1\n"

    error = refusal(content.encode(), "名单.csv")

    assert error.code == "long_cell"
    assert "第 3 行" in error.zh
    assert str(csv.field_size_limit()) in error.zh
    assert "引号" not in error.zh


def test_text_after_a_closing_quote_is_refused(refusal):
    assert refusal('名称\n"甲"乙\n'.encode(), "名单.csv").code == "stray_quote"


def test_empty_files_and_headers_alone_are_refused(refusal):
    assert refusal(b"", "名单.csv").code == "empty"
    assert refusal(b"\n\n", "名单.csv").code == "empty"
    assert refusal("名称,面积\n".encode(), "名单.csv").code == "header_only"


def test_a_title_above_the_headers_is_left_out_and_told(reading):
    content = "企业名录2015,\n,\n名称,面积\n甲,1\n乙,\n丙,3\n"

    (table,) = reading(content.encode(), "名单.csv")

    assert (table.headers, table.header_row) == (("名称", "面积"), 3)
    assert table.numbers == [4, 5, 6]
    assert [each.value for each in table.notices] == ["企业名录2015"]


@pytest.mark.parametrize(
    ("delimiter", "title"),
    [
        (",", "企业名录2015"),
        (";", "企业名录2015"),
        ("\t", "企业名录2015"),
        ("\t", "企业名录,2015年;内部"),
        (";", "企业名录,2015年\n按街镇"),
    ],
)
def test_the_lines_under_a_title_tell_the_delimiter(reading, delimiter, title):
    rows = [["名称", "面积", "简介"], ["甲", "1", '"x,y;z\n,;"'], ["乙", "2", "说明，很长"]]
    table = "\n".join(delimiter.join(each) for each in rows)
    lines = len(title.splitlines())

    (read,) = reading(f"{title}\n\n{table}\n".encode(), "名单.csv")

    assert (read.headers, read.header_row) == (("名称", "面积", "简介"), lines + 2)
    assert [list(each) for each in read.rows] == [["甲", "1", "x,y;z\n,;"], rows[2]]
    assert [each.value for each in read.notices] == title.splitlines()


def test_commas_inside_of_the_cells_do_not_part_them(reading):
    content = "名称;资本;简介\n甲;1,5;一,二,三\n乙;2,5;四,五,六\n"

    (table,) = reading(content.encode(), "名单.csv")

    assert table.rows == [["甲", "1,5", "一,二,三"], ["乙", "2,5", "四,五,六"]]


def test_a_comma_too_many_in_a_list_of_one_column_is_a_fault_of_its_line(reading):
    (table,) = reading("名称\n甲\n乙,1\n".encode(), "名单.csv")

    assert table.headers == ("名称",)
    assert [each.code for each in table.broken.values()] == ["ragged"]


def test_a_header_that_is_there_twice_is_refused(refusal):
    error = refusal("名称,名称\n甲,乙\n".encode(), "名单.csv")

    assert error.code == "duplicate_header"
    assert "第 1 行 第 2 列" in error.zh


def test_too_many_rows_or_columns_are_refused(refusal):
    assert refusal(PLAIN.encode(), "a.csv", limits=replace(LIMITS, rows=1)).code == "too_many_rows"
    limits = replace(LIMITS, columns=1)
    assert refusal(PLAIN.encode(), "a.csv", limits=limits).code == "too_many_columns"


def test_an_apostrophe_put_before_a_formula_is_taken_away(reading):
    content = "名称\n'=1+1\n'甲\n"

    (table,) = reading(content.encode(), "名单.csv")

    assert table.rows == [["=1+1"], ["'甲"]]


def test_a_file_of_another_kind_is_refused(refusal):
    assert refusal(b"hello", "名单.doc").code == "unknown_file"
    assert refusal(b"SQLite format 3\0" + bytes(100), "名单.db").code == "unknown_file"
