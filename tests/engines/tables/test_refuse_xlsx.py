"""A workbook that could harm or mislead is refused, each with its own sentence."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import replace

import pytest

from chuangtu.engines.tables import read_xlsx, scan_xlsx
from chuangtu.engines.tables.limits import LIMITS
from tests.engines.tables.workbooks import (
    FIRST,
    HEADERS,
    MAIN,
    PLAIN,
    XML,
    number,
    row,
    shared_strings,
    sheet,
    text,
    workbook,
    zipped,
)


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/vbaProject.bin": b"x"},
        {"xl/macrosheets/sheet1.xml": "<a/>"},
    ],
)
def test_a_workbook_with_macros_is_refused(refusal, parts):
    assert refusal(workbook(extra=parts)).code == "macro"


def test_a_macro_workbook_is_refused_by_its_type_and_by_its_name(refusal):
    types = (
        '<Override PartName="/xl/x.xml" ContentType="application/vnd.ms-excel.sheet'
        '.macroEnabled.main+xml"/>'
    )

    assert refusal(workbook(types=types)).code == "macro"
    assert refusal(workbook(), "名单.XLSM").code == "macro"


def test_a_binary_workbook_is_refused(refusal):
    assert refusal(workbook(extra={"xl/workbook.bin": b"x"}), "名单.xlsb").code == "binary_excel"


def test_an_old_workbook_under_a_new_name_is_refused(refusal):
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)

    assert refusal(old).code == "old_excel"


def test_a_workbook_behind_a_password_is_refused(refusal):
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000)
    locked += "EncryptedPackage".encode("utf-16-le") + bytes(100)

    assert refusal(locked).code == "password"


def test_a_page_named_like_excel_is_refused(refusal):
    assert refusal(b"<html><table></table></html>", "名单.xls").code == "not_a_workbook"
    assert refusal(b"\0\1\2", "名单.xls").code == "unknown_file"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_are_refused_wherever_they_stand(refusal, part):
    evil = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    page = PLAIN.replace("?>", f"?>{evil}", 1)

    error = refusal(workbook(extra={part: page}))

    assert error.code == "entities"
    assert part in error.zh


def test_entities_across_two_pieces_are_refused(refusal):
    padding = " " * (1024 * 1024 - len(XML) - 4)
    page = PLAIN.replace("?>", f"?>{padding}<!DOCTYPE x>", 1)
    limits = replace(LIMITS, ratio=10_000)

    assert refusal(workbook({"名单": page}), limits=limits).code == "entities"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7"])
def test_xml_in_an_encoding_that_could_hide_things_is_refused(refusal, encoding):
    page = PLAIN.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    content = page.encode("utf-16" if encoding == "utf-16" else "utf-8")

    assert refusal(workbook(extra={"xl/worksheets/sheet1.xml": content})).code == "broken_xlsx"


def test_a_sheet_that_spans_the_whole_grid_is_refused(refusal):
    page = sheet(HEADERS, row(1_048_576, number("XFD1048576", 1)))

    error = refusal(workbook({"名单": page}))

    assert error.code == "xlsx_bomb"
    assert "1048576 × 16384" in error.zh


def test_a_cell_that_lies_about_its_row_is_refused(refusal):
    page = sheet(HEADERS, row(2, number("A9999999", 1)))

    assert refusal(workbook({"名单": page})).code == "xlsx_bomb"


FAR = "A1048576"


@pytest.mark.parametrize(
    "cell",
    [
        f"<c r='{FAR}'><v>1</v></c>",
        f'<c\tr\n=\n"{FAR}"><v>1</v></c>',
        f'<c s=">" r="{FAR}"><v>1</v></c>',
        f"""<c s=' r="A2"' r='{FAR}'><v>1</v></c>""",
        f"""{text("B2", ' r="A2"')}<c r='{FAR}'><v>1</v></c>""",
        f'<c x:r="A2" r="{FAR}"><v>1</v></c>',
    ],
)
def test_a_far_cell_is_seen_however_it_is_written(refusal, cell):
    page = sheet(HEADERS, row(2, text("A2", "甲"), cell)).replace(
        "<worksheet ", '<worksheet xmlns:x="urn:x" '
    )

    error = refusal(workbook({"名单": page}), limits=replace(LIMITS, cells=100_000))

    assert error.code == "xlsx_bomb"
    assert "1048576" in error.zh


@pytest.mark.parametrize(
    ("before", "rows", "name"),
    [
        ("<!--<z:worksheet >-->", "", "worksheet"),
        ("<?z <z:worksheet ?>", "", "worksheet"),
        ("", "<!-- -->", "worksheet"),
        ("", "<![CDATA[ ]]>", "worksheet"),
        ("", '<x:row r="3"><x:c r="A3"><x:f>1</x:f></x:c></x:row>', "worksheet"),
        ("", '<row r="3"><c r="A3"><x:f>1</x:f><v>1</v></c></row>', "worksheet"),
    ],
)
def test_what_could_hide_a_formula_or_a_far_cell_is_refused(refusal, before, rows, name):
    page = sheet(HEADERS, FIRST, rows, prolog=before).replace(
        f"<{name} ", f'<{name} xmlns:x="{MAIN}" '
    )

    error = refusal(workbook({"名单": page}))

    assert error.code == "broken_xlsx"
    assert "sheet1.xml" in error.zh


def test_a_cell_without_the_prefix_of_its_sheet_is_refused(refusal):
    page = (
        f'{XML}<x:worksheet xmlns:x="{MAIN}" xmlns="{MAIN}"><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="inlineStr"><x:is><x:t>名称</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><c r="A2"><f>1+1</f><v>2</v></c></x:row></x:sheetData></x:worksheet>'
    )

    assert refusal(workbook({"名单": page})).code == "broken_xlsx"


def test_other_vocabularies_behind_the_rows_are_no_concern(reading):
    tail = '<extLst><ext xmlns:xm="urn:xm"><xm:row></xm:row><xm:f>名单!A1</xm:f></ext></extLst>'

    (table,) = reading(workbook({"名单": sheet(HEADERS, FIRST, tail=tail)}))

    assert len(table.rows) == 1


def test_a_shared_string_used_too_often_is_refused(refusal):
    cells = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(2, 5))
    page = sheet(HEADERS, f'<row r="2">{cells}<c r="B2" t="s"><v>99</v></c></row>')
    strings = shared_strings("长" * 3_000)
    limits = replace(LIMITS, text_total=20_000)

    error = refusal(
        workbook({"名单": page}, extra={"xl/sharedStrings.xml": strings}), limits=limits
    )

    assert error.code == "xlsx_bomb"
    assert "27000" in error.zh


def test_shared_strings_of_common_length_are_read(reading):
    page = sheet(HEADERS, '<row r="2"><c r="A2" t="s"><v>1</v></c></row>')
    parts = {"xl/sharedStrings.xml": shared_strings("短", "长" * 30)}

    (table,) = reading(workbook({"名单": page}, extra=parts))

    assert table.rows[0][0] == "长" * 30


def test_a_shared_string_past_what_excel_holds_is_refused(refusal):
    parts = {"xl/sharedStrings.xml": shared_strings("x" * 200_000)}

    assert refusal(workbook(extra=parts)).code == "xlsx_bomb"


def test_a_row_without_end_is_refused(refusal, monkeypatch):
    monkeypatch.setattr(scan_xlsx, "ROW_BYTES", 1_000_000)
    page = sheet(HEADERS, row(2, text("A2", "x" * 3_000_000)))

    error = refusal(workbook({"名单": page}), limits=replace(LIMITS, ratio=10_000))

    assert error.code == "xlsx_bomb"


def test_a_small_part_that_is_not_small_is_refused(refusal, monkeypatch):
    monkeypatch.setattr(read_xlsx, "_SMALL_PART_BYTES", 1_000)
    styles = XML + "<!--" + "x" * 1_000 + "-->"

    error = refusal(
        workbook(extra={"xl/styles.xml": styles}), limits=replace(LIMITS, ratio=10_000)
    )

    assert error.code == "xlsx_bomb"


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_without_its_list_of_sheets_is_refused(refusal, missing):
    assert refusal(workbook(without=(missing,))).code == "broken_xlsx"


def test_a_sheet_that_is_listed_but_missing_is_not_read(refusal):
    assert refusal(workbook(without=("xl/worksheets/sheet1.xml",))).code == "empty"


def test_broken_xml_is_refused(refusal):
    page = sheet(HEADERS, FIRST).replace("</sheetData>", "</wrong>")

    assert refusal(workbook({"名单": page})).code == "broken_xlsx"


def test_a_damaged_zip_is_refused(refusal):
    whole = workbook()

    assert refusal(whole[: len(whole) // 2]).code == "broken_zip"
    assert refusal(b"PK\x05\x06" + bytes(18)).code == "empty"


def test_parts_with_a_password_are_refused(refusal):
    content = bytearray(workbook())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1

    assert refusal(bytes(content)).code == "password"


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "a\\b.xml", "c:a.xml", "x/../../a"])
def test_a_part_that_points_outside_the_zip_is_refused(refusal, name):
    error = refusal(workbook(extra={name: "x"}))

    assert error.code == "zip_path"
    assert name in error.zh


def test_a_part_with_nul_in_its_name_is_refused(refusal):
    content = workbook(extra={"aXb.xml": "x"}).replace(b"aXb.xml", b"a\0b.xml")

    assert refusal(content).code == "zip_path"


def test_a_part_packed_in_an_unusual_way_is_refused(refusal):
    content = zipped({"[Content_Types].xml": "x" * 100}, zipfile.ZIP_LZMA)

    assert refusal(content).code == "broken_zip"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_in_the_zip_twice_is_refused(refusal):
    content = workbook(extra={"xl/b.xml": "x", "xl/c.xml": "y"}).replace(b"xl/c.xml", b"xl/b.xml")

    assert refusal(content).code == "broken_zip"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(refusal):
    bomb = zipped({"[Content_Types].xml": bytes(30_000_000)})

    error = refusal(bomb)

    assert error.code == "zip_bomb"
    assert "×" in error.zh


def test_a_zip_of_many_parts_or_of_much_altogether_is_refused(refusal):
    assert refusal(workbook(), limits=replace(LIMITS, parts=3)).code == "zip_bomb"
    assert refusal(workbook(), limits=replace(LIMITS, unpacked_bytes=100)).code == "zip_bomb"


def test_a_file_that_is_too_large_is_refused(refusal):
    assert refusal(workbook(), limits=replace(LIMITS, file_bytes=100)).code == "too_large"


def test_a_part_that_unpacks_to_more_than_it_says_is_refused(refusal):
    content = _with_size("xl/worksheets/sheet1.xml", 10)

    assert refusal(content).code == "zip_bomb"


def test_a_part_that_unpacks_to_less_than_it_says_is_refused(refusal):
    content = _with_size("xl/worksheets/sheet1.xml", 5_000)

    assert refusal(content).code == "broken_zip"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_part_that_does_not_start_where_the_zip_says_is_refused(refusal, method):
    content = bytearray(_repacked(method))
    content[content.rindex(b"PK\x01\x02") + 42] ^= 1

    assert refusal(bytes(content)).code == "broken_zip"


def test_packed_bytes_that_end_early_or_are_nonsense_are_refused(refusal):
    whole = workbook()
    with zipfile.ZipFile(_file(whole)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    nonsense = bytearray(whole)
    start = part.header_offset + 30 + len(part.filename)
    nonsense[start : start + 20] = b"\xff" * 20
    entry = whole.rindex(b"PK\x01\x02", 0, whole.rindex(part.filename.encode()))
    early = bytearray(whole)
    early[entry + 20 : entry + 24] = struct.pack("<I", 20)

    assert refusal(bytes(nonsense)).code == "broken_zip"
    assert refusal(bytes(early)).code == "broken_zip"


def test_stored_parts_are_read_too(reading):
    (table,) = reading(_repacked(zipfile.ZIP_STORED))

    assert table.rows == [["甲", 12.5]]


def _file(content):
    import io

    return io.BytesIO(content)


def _repacked(method):
    with zipfile.ZipFile(_file(workbook())) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, method)


def _with_size(name: str, size: int) -> bytes:
    """The same workbook, whose table of contents says another size for one part."""
    content = bytearray(workbook())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    content[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(content)
