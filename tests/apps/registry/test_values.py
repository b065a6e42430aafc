"""A cell means one thing, or a sentence says why it means nothing."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from chuangtu.apps.registry.facts import NOWHERE, Surroundings, clean, validate
from chuangtu.apps.registry.facts.finding import shown
from chuangtu.apps.registry.facts.naming import name_key, name_order
from chuangtu.apps.registry.facts.values import meaning
from chuangtu.terms.kind import Choice, Field, FieldType
from chuangtu.terms.place import Box
from chuangtu.terms.viewer import OFFICER, VISITOR

T = FieldType
LEVEL = (
    Choice("national", "国家级", "National", ("国家", "部级")),
    Choice("municipal", "市级", "Municipal"),
)
TOWNS = (Choice("310112101", "莘庄镇", "Xinzhuang", ("莘庄",)),)
MINHANG = Surroundings(towns=TOWNS, box=Box(121.2, 30.9, 121.6, 31.3))


def read(type_, given, around=NOWHERE, **declared):
    return meaning(Field("field", "字段", "Field", type_, **declared), given, around)


@pytest.mark.parametrize(
    ("type_", "given", "meant", "declared"),
    [
        (T.TEXT, "  上海 ", "上海", {}),
        (T.TEXT, 8000.0, "8000", {}),
        (T.TEXT, 1.5, "1.5", {}),
        (T.TEXT, datetime(2015, 1, 2), "2015-01-02", {}),  # noqa: DTZ001 - as a cell gives it
        (T.TEXT, "a\x00b", "ab", {}),
        (T.TEXT, "é", "é", {}),
        (T.TEXT, " \u3000", None, {}),
        (T.TEXT, float("nan"), None, {}),
        (T.TEXTS, "甲；乙;甲\n丙；", ("甲", "乙", "丙"), {}),
        (T.TEXTS, ["甲", None, "乙"], ("甲", "乙"), {}),
        (T.TEXTS, "；", None, {}),
        (T.TEXTS, [], None, {}),
        (T.CODE, "national", "national", {"choices": LEVEL}),
        (T.CODE, "国家", "national", {"choices": LEVEL}),
        (T.CODE, " ＮＡＴＩＯＮＡＬ ", "national", {"choices": LEVEL}),
        (T.CODES, "国家级、市级；部级", ("national", "municipal"), {"choices": LEVEL}),
        (T.CODES, ("市级",), ("municipal",), {"choices": LEVEL}),
        (T.INTEGER, 0, 0, {}),
        (T.INTEGER, 12.0, 12, {}),
        (T.INTEGER, "1,200 人", 1200, {"unit": "人"}),
        (T.INTEGER, "１２", 12, {}),
        (T.DECIMAL, 0.1, Decimal("0.10"), {}),
        (T.DECIMAL, "12.345", Decimal("12.34"), {}),
        (T.DECIMAL, "3,500.5平方米", Decimal("3500.50"), {"unit": "平方米"}),
        (T.DECIMAL, "500万元", Decimal("5000000.00"), {"unit": "元"}),
        (T.DECIMAL, "1.2 亿元", Decimal("120000000.00"), {"unit": "元"}),
        (T.DECIMAL, "300万", Decimal("3000000.00"), {"unit": "元"}),
        (T.DECIMAL, "80元/小时", Decimal("80.00"), {"unit": "元/小时"}),
        (T.DECIMAL, Decimal(0), Decimal("0.00"), {}),
        (T.DATE, date(2015, 12, 31), date(2015, 12, 31), {}),
        (T.DATE, datetime(2015, 12, 31, 0, 0), date(2015, 12, 31), {}),  # noqa: DTZ001 - a cell
        (T.DATE, "2015/1/2", date(2015, 1, 2), {}),
        (T.DATE, "2015.01.02", date(2015, 1, 2), {}),
        (T.DATE, "2015年1月2日", date(2015, 1, 2), {}),
        (T.DATE, "20150102", date(2015, 1, 2), {}),
        (T.DATE, "2015-01-02 00:00:00", date(2015, 1, 2), {}),
        (T.BOOLEAN, False, False, {}),
        (T.BOOLEAN, "是", True, {}),
        (T.BOOLEAN, "√", True, {}),
        (T.BOOLEAN, 0, False, {}),
        (T.BOOLEAN, "No", False, {}),
        (T.USCC, " 91110000-600037341l", "91110000600037341L", {}),
        (T.INDUSTRY, 1, "01", {}),
        (T.INDUSTRY, "C3962", "3962", {}),
        (T.TOWN, "310112101", "310112101", {}),
        (T.URL, "www.minhang.gov.cn", "https://www.minhang.gov.cn", {}),
        (T.URL, "http://example.cn/a?b=1", "http://example.cn/a?b=1", {}),
        (T.PARTY, 12, 12, {}),
        (T.PARTY, "上海某公司 [#12]", 12, {}),
        (T.PARTIES, "甲；乙、丙", ("甲", "乙", "丙"), {}),
        (T.PARTIES, (3, "甲", None), (3, "甲"), {}),
    ],
)
def test_a_cell_means(type_, given, meant, declared):
    found = read(type_, given, **declared)

    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    ("type_", "given", "said", "declared"),
    [
        (T.TEXT, "长" * 301, "301 个字", {}),
        (T.TEXTS, [str(n) for n in range(501)], "501 项", {}),
        (T.CODE, "国家及", "是不是“国家级”", {"choices": LEVEL}),
        (T.CODE, "银河级别", "可选：国家级、市级", {"choices": LEVEL}),
        (T.CODE, True, "没有“是”", {"choices": LEVEL}),
        (T.INTEGER, "很多", "不是数", {}),
        (T.INTEGER, "很多", "单位为人", {"unit": "人"}),
        (T.INTEGER, 1.5, "不是整数", {}),
        (T.INTEGER, True, "不是数", {}),
        (T.INTEGER, "1e30", "不是数", {}),
        (T.INTEGER, -1, "合理范围", {"minimum": Decimal(0)}),
        (T.INTEGER, 11, "0 – 10", {"minimum": Decimal(0), "maximum": Decimal(10)}),
        (T.DECIMAL, float("inf"), "不是数", {}),
        (T.DECIMAL, "NaN", "不是数", {}),
        (T.DECIMAL, "500万元", "不是数", {"unit": "平方米"}),
        (T.DATE, "2015年12月", "不是完整日期", {}),
        (T.DATE, "2015-02-30", "日历上不存在", {}),
        (T.DATE, 42369, "2015-12-31", {}),
        (T.DATE, 42369.0, "日期序号", {}),
        (T.DATE, "0001-01-01", "年份不合理", {}),
        (T.DATE, True, "不是完整日期", {}),
        (T.BOOLEAN, "也许", "看不出是或否", {}),
        (T.USCC, 913101120000000010, "存成了数字", {}),
        (T.USCC, 9.1310112e17, "存成了数字", {}),
        (T.USCC, "91110000600037341", "不是 18 位", {}),
        (T.USCC, "9111000060003734IL", "不用的字符", {}),
        (T.USCC, "911100006000373410", "校验位不符", {}),
        (T.USCC, "0111000060003734" + "1L", "前 8 位", {}),
        (T.INDUSTRY, "软件", "GB/T 4754-2017", {}),
        (T.TOWN, "莘庄镇", "chuangtu init", {}),
        (T.URL, "主页", "不是网址", {}),
        (T.URL, "javascript://x.cn/%0aalert(1)", "不是网址", {}),
    ],
)
def test_a_cell_that_means_nothing_is_said_in_a_sentence(type_, given, said, declared):
    field = Field("name", "名称", "Name", type_, **declared)

    with pytest.raises(Exception, match=".+") as caught:
        meaning(field, given, NOWHERE)

    assert said in caught.value.zh
    assert caught.value.zh.endswith("。")
    assert caught.value.en.endswith(".")


def test_a_town_is_known_by_its_code_name_or_spelling():
    assert read(T.TOWN, "莘庄", MINHANG) == "310112101"
    assert read(T.TOWN, "莘庄镇", MINHANG) == "310112101"
    with pytest.raises(Exception, match=r"Did you mean 'Xinzhuang'\?"):
        read(T.TOWN, "莘莊镇", MINHANG)
    with pytest.raises(Exception, match="not a value"):
        read(T.TOWN, "310115101", MINHANG)


def said(kind, around=NOWHERE, viewer=OFFICER, **values):
    return {each.field: each for each in validate(kind, values, viewer, around)}


def test_a_position_needs_both_parts_and_its_system():
    assert (
        "longitude" in said("venue", name="馆", venue_type="other", latitude=31.1)["longitude"].en
    )
    assert "latitude" in said("venue", longitude=121.4)["latitude"].en
    assert "坐标系" in said("venue", longitude=121.4, latitude=31.1)["crs"].zh
    whole = {"name": "馆", "venue_type": "other", "longitude": 121.4, "latitude": 31.1}
    assert said("venue", **whole, crs="wgs84") == {}


@pytest.mark.parametrize(
    ("faulty", "given"),
    [
        ("longitude", {"longitude": Decimal("5E+2"), "latitude": 31.1, "crs": "wgs84"}),
        ("latitude", {"longitude": 121.4, "latitude": 121, "crs": "wgs84"}),
        ("crs", {"longitude": 121.4, "latitude": 31.1, "crs": "火星"}),
    ],
)
def test_a_faulty_part_of_a_position_is_not_called_missing(faulty, given):
    found = validate("venue", {"name": "馆", "venue_type": "other", **given}, OFFICER, NOWHERE)

    assert [each.field for each in found] == [faulty]
    assert "没有纬度" not in found[0].zh
    assert "没有经度" not in found[0].zh


def test_a_number_is_shown_with_all_its_digits():
    found = said("venue", longitude=Decimal("5E+2"), latitude=31.1)["longitude"]

    assert found.value == "500"
    assert " 500 " in found.zh
    assert "E+" not in found.zh + found.en
    assert shown(Decimal("1E+1000000")) == "1E+1000000"


def test_an_exchanged_position_is_found():
    found = said("venue", longitude=31.1, latitude=85, crs="wgs84")

    assert "写反" in found["longitude"].zh
    assert found["longitude"].is_fatal


@pytest.mark.parametrize(
    ("x", "y", "warned"),
    [(121.4, 31.1, False), (121.2001, 31.1, False), (121.9, 31.1, True), (121.4, 31.5, True)],
)
def test_a_position_outside_the_district_is_warned_of(x, y, warned):
    row = {"name": "馆", "venue_type": "other", "longitude": x, "latitude": y, "crs": "wgs84"}

    found = said("venue", MINHANG, **row)

    assert bool(found) == warned
    assert not any(each.is_fatal for each in found.values())


def test_days_that_contradict_are_named():
    span = {"valid_from": "2018-01-01", "valid_until": "2018-01-01"}
    assert "应当晚于" in said("recognition", **span)["valid_until"].zh
    moved = {"founded_on": "2010-01-01", "deregistered_on": "2009-01-01"}
    assert "成立日期" in said("organization", **moved)["deregistered_on"].zh
    granted = {"applied_on": "2015-01-02", "granted_on": "2015-01-01"}
    assert "申请日" in said("patent", **granted)["granted_on"].zh
    assert "granted_on" not in said("patent", applied_on="2015-01-01", granted_on="2015-01-01")


def test_a_stranger_among_the_fields_is_named():
    assert "没有字段" in said("venue", favourite_colour="red")["favourite_colour"].zh
    assert "权限" in said("venue", visibility="internal", viewer=VISITOR)["visibility"].zh


def test_reading_twice_changes_nothing():
    row = {
        "name": "上海某公司",
        "former_names": "甲；乙",
        "registered_capital_yuan": "500万元",
        "founded_on": "2001年2月3日",
        "is_above_size": "否",
        "industry": "C39",
        "parent": "母公司",
    }

    once = clean("organization", row)
    twice = clean("organization", once.values)

    assert once.is_fit
    assert twice == once


def test_names_are_compared_without_width_case_and_signs():
    assert name_key("上海（闵行）ＡＢＣ-公司 ") == name_key("上海(闵行) abc公司")
    assert name_key("上海甲公司") != name_key("上海乙公司")


def test_names_are_ordered_by_their_sound():
    names = ["3M", "abc", "爱", "北京", "上海", "上海北", "上海南", "紫竹", "鑫"]

    ordered = sorted(reversed(names), key=lambda each: name_order(name_key(each)))

    assert ordered == ["3M", "abc", "爱", "北京", "上海", "上海北", "上海南", "鑫", "紫竹"]
    assert all(0 <= name_order(name_key(each)) < 2**63 for each in [*names, "", "龘龘龘龘龘"])
