"""The district as rows are judged against it."""

from __future__ import annotations

from chuangtu.apps.places import queries as places
from chuangtu.apps.registry.facts.values import NOWHERE, Surroundings
from chuangtu.terms.place import Box

_MARGIN_DEGREES = 0.02
"""About 2 km: a border is drawn coarsely, and sites lie on it."""


def look_around() -> Surroundings:
    """Towns, areas and frame of the district that is set up; nothing when none is."""
    district = places.get_district()
    if district is None:
        return NOWHERE
    box, margin = district.bbox, _MARGIN_DEGREES
    towns = places.town_choices()
    codes = {each.code for each in towns}
    areas = tuple(each for each in places.area_choices() if each.code not in codes)
    return Surroundings(
        towns=towns,
        areas=areas,
        box=Box(box.west - margin, box.south - margin, box.east + margin, box.north + margin),
    )
