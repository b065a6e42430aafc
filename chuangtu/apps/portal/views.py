"""The home page and the pages about the platform."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.places.queries import get_district
from chuangtu.apps.portal import queries
from chuangtu.apps.registry.kinds import KINDS

FORMATS = ("csv", "xlsx", "geojson", "gpkg", "parquet")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    district = get_district()
    if district is None:
        return render(request, "portal/no_district.html")
    viewer, today = viewer_of(request.user), timezone.localdate()
    overview = queries.get_overview(viewer, today)
    return render(
        request,
        "portal/home.html",
        {
            "hides_header_search": True,
            "district": district,
            "today": today,
            "towns": [asdict(each) for each in overview.towns],
            "overview": overview,
            "statement": queries.find_statement(district.code, viewer),
        },
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    district, viewer = get_district(), viewer_of(request.user)
    return render(
        request,
        "portal/about.html",
        {
            "layers": queries.list_layers(),
            "code_lists": queries.list_code_lists(),
            "statement": queries.find_statement(district.code, viewer) if district else None,
        },
    )


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/open_data.html", {"kinds": KINDS.values(), "formats": FORMATS})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
