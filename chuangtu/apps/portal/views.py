"""The home page and the pages about the platform."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chuangtu.apps.places.queries import get_district
from chuangtu.apps.portal import queries
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.rulebook.figures import find_statement

FORMATS = ("csv", "xlsx", "geojson", "gpkg", "parquet")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"hides_header_search": True})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    district = get_district()
    return render(
        request,
        "portal/about.html",
        {
            "layers": queries.list_layers(),
            "code_lists": queries.list_code_lists(),
            "statement": find_statement(district.code) if district else None,
        },
    )


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/open_data.html", {"kinds": KINDS.values(), "formats": FORMATS})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
