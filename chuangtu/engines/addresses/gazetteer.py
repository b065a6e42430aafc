"""What is known of a district, laid out to be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import shapely

from chuangtu.engines.addresses.model import Known, PartKind, Place
from chuangtu.engines.addresses.parse import parse


@dataclass(frozen=True, slots=True)
class House:
    """A located record at a road and number.

    Attributes:
        known: the record.
        number: house or lane number along the road.
        door: number within the lane, "" outside one.
    """

    known: Known
    number: int
    door: str


@dataclass(frozen=True)
class Gazetteer:
    """Places and located addresses; made by `build_gazetteer`.

    Attributes:
        above: names of the province and city the districts lie in (上海市, 上海).
        districts: those the platform is about.
        towns: their towns.
        parks: zones and parks.
        roads: road → houses by number.
    """

    above: frozenset[str]
    districts: tuple[Place, ...]
    towns: tuple[Place, ...]
    parks: tuple[Place, ...]
    roads: Mapping[str, tuple[House, ...]] = field(default_factory=dict)

    @cached_property
    def _boundaries(self) -> dict[str, shapely.Geometry]:
        return {
            each.code: shapely.from_geojson(each.boundary)
            for each in (*self.districts, *self.towns)
            if each.boundary
        }

    def is_outside(self, place: Place, longitude: float, latitude: float, by_m: float) -> bool:
        """Whether a position is more than some metres outside a place; unknown is not outside."""
        boundary = self._boundaries.get(place.code)
        if boundary is None:
            return False
        degrees: float = shapely.distance(boundary, shapely.Point(longitude, latitude))
        return degrees * _METRES_A_DEGREE > by_m


# Of latitude; a degree of longitude is shorter, so that what is measured is never too little.
_METRES_A_DEGREE = 111_000


def build_gazetteer(
    *,
    above: Iterable[str],
    districts: Iterable[Place],
    towns: Iterable[Place] = (),
    parks: Iterable[Place] = (),
    known: Iterable[Known] = (),
) -> Gazetteer:
    """Lay out places and located addresses.

    Args:
        above: names of the province and city the districts lie in, with and without 省 and 市.
        districts: at least those whose addresses are to be located.
        towns: of those districts.
        parks: zones and parks of those districts.
        known: records whose position is exact; what has no road and number is passed over.
    """
    roads: dict[str, list[House]] = defaultdict(list)
    for each in known:
        address = parse(each.address)
        road = address.value(PartKind.ROAD)
        lane, number = address.value(PartKind.LANE), address.value(PartKind.NUMBER)
        first = first_number(lane or number)
        if road and first is not None:
            roads[road].append(House(each, first, number if lane else ""))
    ordered = {
        road: tuple(sorted(houses, key=lambda each: (each.number, each.door, each.known.key)))
        for road, houses in roads.items()
    }
    return Gazetteer(frozenset(above), tuple(districts), tuple(towns), tuple(parks), ordered)


def first_number(text: str) -> int | None:
    """The first number of a house, `100-2` is 100; None where there is none.

    >>> first_number("100-2"), first_number("A")
    (100, None)
    """
    digits = ""
    for sign in text:
        if not sign.isdecimal():
            break
        digits += sign
    return int(digits) if digits else None
