"""The explorer's page, and the pieces of it that the page asks for when a filter changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chuangtu.apps.catalog import parameters as read
from chuangtu.apps.catalog.comparison import write_side
from chuangtu.apps.catalog.listing import lines
from chuangtu.apps.catalog.panels import panel
from chuangtu.apps.catalog.queries.saved import list_saved
from chuangtu.apps.catalog.words import day_text, link_pairs, said
from chuangtu.apps.catalog.years import count_years
from chuangtu.apps.places.queries import get_district, list_areas
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.telling import is_chinese
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import Selection

LIMIT = 30
ORDERS = ("name", "newest", "relevance")
EXPORTS = (
    ("xlsx", "Excel"),
    ("csv", "CSV"),
    ("geojson", "GeoJSON"),
    ("gpkg", "GeoPackage"),
    ("parquet", "Parquet"),
)


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    context = answer_context(request, today)
    context |= {
        **home(),
        "config": config(today),
        "hides_header_search": True,
    }
    return _kept_private(render(request, "catalog/explore.html", context))


@require_safe
def explore_answer(request: HttpRequest) -> HttpResponse:
    context = answer_context(request, timezone.localdate())
    return _kept_private(render(request, "catalog/explore/answer.html", context))


@require_safe
def explore_years(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = read.read(request, {}, today=today)
    years = count_years(snapshots.current(), asked.selection, today)
    return _kept_private(JsonResponse({"years": years}))


def answer_context(request: HttpRequest, today: date) -> dict[str, Any]:
    """One answer: counts, filters and the first or next lines of the list."""
    options = {"order": read.one_of(ORDERS), "after": read.text}
    asked = read.read(request, options, today=today)
    selection = asked.selection
    view, described = snapshots.current(), snapshots.describe(asked.viewer)
    best = "relevance" if selection.words else "name"
    order = asked.options.get("order", best)
    if order == "relevance" and not selection.words:
        order = "name"
    written = asked.options.get("after")
    after = read.read_cursor(order, written) if written else None
    page = view.page(selection, order=order, after=after, limit=LIMIT)
    shown = panel(view, selection, described, today)
    return {
        "panel": shown,
        "facts": shown.facts | {"sources": sources_line(today)},
        "lines": lines(page.items, described),
        "next": read.write_cursor(order, page.next) if page.next else "",
        "order": order if order != best else "",
        "orders": _orders(selection.words),
        "words": selection.words,
        "as_of": selection.as_of.isoformat() if selection.as_of not in (None, today) else "",
        "is_any_day": selection.as_of is None,
        "correction": view.correction(selection) if selection.words and not page.total else None,
        "exports": EXPORTS,
        "saved": list_saved(request.user.pk) if request.user.is_authenticated else [],
        "compare_address": _compare_address(selection, today),
        "embed_address": request.build_absolute_uri(reverse("catalog:embed")),
    }


def _compare_address(selection: Selection, today: date) -> str:
    """The comparison that begins with the area chosen here, if there is one."""
    rest = link_pairs(replace(selection, areas=()), today)
    sides = [("a", write_side(each)) for each in selection.areas[:1]]
    query = urlencode([*rest, *sides])
    return reverse("catalog:compare") + (f"?{query}" if query else "")


def _orders(words: str) -> list[tuple[str, str]]:
    named = [("name", _("按名称")), ("newest", _("按最近更新"))]
    if not words:
        return [("", named[0][1]), named[1]]
    return [("", _("按相关程度")), *named]


def sources_line(today: date) -> str:
    """Where the records come from, for every picture that leaves the platform."""
    return _("记录：创图资源名录，{day}，来源见各条记录").format(day=day_text(today))


def home() -> dict[str, Any]:
    """The district, and its name in the page's language."""
    district = get_district()
    name = said(district.name, district.name_en) if district else ""
    return {"district": district, "district_name": name}


def config(today: date) -> dict[str, Any]:
    """What the page's scripts need to know."""
    return {
        "kinds": [
            {
                "name": each.name,
                "label": each.zh if is_chinese() else each.en_plural,
                "colour": each.style.colour,
                "shape": each.style.shape,
                "icon": each.style.icon,
            }
            for each in KINDS.values()
        ],
        "areas": [
            {"code": each.code, "kind": each.kind, "name": said(each.name, each.name_en)}
            for each in list_areas()
        ],
        "today": today.isoformat(),
        "addresses": {
            "explore": reverse("catalog:explore"),
            "answer": reverse("catalog:explore-answer"),
            "years": reverse("catalog:explore-years"),
            "tiles": "/tiles/{z}/{x}/{y}.mvt",
            "record": "/resources/0",
            "records": "/api/v1/resources",
        },
    }


def _kept_private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    return response
