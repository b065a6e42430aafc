"""A Selection's map for other places: a frame on another site, and the sheet for the printer."""

from __future__ import annotations

from datetime import date
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from chuangtu.apps.catalog import parameters as read
from chuangtu.apps.catalog.listing import lines
from chuangtu.apps.catalog.panels import panel
from chuangtu.apps.catalog.views.explore import config, home, sources_line
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.apps.snapshots.queries import Answers
from chuangtu.terms.selection import Selection, read_selection
from chuangtu.terms.viewer import VISITOR

MOST_PRINTED = 200


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """Any site may show it: the viewer is the public, whoever is signed in here."""
    today = timezone.localdate()
    pairs = read.pairs_of(request)
    vocabulary = snapshots.vocabulary(VISITOR)
    selection = read_selection(pairs, vocabulary, viewer=VISITOR, today=today)
    # Rendered without the request: nothing of a session may reach a frame.
    context = _context(snapshots.current(), selection, today) | {
        "LANGUAGE_CODE": get_language(),
        "host": request.get_host(),
        "map_approval_number": settings.MAP_APPROVAL_NUMBER,
    }
    response = HttpResponse(get_template("catalog/embed.html").render(context))
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of one Selection for A4 paper."""
    today = timezone.localdate()
    asked = read.read(request, {}, today=today)
    described = snapshots.describe(asked.viewer)
    # One state for the list and the counts beside it.
    view = snapshots.current()
    page = view.page(asked.selection, order="name", limit=MOST_PRINTED)
    context = _context(view, asked.selection, today) | {
        "lines": lines(page.items, described),
        "left_out": page.total - len(page.items),
        "theme": "light",
    }
    return render(request, "catalog/sheet.html", context)


def _context(view: Answers, selection: Selection, today: date) -> dict[str, Any]:
    described = snapshots.describe(selection.viewer)
    shown = panel(view, selection, described, today)
    return {
        "panel": shown,
        "facts": shown.facts | {"sources": sources_line(today)},
        "config": config(today),
        **home(),
        "today": today,
    }
