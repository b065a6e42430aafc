"""Invented organizations that are not ordinary enterprises: operators, agencies, managers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from chuangtu.engines.sample.credit_codes import credit_codes
from chuangtu.engines.sample.model import Ground, Row
from chuangtu.engines.sample.scatter import scatter
from chuangtu.engines.sample.words import EXAMPLE, FIRST, SECOND


@dataclass(frozen=True)
class Body:
    """One organization: its row, its brief name, and the place fields of what it runs."""

    row: Row
    brief: str
    place: Row


def make_bodies(
    ground: Ground,
    count: int,
    ending: str,
    organization_type: str,
    first_serial: int,
    rng: np.random.Generator,
) -> list[Body]:
    """Make organizations whose names end in `ending`, with codes from `first_serial` on.

    Their brands have two syllables where enterprises' have three, so names never meet.
    """
    place = scatter(ground, count, rng)
    drawn = rng.permutation(len(FIRST) * len(SECOND))[:count]
    codes = credit_codes(np.arange(first_serial, first_serial + count)).tolist()
    years = rng.integers(1998, 2008, count).tolist()
    bodies = []
    for number, code in enumerate(codes):
        brief = FIRST[drawn[number] // len(SECOND)] + SECOND[drawn[number] % len(SECOND)]
        where: Row = {
            "town": ground.towns[int(place.town[number])].code,
            "longitude": Decimal(repr(round(float(place.longitude[number]), 6))),
            "latitude": Decimal(repr(round(float(place.latitude[number]), 6))),
            "crs": "wgs84",
            "precision": "exact",
        }
        if place.zone[number] >= 0:
            where["zone"] = ground.zones[int(place.zone[number])].code
        row: Row = {
            "name": f"{ground.city}{brief}{ending}{EXAMPLE}",
            "uscc": code.decode(),
            "organization_type": organization_type,
            "founded_on": date(years[number], 1 + number % 12, 5 + number % 20),
            "operating_status": "operating",
            "is_example": True,
        }
        bodies.append(Body(row | where, brief, where))
    return bodies
