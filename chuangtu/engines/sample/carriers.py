"""Invented incubation carriers, and the organizations that run them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from chuangtu.engines.sample.bodies import Body, make_bodies
from chuangtu.engines.sample.model import Ground, Ints, Row, Totals, days_between, stream
from chuangtu.engines.sample.words import EXAMPLE

# Levels of the stock of incubators: two districts' worth of private ones are municipal.
_DISTRICT_INCUBATORS = 3
_LATER_INCUBATORS, _LATER_MAKER_SPACES = 8, 12
_CLOSED = 3


@dataclass(frozen=True)
class Carriers:
    """Rows of kind `carrier` and rows of kind `organization` for those who run them."""

    rows: list[Row]
    operators: list[Row]


def open_carriers(ground: Ground, totals: Totals, first_serial: int, seed: int) -> Carriers:
    """Open carriers so that numbers, floor areas and incubatees of the day hold exactly.

    Nurseries and accelerators are run by operators of the incubators, so that operators, each
    counted once, are as many as incubators.
    """
    rng = stream(seed, "carriers")
    incubators = totals["incubators"]
    later = _LATER_INCUBATORS + _LATER_MAKER_SPACES
    bodies = make_bodies(
        ground, incubators + later, "创业孵化管理有限公司", "carrier_operator", first_serial, rng
    )
    stock, newcomers = bodies[:incubators], bodies[incubators:]
    rows = [
        *_incubators(rng, stock, totals),
        *_nurseries(rng, stock, totals),
        *_accelerators(rng, stock, totals),
        *_later(rng, newcomers, totals),
    ]
    return Carriers(rows, [each.row for each in bodies])


def _incubators(rng: np.random.Generator, stock: list[Body], totals: Totals) -> list[Row]:
    count = len(stock)
    areas = _parts(rng, totals["incubators_area_sqm"], count, 100)
    incubatees = _parts(rng, totals["incubatees"], count, 1)
    new = _years_old(rng, totals, count, totals["incubators_new"])
    rows = []
    for number, body in enumerate(stock):
        is_private = number < totals["private_municipal_incubators"]
        is_district = number >= count - _DISTRICT_INCUBATORS
        rows.append(
            _row(body, "incubator", "科技企业孵化器", new[number])
            | {
                "level": "district" if is_district else "municipal",
                "ownership": "private" if is_private else ("state", "university")[number % 2],
                "specialty": ("general", "specialized")[number % 3 == 0],
                "area_sqm": Decimal(int(areas[number])),
                "incubatee_total_count": int(incubatees[number]),
                "incubatee_count": max(1, int(incubatees[number] * 0.6)),
                "services": ("创业辅导", "投融资对接", "知识产权服务"),
            }
        )
    return rows


def _nurseries(rng: np.random.Generator, stock: list[Body], totals: Totals) -> list[Row]:
    count = totals["pre_incubators"]
    areas = _parts(rng, totals["pre_incubators_area_sqm"], count, 1)
    projects = _parts(rng, totals["pre_incubated"], count, 1)
    new = _years_old(rng, totals, count, totals["pre_incubators_new"])
    return [
        _row(stock[number], "pre_incubator", "创业苗圃", new[number])
        | {
            "level": "municipal",
            "area_sqm": Decimal(int(areas[number])),
            "incubatee_total_count": int(projects[number]),
            "seat_count": int(areas[number]) // 6,
        }
        for number in range(count)
    ]


def _accelerators(rng: np.random.Generator, stock: list[Body], totals: Totals) -> list[Row]:
    count = totals["accelerators"]
    areas = _parts(rng, totals["accelerators_area_sqm"], count, 100)
    firms = _parts(rng, totals["accelerated"], count, 1)
    new = _years_old(rng, totals, count, count)
    return [
        _row(stock[-1 - number], "accelerator", "科技企业加速器", new[number])
        | {
            "level": "municipal",
            "area_sqm": Decimal(int(areas[number])),
            "incubatee_total_count": int(firms[number]),
        }
        for number in range(count)
    ]


def _later(rng: np.random.Generator, newcomers: list[Body], totals: Totals) -> list[Row]:
    """Carriers opened after the day; the last few of them have closed again."""
    first, last = totals.day.replace(year=totals.day.year + 1, month=3), totals.until
    days = sorted(days_between(rng, first, last, len(newcomers)))
    rows = []
    for number, (body, on) in enumerate(zip(newcomers, days, strict=True)):
        is_incubator = number % 5 < 2
        kind, word = (
            ("incubator", "科技企业孵化器") if is_incubator else ("maker_space", "众创空间")
        )
        row = _row(body, kind, word, on) | {
            "level": ("district", "municipal")[number % 3 == 0],
            "ownership": ("private", "state", "mixed")[number % 3],
            "area_sqm": Decimal(int(rng.integers(8, 120)) * 100),
            "seat_count": int(rng.integers(40, 400)),
        }
        if number < _CLOSED:
            row["closed_on"] = date(last.year - 1 - number, 6, 28)
        rows.append(row)
    return rows


def _row(body: Body, kind: str, word: str, opened: date) -> Row:
    return {
        "name": f"{body.brief}{word}{EXAMPLE}",
        "carrier_type": kind,
        "operator": body.row["uscc"],
        "opened_on": opened,
        "is_example": True,
    } | body.place


def _parts(rng: np.random.Generator, total: int, count: int, unit: int) -> Ints:
    """Positive parts that add up to `total`, all but the last whole multiples of `unit`."""
    shares = rng.dirichlet(np.full(count, 3.0))
    parts = np.maximum((shares * total / unit).astype(np.int64), 1) * unit
    # What rounding left or took goes to the largest, which can bear it.
    parts[np.argmax(parts)] += total - parts.sum()
    return parts


def _years_old(rng: np.random.Generator, totals: Totals, count: int, new: int) -> list[date]:
    """Opening days: `new` of them within the five years, the others in the six before."""
    since = totals.flows_since
    before = date.fromordinal(since.toordinal() - 1)
    recent = days_between(rng, since, totals.day, new)
    return recent + days_between(rng, since.replace(year=since.year - 6), before, count - new)
