"""What a sample is made for: the ground it stands on, and the totals it must show."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = dict[str, Any]
"""One record: field name → value, as an import row has them (days, Decimals, texts, tuples)."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Town:
    """A town: about where its middle is, how much happens there, and roads to live on."""

    code: str
    name: str
    longitude: float
    latitude: float
    weight: float = 1.0
    roads: tuple[str, ...] = ("创新路", "科技路", "示范路")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone or park that firms gather around."""

    code: str
    name: str
    longitude: float
    latitude: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Ground:
    """A district: its boundary as GeoJSON text in WGS 84, its towns (at least one) and zones."""

    code: str
    city: str
    boundary: str
    towns: tuple[Town, ...]
    zones: tuple[Zone, ...] = ()

    @classmethod
    def of_box(cls, west: float, south: float, east: float, north: float) -> Ground:
        """A plain box with one town: enough to measure on."""
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        boundary = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
        middle = Town("999999001", "示例镇", (west + east) / 2, (south + north) / 2)
        return cls("999999", "示例", boundary, (middle,))


class SpanError(ValueError):
    """The sample ends too soon after the day of its totals to show how they move on."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What must be counted at the end of `day`, beside the real records there are.

    Attributes:
        day: the day all stocks are for.
        until: the last day anything invented happens, seven years after `day` or later.
        flows_since: first day of the five-year period the `_new` counts are for.
        counts: stock or flow by name; see `generate` for the names it reads.
    """

    day: date
    until: date
    flows_since: date
    counts: Mapping[str, int]

    def __post_init__(self) -> None:
        """Refuse a sample that ends too soon."""
        if self.until.year < self.day.year + 7:
            raise SpanError(f"{self.until} is less than seven years after {self.day}.")

    def __getitem__(self, name: str) -> int:
        return self.counts[name]


def stream(seed: int, part: str) -> np.random.Generator:
    """A stream of chance of its own for each part, so that one part never shifts another."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(part.encode())]))


def days_between(rng: np.random.Generator, first: date, last: date, count: int) -> list[date]:
    """Working days from `first` to `last`, both included, evenly likely."""
    drawn = rng.integers(first.toordinal(), last.toordinal() + 1, count)
    # 0001-01-01 was a Monday, ordinal 1: Saturdays and Sundays move to the Friday before.
    weekday = (drawn - 1) % 7
    drawn = np.maximum(drawn - np.clip(weekday - 4, 0, 2), first.toordinal())
    return [date.fromordinal(each) for each in drawn.tolist()]
