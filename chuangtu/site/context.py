"""What every page knows: language, theme, the district, who asks, demonstration mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

import chuangtu
from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.places.queries import get_district
from chuangtu.terms.viewer import OFFICER

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    chosen = request.COOKIES.get("theme")
    person = getattr(request, "user", None)
    return {
        "theme": chosen if chosen in THEMES else "",
        "is_demo": settings.DEMO,
        "is_officer": viewer_of(person).sees >= OFFICER.sees,
        # Asked for only by pages that show it: error pages of a broken database do not.
        "district": SimpleLazyObject(get_district),
        "map_approval_number": settings.MAP_APPROVAL_NUMBER,
        "product_version": chuangtu.__version__,
    }
