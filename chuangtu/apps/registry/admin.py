"""Looking at the register's tables; changes go through the desk, where they are journalled."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from chuangtu.apps.registry.models import Resource, Source, Statement


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Resource)
class ResourceAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "name", "town", "visibility", "version", "changed_at")
    list_filter = ("kind", "visibility", "is_example")
    search_fields = ("name", "name_key")
    show_full_result_count = False


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("id", "title", "url")
    search_fields = ("title",)


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = ("id", "source", "stated_on", "recorded_at", "by", "act")
    list_select_related = ("source",)
    search_fields = ("act",)
