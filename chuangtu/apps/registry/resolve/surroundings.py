"""The district as rows are judged against it."""

from __future__ import annotations

from chuangtu.apps.places import queries as places
from chuangtu.apps.registry.facts.values import NOWHERE, Surroundings
from chuangtu.terms.kind import Choice
from chuangtu.terms.place import Box

_MARGIN_DEGREES = 0.02
"""About 2 km: a border is drawn coarsely, and sites lie on it."""


def look_around() -> Surroundings:
    """Towns, areas and frame of the district that is set up; nothing when none is."""
    district = places.get_district()
    if district is None:
        return NOWHERE
    box, margin = district.bbox, _MARGIN_DEGREES
    return Surroundings(
        towns=places.town_choices(),
        areas=tuple(
            Choice(each.code, each.name, each.name_en or each.name)
            for each in places.list_areas()
            if each.kind not in ("town", "boundary")
        ),
        box=Box(box.west - margin, box.south - margin, box.east + margin, box.north + margin),
    )
