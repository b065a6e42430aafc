"""Addresses located: as well as what is known allows, and never better."""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from chuangtu.engines.addresses.gazetteer import build_gazetteer, first_number
from chuangtu.engines.addresses.locate import locate
from chuangtu.engines.addresses.model import Known, Place
from chuangtu.engines.addresses.parse import parse
from chuangtu.terms.place import Precision

MINHANG = Place(
    "310112",
    ("闵行区",),
    121.38,
    31.11,
    '{"type":"Polygon","coordinates":[[[121.2,31],[121.6,31],[121.6,31.3],[121.2,31.3],[121.2,31]]]}',
)
PUDONG = Place("310115", ("浦东新区",), 121.5, 31.2)
XINZHUANG = Place(
    "310112101",
    ("莘庄镇",),
    121.38,
    31.11,
    '{"type":"Polygon","coordinates":'
    "[[[121.36,31.1],[121.4,31.1],[121.4,31.13],[121.36,31.13],[121.36,31.1]]]}",
)
INDUSTRY = Place("310112501", ("莘庄工业区",), 121.39, 31.06)
ZIZHU = Place("zizhu", ("紫竹科学园区", "紫竹高新区"), 121.45, 31.02)
FREE_PORT = Place("port", ("外高桥保税区",), 121.9, 31.3)

KNOWN = [
    Known("a", "都市路100号", 121.370, 31.110, "310112"),
    Known("b", "都市路200号", 121.380, 31.112, "310112"),
    Known("c", "都市路201号", 121.381, 31.112, "310112"),
    Known("d", "上海市闵行区都市路300弄5号", 121.385, 31.113, "310112"),
    Known("e", "东川路800号", 121.430, 31.020, "310112"),
    Known("f", "东川路800号", 121.440, 31.030, "310112"),
    Known("g", "元江路100号", 121.300, 31.050, "310112"),
    Known("h", "元江路900号", 121.500, 31.050, "310112"),
    Known("i", "人民路1号", 121.38, 31.11, "310112"),
    Known("j", "人民路1号", 121.58, 31.21, "310115"),
    Known("k", "没有门牌的地方", 121.58, 31.21),
    Known("l", "剑川路10号", 121.9, 31.5, ""),
    Known("m", "紫星路588号", 121.45, 31.02, "310112"),
    Known("n", "紫星路588号", 121.47, 31.02, "310112"),
]


@pytest.fixture(scope="module")
def gazetteer():
    return build_gazetteer(
        above=("上海市", "上海"),
        districts=(MINHANG, PUDONG),
        towns=(XINZHUANG, INDUSTRY),
        parks=(ZIZHU, FREE_PORT),
        known=KNOWN,
    )


@pytest.mark.parametrize(
    ("text", "precision", "used"),
    [
        ("上海市闵行区都市路100号3幢", Precision.EXACT, ("a",)),
        ("都市路一百号", Precision.EXACT, ("a",)),
        ("闵行区地铁旁都市路100号", Precision.EXACT, ("a",)),
        ("都市路300弄5号", Precision.EXACT, ("d",)),
        ("都市路300弄9号", Precision.ROAD, ("d",)),
        ("都市路150号", Precision.ROAD, ("a", "b")),
        ("都市路151号", Precision.ROAD, ("a", "b")),
        ("都市路250号", Precision.ROAD, ("b", "d")),
        ("闵行区东川路800号", Precision.ROAD, ("e", "f")),
        ("莘庄镇元江路500号", Precision.TOWN, ("310112101",)),
        ("闵行区都市路999号", Precision.DISTRICT, ("310112",)),
        ("闵行区都市路", Precision.DISTRICT, ("310112",)),
        ("闵行区人民路1号", Precision.EXACT, ("i",)),
        ("浦东新区人民路1号", Precision.EXACT, ("j",)),
        ("人民路1号", Precision.NONE, ()),
        ("闵行区紫竹科学园区", Precision.TOWN, ("zizhu",)),
        ("莘庄工业区申富路128号", Precision.TOWN, ("310112501",)),
        ("闵行区未来科技园", Precision.DISTRICT, ("310112",)),
        ("闵行区紫星路588号", Precision.DISTRICT, ("310112",)),
        ("浦东新区紫竹科学园区", Precision.TOWN, ("zizhu",)),
        ("闵行区外高桥保税区", Precision.DISTRICT, ("310112",)),
        ("莘庄镇", Precision.TOWN, ("310112101",)),
        ("浦东新区莘庄镇", Precision.DISTRICT, ("310115",)),
        ("闵行区剑川路10号", Precision.DISTRICT, ("310112",)),
        ("莘庄镇东川路800号", Precision.TOWN, ("310112101",)),
        ("浦东新区剑川路10号", Precision.EXACT, ("l",)),
        ("徐汇区都市路100号", Precision.NONE, ()),
        ("苏州市都市路100号", Precision.NONE, ()),
        ("江苏省都市路100号", Precision.NONE, ()),
        ("上海市", Precision.NONE, ()),
        ("", Precision.NONE, ()),
    ],
)
def test_an_address_is_located_as_well_as_is_known(gazetteer, text, precision, used):
    found = locate(parse(text), gazetteer)

    assert (found.precision, found.used) == (precision, used)
    assert (found.longitude is None) is (precision is Precision.NONE)
    assert found.zh
    assert found.en.endswith(".")


def test_a_house_between_two_lies_on_their_line(gazetteer):
    found = locate(parse("都市路150号"), gazetteer)

    assert found.longitude == pytest.approx(121.375)
    assert found.latitude == pytest.approx(31.111)


def test_a_house_of_several_numbers_is_its_first():
    assert [first_number(each) for each in ("100-2", "100、102", "100", "A", "")] == [
        100,
        100,
        100,
        None,
        None,
    ]


def test_a_road_alone_proves_no_position():
    empty = build_gazetteer(above=(), districts=(MINHANG,))

    assert locate(parse("都市路100号"), empty).precision is Precision.NONE


SHARED = Path(__file__).resolve().parents[4] / "shared"
POINTS = SHARED / "data/minhang_higher_ed_poi_wgs84.csv"


@pytest.mark.skipif(not POINTS.exists(), reason="the points are not on this machine")
def test_real_addresses_are_located_by_one_another():
    with POINTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = [
        Known(str(at), each["address"], float(each["lon"]), float(each["lat"]), "310112")
        for at, each in enumerate(rows)
    ]
    misses: dict[Precision, list[float]] = {}
    for each in known:
        others = [other for other in known if other.key != each.key]
        around = build_gazetteer(above=("上海市",), districts=(MINHANG,), known=others)
        found = locate(parse(f"闵行区{each.address}"), around)
        miss = math.hypot(
            (found.longitude - each.longitude) * math.cos(math.radians(31)),
            found.latitude - each.latitude,
        )
        misses.setdefault(found.precision, []).append(miss * 111_195)

    counts = Counter({precision: len(each) for precision, each in misses.items()})
    assert counts[Precision.EXACT] + counts[Precision.ROAD] >= len(rows) // 3
    assert median(misses[Precision.EXACT]) <= 150
    assert median(misses[Precision.ROAD]) <= 500
