"""Positions go from every system to every other and come back within a millimetre."""

import doctest
import math

import fast_geocn.coord
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangtu.terms import coordinates
from chuangtu.terms.coordinates import Crs, convert, read_crs
from chuangtu.terms.errors import ParameterError

METRES_A_DEGREE = 111_320.0
IN_CHINA = {"longitude": st.floats(73.4, 135.1), "latitude": st.floats(3.4, 53.6)}
PAIRS = [(a, b) for a in Crs for b in Crs]


def metres(x, y, other_x, other_y):
    east = (other_x - x) * METRES_A_DEGREE * np.cos(np.radians(y))
    return np.hypot(east, (other_y - y) * METRES_A_DEGREE)


def test_gcj02_in_minhang_lies_where_it_was_measured():
    x, y = convert(121.415, 31.089, Crs.WGS84, Crs.GCJ02)

    east_m = (x - 121.415) * METRES_A_DEGREE * math.cos(math.radians(31.089))
    assert east_m == pytest.approx(441.8, abs=0.05)
    assert (31.089 - y) * METRES_A_DEGREE == pytest.approx(212.8, abs=0.05)


@given(**IN_CHINA)
def test_every_way_and_its_way_back_agree_within_a_millimetre(longitude, latitude):
    for source, target in PAIRS:
        there = convert(longitude, latitude, source, target)
        back = convert(*there, target, source)

        assert metres(longitude, latitude, *back) <= 0.001


@given(**IN_CHINA)
def test_a_detour_over_another_system_changes_nothing(longitude, latitude):
    direct = convert(longitude, latitude, Crs.WGS84, Crs.BD09)
    over_gcj02 = convert(
        *convert(longitude, latitude, Crs.CGCS2000, Crs.GCJ02), Crs.GCJ02, Crs.BD09
    )

    assert metres(*direct, *over_gcj02) <= 0.001


def test_the_meridian_where_the_root_has_no_slope_comes_back_too():
    longitude = 105.0 + np.array([0.0, 1e-14, -1e-13, 1e-12, -1e-9, 1e-6])
    latitude = np.full_like(longitude, 35.0)

    there = convert(longitude, latitude, Crs.WGS84, Crs.GCJ02)
    back = convert(*there, Crs.GCJ02, Crs.WGS84)

    assert metres(longitude, latitude, *back).max() <= 0.001


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_arrays_and_single_positions_get_the_same_answer(source, target):
    rng = np.random.default_rng(1)
    x, y = rng.uniform(60, 145, 500), rng.uniform(-5, 60, 500)
    before = x.copy(), y.copy()

    many = convert(x, y, source, target)
    single = [convert(*each, source, target) for each in zip(x.tolist(), y.tolist(), strict=True)]

    assert metres(*many, *np.array(single).T).max() <= 1e-6
    assert np.array_equal(x, before[0])
    assert np.array_equal(y, before[1])


def test_outside_the_box_all_systems_are_the_same():
    tokyo, quito = (139.69, 35.69), (-78.5, -0.2)

    for source, target in PAIRS:
        assert convert(*tokyo, source, target) == tokyo
        assert convert(*quito, source, target) == quito


def test_an_unknown_position_stays_unknown():
    x, y = convert(float("nan"), 31.0, Crs.GCJ02, Crs.WGS84)
    many = convert(np.array([np.nan, 121.4]), np.array([np.nan, 31.1]), Crs.BD09, Crs.WGS84)

    assert math.isnan(x)
    assert y == 31.0
    assert np.isnan(many[0]).tolist() == [True, False]


def test_the_same_algorithm_written_by_others_agrees():
    rng = np.random.default_rng(2)
    for x, y in zip(rng.uniform(75, 130, 200), rng.uniform(18, 52, 200), strict=True):
        assert metres(*convert(x, y, Crs.WGS84, Crs.GCJ02), *theirs(x, y)) <= 0.001


def theirs(x, y):
    return fast_geocn.coord.wgs84_to_gcj02(x, y)


@pytest.mark.parametrize(
    ("text", "crs"),
    [
        ("WGS 84", Crs.WGS84), ("epsg:4326", Crs.WGS84),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", Crs.WGS84), ("CGCS2000", Crs.CGCS2000),
        ("urn:ogc:def:crs:EPSG::4490", Crs.CGCS2000), ("GCJ-02", Crs.GCJ02), ("高德", Crs.GCJ02),
        ("bd09ll", Crs.BD09), ("百度坐标", Crs.BD09),
    ],
)  # fmt: skip
def test_names_of_systems_are_read_as_people_write_them(text, crs):
    assert read_crs(text) is crs


@pytest.mark.parametrize("text", ["Beijing 1954", "", "EPSG:2381"])
def test_another_system_is_refused_with_the_four_that_are_known(text):
    with pytest.raises(ParameterError) as refused:
        read_crs(text)

    assert "CGCS2000" in refused.value.zh


def test_the_worked_examples_hold():
    assert doctest.testmod(coordinates).failed == 0
