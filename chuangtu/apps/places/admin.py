"""Looking at regions and areas; they change through `chuangtu init`, where it is journalled."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from chuangtu.apps.places.models import Area, Region


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "level", "parent", "source", "source_date", "set_up_at")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("code", "name")


@admin.register(Area)
class AreaAdmin(ReadOnlyAdmin):
    # Django makes the form also where it is only looked at, and 5.x warns of a scheme not said.
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("code", "name", "kind", "precision", "crs", "source", "source_date")
    list_filter = ("kind", "precision")
    search_fields = ("code", "name")
