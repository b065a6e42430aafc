"""Where: boxes, circles and drawn shapes in WGS 84, longitude before latitude, degrees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How well a position is known, best first."""

    EXACT = "exact"
    ROAD = "road"
    TOWN = "town"
    DISTRICT = "district"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Box:
    """A box along the meridians; all four edges belong to it."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Circle:
    """All points at most `radius_m` metres from a centre, on the sphere of 6 371 008.8 m."""

    longitude: float
    latitude: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Polygon:
    """One drawn ring, closed by itself; points on the edge belong to it."""

    ring: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A town, zone or boundary by its code; its members are the records placed in it."""

    code: str


Area = Box | Circle | Polygon | NamedArea
