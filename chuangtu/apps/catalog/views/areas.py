"""One town or zone, and two areas side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from chuangtu.apps.catalog import parameters as read
from chuangtu.apps.catalog.comparison import compare, read_side
from chuangtu.apps.catalog.panels import panel
from chuangtu.apps.catalog.views.explore import config, home, sources_line
from chuangtu.apps.catalog.words import said
from chuangtu.apps.places.queries import list_areas
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.place import NamedArea


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    place = next((each for each in list_areas() if each.code == code), None)
    if place is None:
        raise NotVisibleError(
            "没有这个街镇或园区。请从资源地图的“范围”列表中选取。",
            "There is no such town or zone. Choose one from the list on the resource map.",
        )
    asked = read.read(request, {}, today=today)
    selection = asked.selection.within(NamedArea(code))
    shown = panel(snapshots.current(), selection, snapshots.describe(asked.viewer), today)
    context = {
        "today": today,
        "place": place,
        "place_name": said(place.name, place.name_en),
        "panel": shown,
        "facts": shown.facts | {"sources": sources_line(today)},
        "config": config(today),
        **home(),
    }
    return render(request, "catalog/area.html", context)


@require_safe
def compare_areas(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    sides = {"a": read_side, "b": read_side, "by": read.text}
    asked = read.read(request, sides, today=today)
    described = snapshots.describe(asked.viewer)
    context = compare(
        snapshots.current(),
        asked.selection,
        described,
        first=asked.options.get("a"),
        second=asked.options.get("b"),
        by=asked.options.get("by", "kind"),
        today=today,
    )
    return render(request, "catalog/compare.html", {"comparison": context})
