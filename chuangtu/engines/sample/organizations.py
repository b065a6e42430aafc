"""Rows of kind `organization` for invented enterprises and the bodies that serve them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from chuangtu.engines.sample.firms import NEVER, Firms
from chuangtu.engines.sample.model import Ground, Row, Totals, stream

_LEGAL_FORMS = ("limited_liability", "foreign_invested", "hmt_invested", "partnership")
_LEGAL_SHARES = (0.86, 0.08, 0.04, 0.02)
_REGISTERED_ELSEWHERE = 0.06


def list_organizations(
    firms: Firms, ground: Ground, totals: Totals, listed: dict[int, tuple[str, date]], seed: int
) -> list[Row]:
    """One row for each enterprise.

    Args:
        firms: the enterprises.
        ground: where they stand.
        totals: `until` decides what has ended by now.
        listed: enterprise → market and day of listing.
        seed: the sample's seed.
    """
    rng = stream(seed, "organizations")
    count = len(firms)
    drawn = {
        "road": rng.random(count),
        "number": rng.integers(1, 2_999, count),
        "room": rng.integers(101, 1_999, count),
        "capital": np.clip(rng.lognormal(5.8, 1.3, count), 10, 500_000).round(-1),
        "form": rng.choice(_LEGAL_FORMS, size=count, p=_LEGAL_SHARES),
        "short": rng.random(count),
        "elsewhere": rng.random(count),
    }
    columns = {name: values.tolist() for name, values in drawn.items()}
    return [
        _row(firms, ground, index, {name: columns[name][index] for name in columns}, listed)
        for index in range(count)
    ]


def _row(
    firms: Firms,
    ground: Ground,
    index: int,
    drawn: dict[str, Any],
    listed: dict[int, tuple[str, date]],
) -> Row:
    town = ground.towns[int(firms.town[index])]
    is_joint_stock = "股份" in firms.names[index]
    staff = int(firms.staff[index])
    row: Row = {
        "name": firms.names[index],
        "uscc": firms.codes[index],
        "organization_type": "enterprise",
        "industry": firms.trade_of(index).code,
        "technology_field": firms.trade_of(index).field,
        "legal_form": "joint_stock" if is_joint_stock else drawn["form"],
        "founded_on": date.fromordinal(int(firms.founded[index])),
        "registered_capital_yuan": Decimal(int(drawn["capital"])) * 10_000,
        "staff_count": staff,
        "is_above_size": staff >= 120,
        "listing": listed[index][0] if index in listed else "unlisted",
        "address": _address(ground, town.roads, town.name, drawn),
        "is_example": True,
    }
    if index in listed:
        row["listed_on"] = listed[index][1]
    if drawn["short"] < 0.3:
        row["short_names"] = (firms.briefs[index],)
    if drawn["short"] > 0.95:
        row["brand_names"] = (firms.briefs[index][:3],)
    if drawn["elsewhere"] < _REGISTERED_ELSEWHERE:
        other = ground.towns[(int(firms.town[index]) + 1) % len(ground.towns)]
        row["registered_address"] = _address(ground, other.roads, other.name, drawn)
    row |= place_of(firms, ground, index)
    return row | _ending(firms, index)


def place_of(firms: Firms, ground: Ground, index: int) -> Row:
    """The place fields of what stands where an enterprise stands."""
    precision = str(firms.precision[index])
    row: Row = {"town": ground.towns[int(firms.town[index])].code, "precision": precision}
    zone = int(firms.zone[index])
    if zone >= 0:
        row["zone"] = ground.zones[zone].code
    if precision != "none":
        row["longitude"] = Decimal(repr(round(float(firms.longitude[index]), 6)))
        row["latitude"] = Decimal(repr(round(float(firms.latitude[index]), 6)))
        row["crs"] = "wgs84"
    return row


def _address(ground: Ground, roads: tuple[str, ...], town: str, drawn: dict[str, Any]) -> str:
    road = roads[int(drawn["road"] * len(roads))]
    return f"{ground.city}市{town}{road}{drawn['number']}号{drawn['room']}室（示例）"


def _ending(firms: Firms, index: int) -> Row:
    ended = int(firms.ended[index])
    if ended == NEVER:
        return {"operating_status": "operating"}
    day = date.fromordinal(ended)
    if firms.has_moved[index]:
        return {"operating_status": "moved_out", "moved_out_on": day}
    return {"operating_status": "deregistered", "deregistered_on": day}
