"""The attributes of a Shapefile: exact digits, known encoding, every record."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangtu.engines.tables.dbf import BrokenDbfError, read_dbf
from chuangtu.engines.tables.model import Untrusted


def dbf(fields, records, *, encoding="utf-8", deleted=(), end=b"\r"):
    """A table of (name, type, length) fields and records of texts."""
    header = b"".join(
        name.encode(encoding)[:11].ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([length])
        + bytes(15)
        for name, kind, length in fields
    )  # fmt: skip
    width = 1 + sum(length for _, _, length in fields)
    start = 32 + len(header) + len(end)
    head = b"\x03" + bytes(3) + len(records).to_bytes(4, "little")
    head += start.to_bytes(2, "little") + width.to_bytes(2, "little") + bytes(20)
    body = b"".join(
        (b"*" if n in deleted else b" ")
        + b"".join(
            value.encode(encoding)[:length].ljust(length)
            for value, (_, _, length) in zip(record, fields, strict=True)
        )
        for n, record in enumerate(records)
    )
    return head + header + end + body + b"\x1a"


def values(kind, *texts):
    found = read_dbf(dbf([("a", kind, 20)], [[each] for each in texts]), "")
    return [row[0] for row in found.rows]


def test_numbers_keep_every_digit():
    found = values("N", "310112000000000001", "0.1", "12345678901.123456", "", "***", "1e3")

    assert found == [
        310112000000000001,
        Decimal("0.1"),
        Decimal("12345678901.123456"),
        None,
        None,
        1000,
    ]


@pytest.mark.parametrize("text", ["z1.5", "1,5", "nan", "Infinity"])
def test_a_number_that_is_none_is_not_taken_for_zero(text):
    (found,) = values("F", text)

    assert isinstance(found, Untrusted)
    assert found.fault.code == "broken_number"
    assert str(found) == text


def test_days_truths_and_texts_are_read():
    assert values("D", "20151231", "00000000", "", "2015xx31") == [
        date(2015, 12, 31),
        None,
        None,
        "2015xx31",
    ]
    assert values("L", "T", "y", "F", "N", "?", "") == [True, True, False, False, None, None]
    assert values("C", "七宝 ", "") == ["七宝", None]


@pytest.mark.parametrize(
    ("encoding", "page"),
    [
        ("utf-8", ""),
        ("utf-8", "UTF-8"),
        ("utf-8", "65001"),
        ("gb18030", ""),
        ("gb18030", "936"),
        ("gb18030", "GBK\r\n"),
        ("gb18030", "ISO 88591"),
        ("big5", "950"),
    ],
)
def test_the_encoding_is_stated_or_found_out(encoding, page):
    found = read_dbf(dbf([("名", "C", 20)], [["莘庄"]], encoding=encoding), page)

    assert found.headers == ("名",)
    assert found.rows == [["莘庄"]]


def test_chinese_that_happens_to_be_sound_utf8_is_still_chinese():
    found = read_dbf(dbf([("a", "C", 20)], [["莘庄"]], encoding="gb18030"), "")

    assert found.rows == [["莘庄"]]


def test_deleted_records_are_left_out():
    found = read_dbf(dbf([("a", "C", 3)], [["x"], ["y"], ["z"]], deleted=(1,)), "")

    assert found.rows == [["x"], ["z"]]


def test_a_header_without_its_end_sign_is_read():
    assert read_dbf(dbf([("a", "C", 3)], [["x"]], end=b""), "").headers == ("a",)


def test_what_follows_the_end_sign_is_no_field():
    assert read_dbf(dbf([("a", "C", 3)], [["x"]], end=b"\r" + bytes(263)), "").rows == [["x"]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes(32),
        dbf([("a", "C", 3)], [["x"]] * 9)[:60],
        dbf([], [[]]),
        dbf([("a", "C", 3)], [["x"]]).replace(b"\x03\0\0\0\0", b"\xff\0\0\0\0"),
    ],
)
def test_what_is_no_table_is_broken(content):
    with pytest.raises(BrokenDbfError):
        read_dbf(content[:1] + content[1:], "")


def test_bytes_outside_the_stated_encoding_are_broken():
    with pytest.raises(BrokenDbfError, match="not utf-8"):
        read_dbf(dbf([("a", "C", 6)], [["七宝"]], encoding="gb18030"), "UTF-8")


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_else(content):
    with contextlib.suppress(BrokenDbfError):
        read_dbf(content, "")
