"""Addresses of the catalog app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from chuangtu.apps.catalog import documentation
from chuangtu.apps.catalog.api import api
from chuangtu.apps.catalog.views import (
    areas,
    explore,
    exports,
    frames,
    past,
    record,
    saved,
    tiles,
)

app_name = "catalog"
urlpatterns: list[URLPattern | URLResolver] = [
    path("explore", explore.explore, name="explore"),
    path("explore/answer", explore.explore_answer, name="explore-answer"),
    path("explore/years", explore.explore_years, name="explore-years"),
    path("explore/saved", saved.saved_list, name="saved"),
    path("explore/saved/new", saved.save, name="save"),
    path("explore/saved/<int:number>/rename", saved.rename, name="saved-rename"),
    path("explore/saved/<int:number>/remove", saved.remove, name="saved-remove"),
    path("areas/<str:code>", areas.area, name="area"),
    path("compare", areas.compare_areas, name="compare"),
    path("embed", frames.embed, name="embed"),
    path("print", frames.sheet, name="print"),
    path("tiles/<int:z>/<int:x>/<int:y>.mvt", tiles.tile, name="tile"),
    re_path(r"^export\.(?P<form>[a-z]+)$", exports.export_file, name="export"),
    path("api/docs", documentation.documentation, name="api-docs"),
    path("api/v1/openapi.json", documentation.openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("resources/<int:number>", record.resource_detail, name="resource-detail"),
    path("resources/<int:number>/on", past.resource_past, name="resource-past"),
    # Anything else below: a sentence in JSON, and no redirect to an address with a slash.
    re_path(r"^(?:api|tiles)/(?P<rest>.*)$", documentation.nothing_here, name="api-nothing"),
]
