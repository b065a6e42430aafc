"""The page of one record."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.catalog.sheet import Sheet, Ties, build
from chuangtu.apps.catalog.timeline import tell
from chuangtu.apps.places.queries import area_choices
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.telling import Telling, is_chinese, named
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import NotVisibleError

ROUGH = ("road", "town", "district")
SHOWN_PER_ROLE = 8
"""Ends of one role in the picture; the list has all."""


@require_safe
def resource_detail(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request.user)
    # The register's own row: a page shows a correction at once, and who was it.
    try:
        record = registry.get_record(number, viewer)
    except NotVisibleError:
        stayed = registry.find_successor(number, viewer)
        if stayed is None:
            raise
        # For now only: a merge can be undone.
        return redirect("catalog:resource-detail", stayed)
    sheet = build(
        snapshots.payload(number, viewer),
        [_incoming(each) for each in record.roles],
        area_choices(),
        viewer=viewer,
        on=timezone.localdate(),
        label=named,
    )
    context = {
        "sheet": sheet,
        "is_rough": any(spot.precision in ROUGH for spot in sheet.spots),
        "places": _places(sheet),
        "today": timezone.localdate(),
        "history": tell(registry.history(number, viewer), Telling(record.kind, viewer)),
        "network": [_group(each) for each in sheet.ties],
    }
    return render(request, "catalog/resource_detail.html", context)


def _incoming(link: registry.Link) -> dict[str, Any]:
    note = link.source
    source = {"title": note.title, "url": note.url, "date": note.stated_on} if note else None
    return {**asdict(link), "source": source}


def _places(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "longitude": spot.longitude,
            "latitude": spot.latitude,
            "precision": spot.precision,
            "label": (named(spot.role) if spot.role else "") or spot.address or sheet.name,
            "colour": sheet.kind.style.colour,
        }
        for spot in sheet.spots
        if spot.longitude is not None
    ]


def _group(ties: Ties) -> dict[str, Any]:
    shown = ties.entries[:SHOWN_PER_ROLE]
    return {
        "role": ties.zh if is_chinese() else ties.en,
        "side": "in" if ties.is_incoming else "out",
        "entries": [{"id": e.id, "kind": e.kind.name, "name": e.name} for e in shown],
        "more": len(ties.entries) - len(shown),
    }
