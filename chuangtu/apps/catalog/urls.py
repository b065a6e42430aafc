"""Addresses of the catalog app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from chuangtu.apps.catalog import documentation
from chuangtu.apps.catalog.api import api
from chuangtu.apps.catalog.views import exports, record, tiles

app_name = "catalog"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tiles/<int:z>/<int:x>/<int:y>.mvt", tiles.tile, name="tile"),
    re_path(r"^export\.(?P<form>[a-z]+)$", exports.export_file, name="export"),
    path("api/docs", documentation.documentation, name="api-docs"),
    path("api/v1/openapi.json", documentation.openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("resources/<int:number>", record.resource_detail, name="resource-detail"),
    # Anything else below: a sentence in JSON, and no redirect to an address with a slash.
    re_path(r"^(?:api|tiles)/(?P<rest>.*)$", documentation.nothing_here, name="api-nothing"),
]
