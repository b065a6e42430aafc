"""The work list: what waits for an officer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.desk.guard import officers_only
from chuangtu.apps.duplicates import queries as duplicates
from chuangtu.apps.imports import queries as imports
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.reports import queries as reports

WAITING = ("read", "previewed", "refused")
LOOKED_AT = 200
"""Newest imports among which open work is looked for."""


@require_safe
@officers_only
def home(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request.user)
    batches = imports.list_batches(viewer=viewer, limit=LOOKED_AT)
    waiting = [each for each in batches if each.wish or each.state in WAITING]
    done = [each for each in batches if not each.wish and each.state not in WAITING]
    kinds = [each for each in KINDS.values() if viewer.can_see(each.visibility)]
    return render(
        request,
        "desk/home.html",
        {
            "waiting": waiting,
            "done": done[:8],
            "kinds": kinds,
            "batch_kinds": KINDS,
            "duplicates": duplicates.count_open(viewer),
            "reports": reports.count_open(viewer),
            "unlocated": registry.count_unlocated(viewer),
        },
    )
