"""One area as it is to be, and the journal's line for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chuangtu.apps.journal import actions as journal
from chuangtu.apps.places import facts
from chuangtu.apps.places.models import Area

TABLE = "places.area"


def keep_area(code: str, values: Mapping[str, Any]) -> journal.Change | None:
    """Lay values over an area, made if it is not there; `None` when nothing changed."""
    area = Area.objects.filter(code=code).first()
    before = facts.area_values(area) if area else None
    area = area or Area(code=code)
    for name, value in values.items():
        setattr(area, name, value)
    if facts.area_values(area) == before:
        return None
    area.full_clean(validate_unique=False, exclude=["region"])
    area.save()
    return journal.Change(TABLE, code, before, facts.area_values(area))
