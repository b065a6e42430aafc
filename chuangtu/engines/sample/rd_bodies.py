"""R&D bodies of invented enterprises: national, municipal and district ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from chuangtu.engines.sample.choosing import choose
from chuangtu.engines.sample.firms import Firms
from chuangtu.engines.sample.model import Ground, Row, Totals, days_between, stream
from chuangtu.engines.sample.organizations import place_of
from chuangtu.engines.sample.words import EXAMPLE

_NATIONAL, _KEY_LABORATORIES = 9, 12
_ENGINEERING_SHARE = 0.3
_ALSO_DISTRICT = 25
_A_YEAR = (("district_rd_institution", 6), ("municipal_enterprise_technology_center", 2))
_REVOKED_A_YEAR = 2

_WORDS = {
    "national_enterprise_technology_center": ("national", "国家企业技术中心"),
    "municipal_key_laboratory": ("municipal", "市重点实验室"),
    "municipal_engineering_center": ("municipal", "市工程技术研究中心"),
    "municipal_enterprise_technology_center": ("municipal", "市企业技术中心"),
    "district_rd_institution": ("district", "研发中心"),
}


@dataclass(frozen=True, slots=True)
class _Group:
    """So many bodies of one title, recognized from `first` to `last`."""

    title: str
    count: int
    first: date
    last: date


def found_rd_bodies(firms: Firms, ground: Ground, totals: Totals, seed: int) -> list[Row]:
    """Found bodies so that the counts of the day hold exactly, by level and by title.

    Several titles on one body are one body: some municipal ones are district ones too.
    """
    rng = stream(seed, "rd_bodies")
    groups = [*_groups(totals)]
    count = sum(each.count for each in groups)
    until_year = totals.until.year
    later = [
        _Group(title, a_year, date(year, 4, 1), min(date(year, 11, 30), totals.until))
        for year in range(totals.day.year + 1, until_year + 1)
        for title, a_year in _A_YEAR
        if date(year, 4, 1) < totals.until
    ]
    hosts = choose(
        rng,
        firms,
        count + sum(each.count for each in later),
        founded_by=date(totals.flows_since.year - 6, 12, 31),
        there_on=totals.until,
    ).tolist()
    rows = [
        _row(rng, firms, ground, hosts.pop(), group.title, on)
        for group in (*groups, *later)
        for on in days_between(rng, group.first, group.last, group.count)
    ]
    _mark_several_titles(rows, totals)
    _revoke(rng, rows, totals)
    return rows


def _groups(totals: Totals) -> Iterator[_Group]:
    """How the stock of the day is made up: title by title, earlier ones and new ones."""
    since, day = totals.flows_since, totals.day
    long_ago, just_before = date(since.year - 5, 1, 5), date(since.year - 1, 12, 28)
    municipal = totals["rd_bodies_municipal"]
    engineering_new = totals["rd_engineering_new"]
    centers_new = totals["rd_technology_centers_new"]
    left = municipal - _NATIONAL - _KEY_LABORATORIES - engineering_new - centers_new
    engineering = int(left * _ENGINEERING_SHARE)
    district = totals["rd_bodies"] - municipal
    district_new = totals["rd_district_new"]
    center = "municipal_enterprise_technology_center"
    yield _Group("national_enterprise_technology_center", _NATIONAL, long_ago, just_before)
    yield _Group("municipal_key_laboratory", _KEY_LABORATORIES, long_ago, just_before)
    yield _Group("municipal_engineering_center", engineering, long_ago, just_before)
    yield _Group("municipal_engineering_center", engineering_new, since, day)
    yield _Group(center, left - engineering, long_ago, just_before)
    yield _Group(center, centers_new, since, day)
    yield _Group("district_rd_institution", district - district_new, long_ago, just_before)
    yield _Group("district_rd_institution", district_new, since, day)


def _row(
    rng: np.random.Generator, firms: Firms, ground: Ground, host: int, title: str, on: date
) -> Row:
    level, word = _WORDS[title]
    trade = firms.trade_of(host)
    staff = int(rng.integers(12, 260))
    return {
        "name": f"{firms.briefs[host]}{word}{EXAMPLE}",
        "body_titles": (title,),
        "levels": (level,),
        "host": firms.codes[host],
        "technology_field": trade.field,
        "research_directions": trade.products[:3],
        "area_sqm": Decimal(int(rng.integers(3, 90)) * 100),
        "staff_count": staff,
        "rd_staff_count": int(staff * rng.uniform(0.5, 0.95)),
        "equipment_yuan": Decimal(int(rng.lognormal(5.6, 0.9)) + 20) * 10_000,
        "recognized_on": on,
        "issuer": "示例认定机构",
        "is_example": True,
    } | place_of(firms, ground, host)


def _mark_several_titles(rows: list[Row], totals: Totals) -> None:
    """Some municipal bodies from before the five years bear a district title too."""
    both = [
        row
        for row in rows
        if row["levels"] == ("municipal",) and row["recognized_on"] < totals.flows_since
    ]
    for row in both[:_ALSO_DISTRICT]:
        row["body_titles"] += ("district_rd_institution",)
        row["levels"] += ("district",)


def _revoke(rng: np.random.Generator, rows: list[Row], totals: Totals) -> None:
    """A few bodies of the day's stock lose their title each year after it."""
    stock = [row for row in rows if row["recognized_on"] <= totals.day]
    years = range(totals.day.year + 2, totals.until.year)
    count = min(len(stock), _REVOKED_A_YEAR * len(years))
    for number, index in enumerate(rng.permutation(len(stock))[:count].tolist()):
        year = years[number // _REVOKED_A_YEAR]
        stock[index]["revoked_on"] = days_between(rng, date(year, 2, 1), date(year, 11, 30), 1)[0]
