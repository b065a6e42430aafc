"""Saying that something is wrong, and reading the answer: pages for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.kinds import all_fields
from chuangtu.apps.registry.telling import is_chinese, named
from chuangtu.apps.reports import actions, queries


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request.user)
    record = registry.get_record(number, viewer)
    said, refusal = request.POST, ""
    if request.method == "POST":
        try:
            token = actions.report(
                record=number,
                field=said.get("field", ""),
                text=said.get("text", ""),
                at=timezone.now(),
                viewer=viewer,
            )
        except actions.ReportError as error:
            refusal = error.zh if is_chinese() else error.en
        else:
            return redirect("reports:receipt", token)
    fields = [each for each in all_fields(record.kind) if viewer.can_see(each.visibility)]
    context = {
        "record": record,
        "fields": [(each.name, named(each)) for each in fields],
        "field": said.get("field", ""),
        "text": said.get("text", ""),
        "refusal": refusal,
        "longest": actions.LONGEST,
    }
    return render(request, "reports/new.html", context, status=422 if refusal else 200)


@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    report = queries.get_by_token(token, viewer_of(request.user))
    words = {"open": _("待处理"), "accepted": _("已采纳"), "refused": _("未采纳")}
    response = render(
        request, "reports/receipt.html", {"report": report, "state": words[report.state]}
    )
    # Whoever has the address may read it; no cache keeps it and no other site learns it.
    response["Cache-Control"] = "no-store"
    return response
