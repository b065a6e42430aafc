"""Names, numbers, regions, codes, sites and slips, each read by itself."""

from __future__ import annotations

import pytest

from chuangtu.engines.resolve.alike import are_alike, are_contrasted
from chuangtu.engines.resolve.codes import compare_codes, read_code
from chuangtu.engines.resolve.decompose import decompose
from chuangtu.engines.resolve.fold import fold
from chuangtu.engines.resolve.latin import read_words
from chuangtu.engines.resolve.model import Reason
from chuangtu.engines.resolve.numerals import spell_numbers
from chuangtu.engines.resolve.regions import bare_name, city_of, find_regions, region_of
from chuangtu.engines.resolve.site import is_one_site, read_site
from chuangtu.engines.resolve.slip import find_slip


def read(name):
    parts = decompose(name)
    return parts.region, parts.seat, parts.brand, parts.industry, parts.form, parts.branch


@pytest.mark.parametrize(
    ("name", "region", "seat", "brand", "industry", "form", "branch"),
    [
        ("上海一达科技有限公司", "31", "", "1达", "科技", "limited", ""),
        ("一达（上海）科技股份公司", "", "31", "1达", "科技", "joint_stock", ""),
        ("（上海）一达科技有限公司", "", "31", "1达", "科技", "limited", ""),
        ("上海市闵行区一达电子厂", "310112", "", "1达", "电子", "厂", ""),
        ("苏州吴中区一达有限公司", "3205吴中区", "", "1达", "", "limited", ""),
        ("江苏省昆山市一达公司", "320583", "", "1达", "", "company", ""),
        ("上海市上海一达科技有限公司", "31", "", "1达", "科技", "limited", ""),
        ("上海一达集团", "31", "", "1达", "", "company", ""),
        ("一达中国有限公司", "", "0", "1达", "", "limited", ""),
        ("中国云海分公司", "0", "", "云海", "", "", "分公司"),
        ("云海电信苏州分公司", "", "", "云海", "电信", "", "苏州分公司"),
        ("一达有限公司苏州市第一分公司", "", "", "1达", "", "limited", "苏州第1分公司"),
        ("上海云海大学医学院", "31", "", "云海", "", "大学", "医学院"),
        ("上海云海大学科技园有限公司", "31", "", "云海大学科技园", "", "limited", ""),
        ("上海宝山钢铁有限公司", "31", "", "宝山", "钢铁", "limited", ""),
        ("海伦建筑工程有限公司", "", "", "海伦", "建筑工程", "limited", ""),
        ("上海市政工程有限公司", "31", "", "市政", "工程", "limited", ""),
        ("闵行区图书馆", "310112", "", "", "", "图书馆", ""),
        ("上海公司", "", "", "上海", "", "company", ""),
        ("上海", "", "", "上海", "", "", ""),
        ("上海一达科技有", "31", "", "1达", "科技", "limited", ""),
        ("上海一达科技股份有线公司", "31", "", "1达", "科技", "joint_stock", ""),
        ("上海一达科技有限公司 Co., Ltd.", "31", "", "1达", "科技", "limited", ""),
        ("上海一达科技有限公司都市路100号", "31", "", "1达", "科技", "limited", ""),
        ("上海一达科技有限公司有限公司", "31", "", "1达", "科技", "limited", ""),
        ("一达科技有限公司/上海市", "", "31", "1达", "科技", "limited", ""),
        ("上海一达（有限合伙", "31", "", "1达", "", "partnership", ""),
        ("", "", "", "", "", "", ""),
    ],
)
def test_a_name_is_taken_apart(name, region, seat, brand, industry, form, branch):
    assert read(name) == (region, seat, brand, industry, form, branch)


def test_a_group_is_known_by_its_word_wherever_it_stands():
    for name in ("上海云杉集团有限公司", "上海云杉（集团）有限公司", "上海云杉集团科技有限公司"):
        assert decompose(name).is_group, name
    assert not decompose("上海集团云杉有限公司").is_group
    assert not decompose("上海云杉集团云杉有限公司").is_group


def test_brackets_are_heard():
    assert decompose("上海云杉有限公司（原：上海晨泰有限公司）").former == ("上海晨泰有限公司",)
    assert decompose("上海云杉有限公司（原）").former == ()
    assert decompose("云杉（闵行）有限公司").seat == "310112"
    assert decompose("上海云杉有限公司（二期）").notes == ("2期",)
    assert decompose("上海云杉有限公司（民营企业）").notes == ()
    assert decompose("云杉（晨）").notes == ("晨",)
    assert decompose("上海云杉公司（有限责任）").form == "company"
    assert decompose("上海云（杉）软件有限公司").brand == "云杉"
    assert decompose("云杉（甲分公司）").branch == "分公司"


def test_folding_drops_what_is_only_written():
    assert fold(" ＡＢ·Ｃ「雲」&nbsp;（杉） ") == "abc(云)(杉)"


@pytest.mark.parametrize(
    ("text", "digits"),
    [("一", "1"), ("十", "10"), ("二十", "20"), ("三百零五", "305"), ("二〇二六", "2026"),
     ("百度", "100度"), ("一百二十三", "123"), ("十百", "10100"), ("零十", "10")],
)  # fmt: skip
def test_numbers_become_digits(text, digits):
    assert spell_numbers(text) == digits


def test_regions_are_read_from_coarse_to_fine():
    found, length = find_regions("江苏省苏州市工业园区云杉")

    assert [each.code for each in found] == ["32", "3205"]
    assert length == 6
    assert region_of("云杉") is None
    assert region_of("上海云杉") is None
    assert find_regions("上海市小区")[1] == 3
    assert find_regions("上海县")[1] == 2
    assert bare_name("9999") == ""
    assert city_of("3205") == "3205"


def test_a_bare_organisation_code_is_the_middle_of_a_credit_code():
    assert compare_codes(read_code("48271043-4"), read_code("919901124827104341")) is (
        Reason.CODE_EQUAL
    )
    assert compare_codes(read_code("000000000"), read_code("482710434")) is Reason.CODE_DIFFERS
    assert read_code("482710435").organization == ""
    assert read_code("").text == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("上海市闵行区莘庄镇都市路100号3幢", "都市路100弄", True),
        ("都市路100号", "都市路101号", False),
        ("上海市都市路100号", "苏州市都市路100号", False),
        ("紫竹科学园区创新大厦", "上海市闵行区紫竹科学园区创新大厦", True),
        ("创新大厦", "创新大厦", False),
    ],
)
def test_sites_are_one_where_road_and_number_agree(one, other, same):
    assert is_one_site(read_site(one), read_site(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "first", "second"),
    [("ab", "ac", "b", "c"), ("ab", "abc", "", "c"), ("abc", "ab", "c", ""),
     ("云杉", "杉云", "云杉", "杉云")],
)  # fmt: skip
def test_one_slip_is_found(one, other, first, second):
    slip = find_slip(one, other)

    assert (slip.one, slip.other) == (first, second)


def test_no_slip_is_found_where_texts_are_equal_or_far_apart():
    assert find_slip("ab", "ab") is None
    assert find_slip("ab", "cd") is None
    assert find_slip("a", "abc") is None
    assert find_slip("云云杉", "云杉").is_doubled
    assert not find_slip("11号", "1号").is_doubled


def test_signs_are_alike_by_ear_or_eye_and_never_by_contrast():
    assert are_alike("鑫", "新")
    assert are_alike("蓝", "篮")
    assert are_alike("达", "的")
    assert not are_alike("达", "x")
    assert are_contrasted("东", "西")
    assert not are_contrasted("东", "达")


def test_latin_names_lose_their_legal_form():
    assert read_words("The Yunshan Group Co., Ltd.") == ("yunshan",)
