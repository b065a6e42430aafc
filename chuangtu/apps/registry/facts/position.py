"""Given positions → where records are shown, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from chuangtu.terms.coordinates import Crs, convert
from chuangtu.terms.place import Precision

Given = tuple[float | None, float | None, str | None]
"""Longitude, latitude and system as they were given."""
Position = tuple[float | None, float | None]
"""Longitude and latitude in WGS 84."""


class Shown(NamedTuple):
    """Where a record is shown, and by which of its sites."""

    longitude: float | None
    latitude: float | None
    precision: str
    placed_by: str


# Outside a wide box around China the four systems are the same, and far outside (at the poles) the
# formulas of the shifted ones overflow.
_WEST, _EAST, _SOUTH, _NORTH = 72.0, 138.0, 0.5, 56.0
NOT_SHOWN = (None, None, None)


def to_wgs84(given: Sequence[Given]) -> list[Position]:
    """The positions in WGS 84; one that is incomplete has none."""
    found: list[Position] = [(None, None)] * len(given)
    by_system: dict[str, list[int]] = defaultdict(list)
    for place, (x, y, crs) in enumerate(given):
        if x is None or y is None or not crs:
            continue
        if _WEST < x < _EAST and _SOUTH < y < _NORTH:
            by_system[crs].append(place)
        else:
            found[place] = (x, y)
    for crs, places in by_system.items():
        longitudes, latitudes = convert(
            np.array([given[each][0] for each in places], dtype=np.float64),
            np.array([given[each][1] for each in places], dtype=np.float64),
            Crs(crs),
            Crs.WGS84,
        )
        for each, position in zip(
            places, zip(longitudes.tolist(), latitudes.tolist(), strict=True), strict=True
        ):
            found[each] = position
    return found


def shown_places(states: Iterable[Mapping[str, Any]]) -> list[Shown]:
    """Where records are shown: their own position, else their registered site's."""
    chosen = [_chosen(each) for each in states]
    positions = to_wgs84([given for given, _, _ in chosen])
    return [
        Shown(None, None, Precision.NONE.value, "")
        if x is None
        else Shown(x, y, precision, placed_by)
        for (x, y), (_, precision, placed_by) in zip(positions, chosen, strict=True)
    ]


def _chosen(state: Mapping[str, Any]) -> tuple[Given, str, str]:
    precision = state.get("precision", Precision.EXACT.value)
    x, y, crs = state.get("longitude"), state.get("latitude"), state.get("crs")
    if x is not None and y is not None and crs and precision != Precision.NONE:
        return (x, y, crs), precision, "operating"
    for wanted in ("registered", "operating"):
        for role, _, site_x, site_y, site_crs, site_precision, *_ in state.get("sites", ()):
            if role == wanted and site_x is not None and site_y is not None and site_crs:
                return (site_x, site_y, site_crs), site_precision or Precision.EXACT.value, role
    return NOT_SHOWN, Precision.NONE.value, ""
