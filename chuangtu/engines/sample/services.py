"""Invented instruments, platforms, funds, venues, agencies, workstations and alliances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from chuangtu.engines.sample.bodies import Body, make_bodies
from chuangtu.engines.sample.choosing import choose
from chuangtu.engines.sample.firms import Firms
from chuangtu.engines.sample.model import Ground, Row, Totals, days_between, stream
from chuangtu.engines.sample.organizations import place_of
from chuangtu.engines.sample.words import EXAMPLE, INSTRUMENTS, SURNAMES

_OWNERS, _INSTRUMENTS = 130, 600
_AGENCIES, _FUND_MANAGERS, _SUB_FUNDS = 60, 10, 8
_VENUES, _PLATFORMS, _WORKSTATIONS, _LATER_ALLIANCES = 24, 12, 60, 4

_SERVICES = (
    ("技术转移有限公司", "transfer", ("技术评价", "成果对接")),
    ("检测技术有限公司", "testing", ("产品检测", "计量校准")),
    ("知识产权代理有限公司", "ip", ("专利代理", "专利检索")),
    ("科技咨询有限公司", "consulting", ("项目申报", "管理咨询")),
)
_VENUE_WORDS = (
    ("科普馆", "science_museum"), ("科普教育基地", "education_base"),
    ("社区创新屋", "innovation_house"), ("青少年科学实践站", "youth_base"),
    ("生态园", "nature"),
)  # fmt: skip
_STATION_WORDS = (
    ("academician", "院士专家工作站"),
    ("postdoctoral", "博士后工作站"),
    ("graduate", "研究生工作站"),
)
_ALLIANCE_WORDS = ("智能传感", "增材制造", "工业软件", "医用材料", "储能", "卫星应用")


@dataclass(frozen=True)
class Services:
    """Rows by kind; those of kind `organization` are the operators of the others."""

    rows: dict[str, list[Row]]


def offer_services(
    firms: Firms, ground: Ground, totals: Totals, parent_fund: str, first_serial: int, seed: int
) -> Services:
    """Make everything that enterprises share; `parent_fund` is the guidance fund, or ""."""
    rng = stream(seed, "services")
    agencies = []
    for number, (ending, _, _) in enumerate(_SERVICES):
        count = _AGENCIES // len(_SERVICES)
        serial = first_serial + number * count
        agencies.append(make_bodies(ground, count, ending, "service_agency", serial, rng))
    managers = make_bodies(
        ground, _FUND_MANAGERS, "创业投资管理有限公司", "financial_institution",
        first_serial + _AGENCIES, rng,
    )  # fmt: skip
    operators = [body.row for body in (*sum(agencies, []), *managers)]
    return Services(
        {
            "organization": operators,
            "service_agency": _agencies(rng, agencies),
            "fund": _funds(rng, managers, totals, parent_fund),
            "instrument": _instruments(rng, firms, ground, totals),
            "platform": _platforms(rng, agencies[1], totals),
            "workstation": _workstations(rng, firms, ground, totals),
            "venue": _venues(rng, ground, totals),
            "alliance": _alliances(rng, firms, ground, totals),
        }
    )


def _agencies(rng: np.random.Generator, agencies: list[list[Body]]) -> list[Row]:
    return [
        {
            "name": body.row["name"].replace("有限公司", "服务中心"),
            "service_types": (kind,),
            "operator": body.row["uscc"],
            "services": services,
            "founded_on": body.row["founded_on"],
            "staff_count": int(rng.integers(5, 80)),
            "served_count": int(rng.integers(20, 900)),
            "is_example": True,
        }
        | body.place
        for (_, kind, services), bodies in zip(_SERVICES, agencies, strict=True)
        for body in bodies
    ]


def _funds(
    rng: np.random.Generator, managers: list[Body], totals: Totals, parent_fund: str
) -> list[Row]:
    """Sub-funds of the guidance fund up to the day, then a few angel funds."""
    sub_funds = days_between(rng, totals.flows_since, totals.day, _SUB_FUNDS)
    angels = days_between(rng, totals.day, totals.until, _FUND_MANAGERS - _SUB_FUNDS)
    rows = []
    for body, on in zip(managers, [*sub_funds, *angels], strict=True):
        is_sub = on <= totals.day
        row: Row = {
            "name": f"{body.brief}{'创业投资' if is_sub else '天使投资'}基金{EXAMPLE}",
            "fund_type": "sub_fund" if is_sub else "angel",
            "manager": body.row["uscc"],
            "size_yuan": Decimal(int(rng.integers(6, 60))) * 10_000_000,
            "fund_stages": ("early", "growth") if is_sub else ("seed", "early"),
            "technology_fields": ("electronics_it", "biomedicine", "advanced_manufacturing"),
            "founded_on": on,
            "is_example": True,
        }
        if is_sub and parent_fund:
            row["parent_fund"] = parent_fund
        rows.append(row | body.place)
    return rows


def _instruments(
    rng: np.random.Generator, firms: Firms, ground: Ground, totals: Totals
) -> list[Row]:
    founded_by = date(totals.day.year - 5, 12, 31)
    owners = choose(rng, firms, _OWNERS, founded_by=founded_by, there_on=totals.until)
    days = days_between(rng, totals.flows_since, totals.until, _INSTRUMENTS)
    rows = []
    for number, on in enumerate(days):
        owner = int(owners[rng.integers(0, _OWNERS)])
        name, category, price, fee = INSTRUMENTS[int(rng.integers(0, len(INSTRUMENTS)))]
        row: Row = {
            "name": name,
            "instrument_category": category,
            "instrument_model": f"EX-{rng.integers(100, 999)}{'ABCDE'[number % 5]}",
            "asset_number": f"EX{number:06d}",
            "owner": firms.codes[owner],
            "is_shared": bool(rng.random() < 0.7),
            "purchase_price_yuan": Decimal(int(price * rng.uniform(0.7, 1.4)) // 1000 * 1000),
            "purchased_on": on,
            "is_example": True,
        }
        if row["is_shared"]:
            row["fee_yuan_per_hour"] = Decimal(int(fee * rng.uniform(0.6, 1.3)) // 10 * 10)
            row["open_hours_count"] = int(rng.integers(200, 2_000))
        rows.append(row | place_of(firms, ground, owner))
    return rows


def _platforms(rng: np.random.Generator, testers: list[Body], totals: Totals) -> list[Row]:
    days = days_between(rng, totals.flows_since, totals.until, _PLATFORMS)
    return [
        {
            "name": f"{body.brief}{('公共技术', '检验检测')[number % 2]}服务平台{EXAMPLE}",
            "platform_type": ("public_technical", "sharing")[number % 2],
            "level": ("district", "municipal")[number % 3 == 0],
            "operator": body.row["uscc"],
            "served_count": int(rng.integers(30, 600)),
            "founded_on": on,
            "is_example": True,
        }
        | body.place
        for number, (body, on) in enumerate(zip(testers, days, strict=False))
    ]


def _workstations(
    rng: np.random.Generator, firms: Firms, ground: Ground, totals: Totals
) -> list[Row]:
    founded_by = date(totals.flows_since.year - 2, 12, 31)
    hosts = choose(rng, firms, _WORKSTATIONS, founded_by=founded_by, there_on=totals.until)
    days = days_between(rng, totals.flows_since, totals.until, _WORKSTATIONS)
    rows = []
    for number, (host, on) in enumerate(zip(hosts.tolist(), days, strict=True)):
        kind, word = _STATION_WORDS[number % 3]
        rows.append(
            {
                "name": f"{firms.briefs[host]}{word}{EXAMPLE}",
                "workstation_type": kind,
                "level": "municipal" if kind != "graduate" else "district",
                "host": firms.codes[host],
                "technology_field": firms.trade_of(host).field,
                "experts": (f"{SURNAMES[number % len(SURNAMES)]}某（示例）",),
                "resident_count": int(rng.integers(3, 30)),
                "founded_on": on,
                "is_example": True,
            }
            | place_of(firms, ground, host)
        )
    return rows


def _venues(rng: np.random.Generator, ground: Ground, totals: Totals) -> list[Row]:
    days = days_between(rng, totals.flows_since, totals.until, _VENUES)
    rows = []
    for number, on in enumerate(days):
        town = ground.towns[number % len(ground.towns)]
        word, kind = _VENUE_WORDS[number % len(_VENUE_WORDS)]
        rows.append(
            {
                "name": f"{town.name}{word}{number // len(ground.towns) + 1}号{EXAMPLE}",
                "venue_type": kind,
                "level": "district",
                "themes": ("低碳", "公共安全"),
                "area_sqm": Decimal(int(rng.integers(2, 60)) * 100),
                "is_free": True,
                "visitor_count": int(rng.integers(500, 60_000)),
                "opened_on": on,
                "town": town.code,
                "longitude": Decimal(repr(round(town.longitude, 6))),
                "latitude": Decimal(repr(round(town.latitude, 6))),
                "crs": "wgs84",
                "precision": "town",
                "is_example": True,
            }
        )
    return rows


def _alliances(
    rng: np.random.Generator, firms: Firms, ground: Ground, totals: Totals
) -> list[Row]:
    """The alliances of the day that are not among the real ones, and a few later ones."""
    count = totals["alliances"] + _LATER_ALLIANCES
    founded_by = date(totals.flows_since.year - 3, 12, 31)
    members = choose(rng, firms, count * 8, founded_by=founded_by, there_on=totals.until)
    days = days_between(rng, totals.flows_since, totals.day, totals["alliances"])
    after = totals.day.replace(year=totals.day.year + 1, month=6, day=1)
    days += days_between(rng, after, totals.until, _LATER_ALLIANCES)
    rows = []
    for number, on in enumerate(days):
        joined = members[number * 8 : number * 8 + 8].tolist()
        word = _ALLIANCE_WORDS[number % len(_ALLIANCE_WORDS)]
        rows.append(
            {
                "name": f"上海{word}产业技术创新战略联盟{EXAMPLE}",
                "level": "municipal",
                "leader": firms.codes[joined[0]],
                "members": tuple(firms.codes[each] for each in joined[1:]),
                "member_count": len(joined),
                "technology_field": firms.trade_of(joined[0]).field,
                "founded_on": on,
                "is_example": True,
            }
            | place_of(firms, ground, joined[0])
        )
    return rows
