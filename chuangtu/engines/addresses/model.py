"""An address in parts, what is known of a district, and where an address is: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chuangtu.terms.place import Precision


class PartKind(StrEnum):
    """What a part of an address names, coarse to fine."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    PARK = "park"
    VILLAGE = "village"
    ROAD = "road"
    LANE = "lane"
    NUMBER = "number"
    BUILDING = "building"
    FLOOR = "floor"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an address.

    Attributes:
        kind: what it names.
        value: as it is compared: half width, numbers in Arabic digits, without 号, 弄, 室.
        start: where it begins in the text as it was written.
        end: where it ends there, excluded.
    """

    kind: PartKind
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart.

    Attributes:
        text: as it was written.
        parts: in the order of the text.
        unread: spans (start, end excluded) that name nothing we know.
    """

    text: str
    parts: tuple[Part, ...]
    unread: tuple[tuple[int, int], ...] = ()

    def value(self, kind: PartKind) -> str:
        """The first part of a kind, "" where there is none."""
        return next((each.value for each in self.parts if each.kind is kind), "")


@dataclass(frozen=True, slots=True)
class Place:
    """A district, town, zone or park whose middle is known.

    Attributes:
        code: its code; a town's begins with its district's.
        names: every way it is called (古美街道, 古美路街道).
        longitude: of its middle, WGS 84.
        latitude: of its middle.
        boundary: GeoJSON geometry in WGS 84, or "" where it is unknown.
    """

    code: str
    names: tuple[str, ...]
    longitude: float
    latitude: float
    boundary: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A located record with an address: what others are located by.

    Attributes:
        key: of the record, to show what an answer rests on.
        address: as it was written.
        longitude: WGS 84.
        latitude: WGS 84.
        district: code, or "".
    """

    key: str
    address: str
    longitude: float
    latitude: float
    district: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """Where an address is.

    Attributes:
        precision: how well that is known; `none` has no position.
        longitude: WGS 84, None without a position.
        latitude: WGS 84, None without a position.
        used: keys of the records and codes of the places it rests on.
        zh: why, in a sentence.
        en: the same in English.
    """

    precision: Precision
    longitude: float | None
    latitude: float | None
    used: tuple[str, ...]
    zh: str
    en: str
