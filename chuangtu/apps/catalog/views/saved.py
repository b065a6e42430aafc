"""Keeping a selection under a name, and the list of what one keeps."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chuangtu.apps.catalog import actions
from chuangtu.apps.catalog import parameters as read
from chuangtu.apps.catalog.queries.saved import list_saved
from chuangtu.apps.catalog.words import link_pairs, said
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import read_selection


@login_required
@require_safe
def saved_list(request: HttpRequest) -> HttpResponse:
    return render(request, "catalog/saved.html", {"saved": list_saved(_owner(request))})


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    query = _canonical(request, request.POST.get("query", ""))
    try:
        actions.save_selection(
            owner=_owner(request),
            name=request.POST.get("name", ""),
            query=query,
            by=request.user.get_username(),
            at=timezone.now(),
        )
    except actions.SavedNameError as error:
        messages.error(request, said(error.zh, error.en))
    else:
        messages.success(request, _("条件已保存。"))
    return redirect(f"{reverse('catalog:explore')}?{query}")


@login_required
@require_POST
def rename(request: HttpRequest, number: int) -> HttpResponse:
    try:
        actions.rename_selection(
            owner=_owner(request),
            number=number,
            name=request.POST.get("name", ""),
            by=request.user.get_username(),
            at=timezone.now(),
        )
    except actions.SavedNameError as error:
        messages.error(request, said(error.zh, error.en))
    return redirect("catalog:saved")


@login_required
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    actions.remove_selection(
        owner=_owner(request), number=number, by=request.user.get_username(), at=timezone.now()
    )
    messages.success(request, _("已删除。"))
    return redirect("catalog:saved")


def _owner(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


def _canonical(request: HttpRequest, query: str) -> str:
    """The question as it is kept: only what can be asked, in its one form."""
    today = timezone.localdate()
    who = read.viewer(request)
    pairs = parse_qsl(query[:20_000])
    selection = read_selection(pairs, snapshots.vocabulary(who), viewer=who, today=today)
    return urlencode(link_pairs(selection, today))
