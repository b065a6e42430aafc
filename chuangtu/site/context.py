"""What every page knows: the district's name, the map's approval number, demonstration mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {"is_demo": settings.DEMO, "map_approval_number": settings.MAP_APPROVAL_NUMBER}
