"""Where an address is, by what is known; nothing is invented."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from chuangtu.engines.addresses.gazetteer import Gazetteer, House, first_number
from chuangtu.engines.addresses.model import Address, Located, PartKind, Place
from chuangtu.terms.place import Precision

_ONE_HOUSE_M = 200
"""Records at one number lie closer than this, or the number names more than one place."""
_LONGEST_GAP_M = 1_500
"""Between known houses farther apart a road may turn, so nothing is read off the line."""
_OUTSIDE_M = 500
_FEWEST_SIGNS = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """An address with the places of the gazetteer that it names."""

    address: Address
    district: Place | None
    town: Place | None
    road: str
    number: int | None
    door: str


def locate(address: Address, gazetteer: Gazetteer) -> Located:
    """Locate an address as precisely as what is known allows.

    The house itself is exact; between known houses of the road, or in the same lane, the
    precision is the road; a park, a town or a district gives its middle. An address that names
    another district, or a road that several districts have without saying which, is not
    located.

    Args:
        address: as `parse` gives it.
        gazetteer: what is known.

    Returns:
        The position with its precision and the reason; precision `none` has no position.
    """
    named = address.value(PartKind.DISTRICT)
    district = _find(gazetteer.districts, named)
    above = {address.value(PartKind.PROVINCE), address.value(PartKind.CITY)} - {""}
    foreign = sorted(above - gazetteer.above) or ([named] if named and district is None else [])
    if foreign:
        return _nowhere(
            f"“{foreign[0]}”不在本平台的区划内。",
            f"“{foreign[0]}” is no region of this platform.",
        )
    town = _find(_within(gazetteer.towns, district), address.value(PartKind.TOWN))
    lane, number = address.value(PartKind.LANE), address.value(PartKind.NUMBER)
    asked = _Asked(
        address,
        district,
        town,
        _known_road(address.value(PartKind.ROAD), gazetteer),
        first_number(lane or number),
        number if lane else "",
    )
    return _by_road(asked, gazetteer) or _by_place(asked, gazetteer)


def _find(places: Sequence[Place], name: str) -> Place | None:
    """The place of a name, which must be one of those it is called by."""
    for each in places:
        if name and name in each.names:
            return each
    return None


def _within(places: Sequence[Place], district: Place | None) -> list[Place]:
    return [each for each in places if district is None or each.code.startswith(district.code)]


def _known_road(road: str, gazetteer: Gazetteer) -> str:
    """A road as records call it; what was written before it (交大旁东川路) is dropped."""
    if road in gazetteer.roads:
        return road
    ends = (road[at:] for at in range(1, len(road) - _FEWEST_SIGNS + 1))
    return next((each for each in ends if each in gazetteer.roads), "")


def _nowhere(zh: str, en: str) -> Located:
    return Located(Precision.NONE, None, None, (), zh, en)


def _by_road(asked: _Asked, gazetteer: Gazetteer) -> Located | None:
    houses = [
        each
        for each in gazetteer.roads.get(asked.road, ())
        if asked.district is None or each.known.district in ("", asked.district.code)
    ]
    number = asked.number
    if number is None or len({each.known.district for each in houses} - {""}) > 1:
        return None
    found = _same_house(asked, houses) or _between(asked.road, number, houses)
    if found is None or found.longitude is None or found.latitude is None:
        return None
    for place in (asked.town, asked.district):
        if place and gazetteer.is_outside(place, found.longitude, found.latitude, _OUTSIDE_M):
            return None
    return found


def _same_house(asked: _Asked, houses: list[House]) -> Located | None:
    at_number = [each for each in houses if each.number == asked.number]
    at_door = [each for each in at_number if each.door == asked.door]
    where = f"{asked.road}{asked.number}"
    if at_door and _width_m(at_door) <= _ONE_HOUSE_M:
        return _middle(
            Precision.EXACT,
            at_door,
            f"与已定位的记录同一门牌：{where}号。",
            f"A located record has the same house: {where}.",
        )
    if at_number and _width_m(at_number) <= _LONGEST_GAP_M:
        return _middle(
            Precision.ROAD,
            at_number,
            f"同一弄或同一号内有已定位的记录：{where}。",
            f"Located records are in the same lane or plot: {where}.",
        )
    return None


def _between(road: str, number: int, houses: list[House]) -> Located | None:
    """On the line between the nearest known houses below and above, of one side if there are."""
    one_side = [each for each in houses if each.number % 2 == number % 2]
    for among in (one_side, houses):
        below = [each for each in among if each.number < number]
        above = [each for each in among if each.number > number]
        if below and above and _width_m([below[-1], above[0]]) <= _LONGEST_GAP_M:
            return _on_line(road, number, below[-1], above[0])
    return None


def _on_line(road: str, number: int, below: House, above: House) -> Located:
    share = (number - below.number) / (above.number - below.number)
    return Located(
        Precision.ROAD,
        below.known.longitude + share * (above.known.longitude - below.known.longitude),
        below.known.latitude + share * (above.known.latitude - below.known.latitude),
        (below.known.key, above.known.key),
        f"按{road}{below.number}号与{above.number}号之间推算。",
        f"Read off between {road} {below.number} and {above.number}.",
    )


def _middle(precision: Precision, houses: list[House], zh: str, en: str) -> Located:
    return Located(
        precision,
        median(each.known.longitude for each in houses),
        median(each.known.latitude for each in houses),
        tuple(each.known.key for each in houses),
        zh,
        en,
    )


def _width_m(houses: list[House]) -> float:
    """The diagonal of the box around houses, in metres."""
    x = [each.known.longitude for each in houses]
    y = [each.known.latitude for each in houses]
    shrink = math.cos(math.radians(y[0]))
    return math.hypot((max(x) - min(x)) * shrink, max(y) - min(y)) * 111_195


def _by_place(asked: _Asked, gazetteer: Gazetteer) -> Located:
    parks = [each.value for each in asked.address.parts if each.kind is PartKind.PARK]
    places = _within(gazetteer.towns, asked.district)
    for name in parks:
        found = _find(gazetteer.parks, name) or _find(places, name)
        if found is not None and not _is_elsewhere(found, asked.district, gazetteer):
            return _at(Precision.TOWN, found, "园区", "park")
    if asked.town is not None:
        return _at(Precision.TOWN, asked.town, "街镇", "town")
    if asked.district is not None:
        return _at(Precision.DISTRICT, asked.district, "区", "district")
    return _nowhere(
        "地址中没有已知的道路门牌、园区、街镇或区。",
        "The address names no known house, park, town or district.",
    )


def _is_elsewhere(place: Place, district: Place | None, gazetteer: Gazetteer) -> bool:
    return district is not None and gazetteer.is_outside(
        district, place.longitude, place.latitude, _OUTSIDE_M
    )


def _at(precision: Precision, place: Place, zh: str, en: str) -> Located:
    name = place.names[0]
    return Located(
        precision,
        place.longitude,
        place.latitude,
        (place.code,),
        f"只知道所在{zh}，取{name}的中心。",
        f"Only the {en} is known: the middle of {name}.",
    )
