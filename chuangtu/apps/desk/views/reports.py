"""Reports of errors by the public: looked at and answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chuangtu.apps.accounts.queries import signature, viewer_of
from chuangtu.apps.desk.guard import officers_only
from chuangtu.apps.registry.kinds import all_fields
from chuangtu.apps.registry.telling import is_chinese, named
from chuangtu.apps.reports import actions, queries
from chuangtu.terms.numbers import whole_number


@require_safe
@officers_only
def listed(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", queries.STATES[0])
    if state not in queries.STATES:
        raise Http404
    after = whole_number(request.GET.get("after", ""), digits=18) or 0
    reports = queries.list_reports(viewer=viewer_of(request.user), state=state, after=after)
    context = {
        "reports": reports,
        "state": state,
        "states": [(each, _state(each)) for each in queries.STATES],
        "is_full": len(reports) == queries.PAGE,
    }
    return render(request, "desk/reports.html", context)


@require_safe
@officers_only
def show(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@require_POST
@officers_only
def answer(request: HttpRequest, number: int) -> HttpResponse:
    wish = request.POST.get("wish")
    if wish not in ("accept", "refuse"):
        raise Http404
    try:
        actions.answer(
            report=number,
            accepted=wish == "accept",
            text=request.POST.get("answer", ""),
            by=signature(request.user),
            at=timezone.now(),
            viewer=viewer_of(request.user),
        )
    except actions.ReportError as error:
        return _page(request, number, error.zh if is_chinese() else error.en)
    messages.success(request, _("已答复。报错的人可以在回执里看到。"))
    return redirect("desk:reports")


def _page(request: HttpRequest, number: int, refusal: str = "") -> HttpResponse:
    report = queries.get_report(number, viewer_of(request.user))
    names = {each.name: named(each) for each in all_fields(report.kind)}
    context: dict[str, Any] = {
        "report": report,
        "field": names.get(report.field, report.field),
        "state": _state(report.state),
        "refusal": refusal,
        "longest": actions.LONGEST,
    }
    return render(request, "desk/report.html", context, status=409 if refusal else 200)


def _state(state: str) -> str:
    return {"open": _("待处理"), "accepted": _("已采纳"), "refused": _("未采纳")}[state]
