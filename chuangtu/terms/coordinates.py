"""Reference systems of positions in China, and the exact way from each to every other.

Longitude comes before latitude, degrees, everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from types import ModuleType
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from chuangtu.terms.errors import ParameterError


class Crs(StrEnum):
    """The system a longitude and a latitude are given in.

    WGS84 is what satellites and this platform use. CGCS2000 (EPSG:4490), the national system,
    differs from it by centimetres and is taken as equal. GCJ02 is the shifted system of Chinese
    web maps (Gaode, Tencent); BD09 is Baidu's further shift of it.
    """

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


Array = NDArray[np.float64]

# The formulas below are written once: `m` is `math` for one position, `numpy` for many.
_Value = Any

_A_M = 6_378_245.0  # Krasovsky 1940: semi-major axis in metres, and first eccentricity squared
_E2 = 0.006_693_421_622_965_943
_PI_BD = math.pi * 3000.0 / 180.0

# Where the published algorithm shifts at all: a box around China, not its border.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271

# Each round shrinks the error about 300 times: from 1 km to under 1e-9 m in six, to spare.
_ROUNDS = 8

_NAMES = {
    Crs.WGS84: ("wgs84", "epsg4326", "4326", "crs84", "ogc13crs84", "gps", "国际坐标"),
    Crs.CGCS2000: ("cgcs2000", "epsg4490", "4490", "国家大地坐标", "2000国家大地坐标系"),
    Crs.GCJ02: (
        "gcj02",
        "gcj2",
        "火星坐标",
        "火星坐标系",
        "高德",
        "腾讯",
        "高德坐标",
        "国测局坐标",
    ),
    Crs.BD09: ("bd09", "bd9", "bd09ll", "百度", "百度坐标", "百度坐标系"),
}
_BY_NAME = {name: crs for crs, names in _NAMES.items() for name in names}


def read_crs(text: str) -> Crs:
    """Read the name of a reference system as people and files write it.

    Raises:
        ParameterError: the text names none of the four.

    >>> read_crs("EPSG:4490"), read_crs("GCJ-02")
    (<Crs.CGCS2000: 'cgcs2000'>, <Crs.GCJ02: 'gcj02'>)
    """
    folded = "".join(each for each in text.casefold() if each.isalnum())
    folded = folded.replace("urnogcdefcrs", "")
    if folded in _BY_NAME:
        return _BY_NAME[folded]
    raise ParameterError(
        "crs",
        f"不认识坐标系“{text[:40]}”。请写 WGS 84、CGCS2000、GCJ-02 或 BD-09。",
        f"'{text[:40]}' is not a known reference system. Write WGS 84, CGCS2000, GCJ-02 or BD-09.",
    )


@overload
def convert(
    longitude: float, latitude: float, source: Crs, target: Crs
) -> tuple[float, float]: ...
@overload
def convert(
    longitude: Array, latitude: Array, source: Crs, target: Crs
) -> tuple[Array, Array]: ...
def convert(
    longitude: float | Array, latitude: float | Array, source: Crs, target: Crs
) -> tuple[Any, Any]:
    """Convert positions from one reference system to another.

    A way and its way back differ by less than 1 mm everywhere in China. Outside the box of the
    published algorithm (72.004–137.8347 E, 0.8293–55.8271 N, wider than China) all four systems
    are the same; within 1 km of that box's edge, far from China, the way back is ambiguous.

    Args:
        longitude: degrees, one or an array; NaN (unknown) stays NaN.
        latitude: degrees, as many as longitudes.
        source: the system they are given in.
        target: the system wanted.

    Returns:
        Longitude and latitude in `target`: floats for floats, new float64 arrays for arrays.

    Source:
        The published GCJ-02 algorithm (polynomial and sine terms in metres, turned into degrees
        on the Krasovsky 1940 ellipsoid) and the published BD-09 shift; both inverses are ours,
        by fixed-point iteration of the forward formula.

    >>> convert(121.415, 31.089, Crs.WGS84, Crs.GCJ02)
    (121.41963472586427, 31.087088210997166)
    """
    if isinstance(longitude, np.ndarray) or isinstance(latitude, np.ndarray):
        m: ModuleType = np
        x: _Value = np.array(longitude, dtype=np.float64)
        y: _Value = np.array(latitude, dtype=np.float64)
    else:
        m, x, y = math, float(longitude), float(latitude)
        if not (math.isfinite(x) and math.isfinite(y)):
            return x, y
    shifts_from, shifts_to = _SHIFTS[source], _SHIFTS[target]
    for shift in shifts_from[: len(shifts_from) - _shared(shifts_from, shifts_to)]:
        x, y = _only_in_box(m, x, y, *_undo(m, shift, x, y), test_moved=True)
    for shift in reversed(shifts_to[: len(shifts_to) - _shared(shifts_from, shifts_to)]):
        x, y = _only_in_box(m, x, y, *shift(m, x, y), test_moved=False)
    return x, y


_Shift = Callable[[ModuleType, _Value, _Value], tuple[_Value, _Value]]


def _shared(some: tuple[_Shift, ...], other: tuple[_Shift, ...]) -> int:
    return min(len(some), len(other))


def _only_in_box(
    m: ModuleType, x: _Value, y: _Value, moved_x: _Value, moved_y: _Value, *, test_moved: bool
) -> tuple[_Value, _Value]:
    """Keep the moved position where the true one (the moved one on a way back) is in the box."""
    true_x, true_y = (moved_x, moved_y) if test_moved else (x, y)
    inside = (true_x >= _WEST) & (true_x <= _EAST) & (true_y >= _SOUTH) & (true_y <= _NORTH)
    if m is math:
        return (moved_x, moved_y) if inside else (x, y)
    return np.where(inside, moved_x, x), np.where(inside, moved_y, y)


def _undo(m: ModuleType, shift: _Shift, x: _Value, y: _Value) -> tuple[_Value, _Value]:
    """Find the position that `shift` moves to (x, y)."""
    guess_x, guess_y = x, y
    for _ in range(_ROUNDS):
        there_x, there_y = shift(m, guess_x, guess_y)
        guess_x, guess_y = guess_x + (x - there_x), guess_y + (y - there_y)
    return guess_x, guess_y


def _to_gcj02(m: ModuleType, x: _Value, y: _Value) -> tuple[_Value, _Value]:
    """Shift WGS 84 to GCJ-02, wherever it is."""
    u, v = x - 105.0, y - 35.0
    root = m.sqrt(m.fabs(u))
    ripple = 20.0 * m.sin(6.0 * u * m.pi) + 20.0 * m.sin(2.0 * u * m.pi)
    north_m = -100.0 + 2.0 * u + 3.0 * v + 0.2 * v * v + 0.1 * u * v + 0.2 * root
    north_m = north_m + (ripple + _swell(m, v, 160.0, 320.0)) * 2.0 / 3.0
    east_m = 300.0 + u + 2.0 * v + 0.1 * u * u + 0.1 * u * v + 0.1 * root
    east_m = east_m + (ripple + _swell(m, u, 150.0, 300.0)) * 2.0 / 3.0
    latitude = y / 180.0 * m.pi
    w = 1.0 - _E2 * m.sin(latitude) ** 2
    metres_north = _A_M * (1.0 - _E2) / (w * m.sqrt(w)) * m.pi / 180.0
    metres_east = _A_M / m.sqrt(w) * m.cos(latitude) * m.pi / 180.0
    return x + east_m / metres_east, y + north_m / metres_north


def _swell(m: ModuleType, t: _Value, of_24_degrees: float, of_60_degrees: float) -> _Value:
    """The sine terms of periods 2, 6, 24 and 60 degrees, in metres before the factor 2/3."""
    return (
        20.0 * m.sin(t * m.pi)
        + 40.0 * m.sin(t / 3.0 * m.pi)
        + of_24_degrees * m.sin(t / 12.0 * m.pi)
        + of_60_degrees * m.sin(t / 30.0 * m.pi)
    )


def _to_bd09(m: ModuleType, x: _Value, y: _Value) -> tuple[_Value, _Value]:
    """Shift GCJ-02 to BD-09, wherever it is."""
    radius = m.sqrt(x * x + y * y) + 0.00002 * m.sin(y * _PI_BD)
    angle = m.atan2(y, x) + 0.000003 * m.cos(x * _PI_BD)
    return radius * m.cos(angle) + 0.0065, radius * m.sin(angle) + 0.006


# From WGS 84 outwards, read from the right: a way back peels from the left.
_SHIFTS: dict[Crs, tuple[_Shift, ...]] = {
    Crs.WGS84: (),
    Crs.CGCS2000: (),
    Crs.GCJ02: (_to_gcj02,),
    Crs.BD09: (_to_bd09, _to_gcj02),
}
