"""What the desk works out from what others keep: where an unlocated record may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chuangtu.apps.places import queries as places
from chuangtu.apps.registry.queries import Unlocated
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.engines.addresses.gazetteer import Gazetteer, build_gazetteer
from chuangtu.engines.addresses.locate import locate
from chuangtu.engines.addresses.model import Address, Known, Located, PartKind, Place
from chuangtu.engines.addresses.parse import parse
from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Choice
from chuangtu.terms.place import Precision
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import Viewer

_ALONG_A_ROAD = 300
"""Records of one road that are looked at; the nearest numbers of a longer one may be missed."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A record to be placed, and where its address is as far as is known."""

    record: Unlocated
    located: Located
    how_well: Choice


def suggest_places(records: Sequence[Unlocated], viewer: Viewer) -> list[Suggested]:
    """Where these records may be, by the towns, zones and located records the viewer sees."""
    addresses = [parse(each.address) for each in records]
    gazetteer = _gazetteer(addresses, viewer)
    degrees = {each.code: each for each in choices("precision")}
    return [
        Suggested(record, located, degrees[located.precision])
        for record, address in zip(records, addresses, strict=True)
        if (located := locate(_with_town(address, record), gazetteer))
    ]


def _with_town(address: Address, record: Unlocated) -> Address:
    """An address that says no town stands in the one the record names."""
    if address.value(PartKind.TOWN) or not record.town:
        return address
    town = places.find_area(record.town)
    if town is None or address.value(PartKind.DISTRICT):
        return address
    return parse(f"{town.name}{address.text}")


def _gazetteer(addresses: Iterable[Address], viewer: Viewer) -> Gazetteer:
    home = places.get_district()
    districts = [] if home is None else [_district(home)]
    above = _above(home.code) if home is not None else set()
    towns = [each for each in map(_place, places.list_towns()) if each is not None]
    zones = [
        each
        for kind in ("zone", "park")
        for each in map(_place, places.list_areas(kind))
        if each is not None
    ]
    roads = {address.value(PartKind.ROAD) for address in addresses} - {""}
    known = [each for road in sorted(roads) for each in _known(road, viewer, home)]
    return build_gazetteer(above=above, districts=districts, towns=towns, parks=zones, known=known)


def _district(home: Any) -> Place:
    longitude, latitude = home.centre
    return Place(home.code, (home.name,), longitude, latitude, home.boundary)


def _above(code: str) -> set[str]:
    """The names of province and city, with their endings and without."""
    names = set()
    for length in (2, 4):
        region = places.find_region(code[:length])
        if region is not None:
            names |= {region.name, region.name.removesuffix("市").removesuffix("省")}
    return names


def _place(area: Any) -> Place | None:
    if area.longitude is None or area.latitude is None:
        return None
    names = (area.name, *area.other_names)
    return Place(area.code, names, area.longitude, area.latitude, places.find_shape(area.code))


def _known(road: str, viewer: Viewer, home: Any) -> list[Known]:
    """Located records of a road whose position is their own and exact."""
    found = snapshots.page(Selection(words=road, viewer=viewer), limit=_ALONG_A_ROAD)
    known = []
    for item in found.items:
        position = item.get("position") or {}
        address = item["values"].get("address", "")
        is_own = position.get("site") == "operating" and position.get("of") is None
        if address and is_own and position.get("precision") == Precision.EXACT:
            known.append(
                Known(
                    str(item["id"]),
                    address,
                    position["longitude"],
                    position["latitude"],
                    home.code if home is not None else "",
                )
            )
    return known
