"""Addresses taken apart, with the place of each part in the text as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangtu.engines.addresses.digits import write_digits
from chuangtu.engines.addresses.flatten import flatten
from chuangtu.engines.addresses.model import PartKind
from chuangtu.engines.addresses.parse import parse

READ = """
上海市闵行区莘庄镇都市路五千号3幢502室 : province 上海市, district 闵行区, town 莘庄镇, road 都市路, number 5000, building 3, room 502
上海市闵行区剑川路951号5幢B座3楼301室 : province 上海市, district 闵行区, road 剑川路, number 951, building 5, building B, floor 3, room 301
闵行区江川路街道东川路800号 : district 闵行区, town 江川路街道, road 东川路, number 800
漕河泾开发区浦江高科技园新骏环路115号1幢 : park 漕河泾开发区, park 浦江高科技园, road 新骏环路, number 115, building 1
上海市闵行区元江路5500号第2幢577室 : province 上海市, district 闵行区, road 元江路, number 5500, building 2, room 577
江文路121弄110号16栋 : road 江文路, lane 121, number 110, building 16
古美路街道顾戴路１００－２号 : town 古美路街道, road 顾戴路, number 100-2
浦东新区张江高科技园区科苑路88号 : district 浦东新区, park 张江高科技园区, road 科苑路, number 88
紫竹科学园区紫星路588号 : park 紫竹科学园区, road 紫星路, number 588
苏州市工业园区星湖街328号 : city 苏州市, park 工业园区, road 星湖街, number 328
莘庄工业区申富路128号D-12室 : park 莘庄工业区, road 申富路, number 128, room D-12
莘松路一百二十号 : road 莘松路, number 120
江苏省昆山市玉山镇城北路8号 : province 江苏省, city 昆山市, town 玉山镇, road 城北路, number 8
浦星公路1969号27幢 : road 浦星公路, number 1969, building 27
沪闵路7866弄2号A座1203 : road 沪闵路, lane 7866, number 2, building A, room 1203
马桥镇民主村12号 : town 马桥镇, village 民主村, number 12
虹泉路1000号井亭大厦2层 : road 虹泉路, number 1000, building 井亭大厦, floor 2
东川路800 : road 东川路, number 800
新疆维吾尔自治区乌鲁木齐市 : province 新疆维吾尔自治区, city 乌鲁木齐市
上海路5号 : road 上海路, number 5
都市路5号 : road 都市路, number 5
光华路与大夏路交叉口西150米 : road 光华路, road 大夏路
世纪大道100号创新大厦 : road 世纪大道, number 100, building 创新大厦
""".strip().splitlines()  # noqa: E501 - one address a line


@pytest.mark.parametrize("line", READ)
def test_an_address_is_taken_apart(line):
    text, _, wanted = line.partition(" : ")

    assert ", ".join(f"{each.kind} {each.value}" for each in parse(text).parts) == wanted


def test_every_part_knows_where_it_was_written():
    text = "上海市 闵行区，东川路 ８００ 号 上海交大内"
    found = parse(text)

    assert [text[each.start : each.end] for each in found.parts] == [
        "上海市",
        "闵行区",
        "东川路",
        "８００ 号",
    ]
    assert [text[start:end] for start, end in found.unread] == ["，", "上海交大内"]


def test_what_is_no_address_is_left_unread():
    assert parse("").parts == parse("abc").parts == ()
    assert parse("abc").unread == ((0, 3),)
    assert parse("abc").value(PartKind.ROAD) == ""


@pytest.mark.parametrize(
    ("written", "digits"),
    [("五千", "5000"), ("一千二百零三", "1203"), ("十二", "12"), ("一〇二", "102"),
     ("两百", "200"),
     ("12", "12"), ("", ""), ("一A", "一A")],
)  # fmt: skip
def test_house_numbers_become_digits(written, digits):
    assert write_digits(written) == digits


@given(st.text(max_size=30) | st.sampled_from([each.partition(" : ")[0] for each in READ]))
def test_parts_and_the_unread_cover_the_text_without_overlap(text):
    found = parse(text)
    spans = sorted([(each.start, each.end) for each in found.parts] + list(found.unread))

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] + 1 for first, second in zip(spans, spans[1:], strict=False))
    assert sum(end - start for start, end in spans) >= len({*flatten(text).origin})


@given(st.text(max_size=30))
def test_any_text_may_be_an_address(text):
    assert parse(text) == parse(text)
