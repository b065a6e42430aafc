"""Making, correcting and removing one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chuangtu.apps.accounts.queries import signature, viewer_of
from chuangtu.apps.desk import queries
from chuangtu.apps.desk.forms import given, inputs, is_chinese, named
from chuangtu.apps.desk.guard import officers_only
from chuangtu.apps.registry import actions
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.actions import RefusedError, StaleError
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.kind import Field, Kind

Errors = Mapping[str, Sequence[str]]


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request.user)
    kind = KINDS.get(request.GET.get("kind", ""))
    if kind is None or not viewer.can_see(kind.visibility):
        raise Http404
    fields = queries.list_fields(kind.name, viewer)
    if request.method != "POST":
        return _form(request, kind, fields, {}, {})
    values = given(fields, request.POST)
    source, source_date, errors = _source(request)
    if errors:
        return _form(request, kind, fields, values, errors)
    try:
        number = actions.create(
            kind=kind.name,
            values={name: each for name, each in values.items() if each},
            source=source,
            source_date=source_date,
            viewer=viewer,
            is_certainly_new="is_certainly_new" in request.POST,
            by=signature(request.user),
            at=timezone.now(),
        )
    except RefusedError as error:
        return _form(request, kind, fields, values, _errors(error), is_doubtful=True)
    messages.success(request, _("已登记。地图、列表和检索一秒内可见。"))
    return redirect("catalog:resource-detail", number)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def edit(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request.user)
    held = queries.get_editable(number, viewer)
    record, kind = held.record, KINDS[held.record.kind]
    fields = queries.list_fields(kind.name, viewer)
    if request.method != "POST":
        return _form(request, kind, fields, held.values, {}, record=record, version=record.version)
    values = given(fields, request.POST)
    version = request.POST.get("version", "")
    seen = int(version) if version.isdigit() else record.version
    again: dict[str, Any] = {"record": record, "version": seen}
    source, source_date, errors = _source(request)
    changed = _changed(values, held.values)
    if not changed:
        messages.info(request, _("没有改动。"))
        return redirect("catalog:resource-detail", number)
    if errors:
        return _form(request, kind, fields, values, errors, **again)
    try:
        actions.change(
            id=number,
            values=changed,
            version=seen,
            source=source,
            source_date=source_date,
            viewer=viewer,
            by=signature(request.user),
            at=timezone.now(),
        )
    except RefusedError as error:
        return _form(request, kind, fields, values, _errors(error), **again)
    except StaleError as error:
        again = {"record": record, "version": record.version, "stale": _stale(error, fields)}
        return _form(request, kind, fields, values, {}, **again)
    messages.success(request, _("已更正。地图、列表和检索一秒内可见。"))
    return redirect("catalog:resource-detail", number)


@require_POST
@officers_only
def remove(request: HttpRequest, number: int) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        actions.remove(
            id=number,
            version=int(version) if version.isdigit() else -1,
            viewer=viewer_of(request.user),
            by=signature(request.user),
            at=timezone.now(),
        )
    except (RefusedError, StaleError) as error:
        messages.error(request, _said(error))
        return redirect("desk:record-edit", number)
    messages.success(request, _("已从名册中删除；日志里保留了全部内容。"))
    return redirect("desk:home")


def _form(
    request: HttpRequest,
    kind: Kind,
    fields: Sequence[Field],
    values: Mapping[str, str],
    errors: Errors,
    **more: Any,
) -> HttpResponse:
    around = registry.look_around()
    context = {
        "kind": kind,
        "inputs": inputs(fields, values, errors, around.towns, around.areas),
        "errors": errors,
        "source": request.POST.get("source", ""),
        "source_date": request.POST.get("source_date", timezone.localdate().isoformat()),
        **more,
    }
    return render(request, "desk/record_form.html", context, status=422 if errors else 200)


def _source(request: HttpRequest) -> tuple[str, date | None, dict[str, list[str]]]:
    """Where the change comes from: every value has a source and a day."""
    errors: dict[str, list[str]] = {}
    source = request.POST.get("source", "").strip()
    if not source:
        errors["source"] = [_("请写明依据：文件名称、发布单位，或“电话核实”等。")]
    typed = request.POST.get("source_date", "").strip()
    try:
        return source, date.fromisoformat(typed), errors
    except ValueError:
        errors["source_date"] = [_("请填写来源日期，例如 2026-03-02。")]
        return source, None, errors


def _changed(values: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    changed = {name: each for name, each in values.items() if each != before.get(name, "")}
    if changed.keys() & {"longitude", "latitude", "crs"}:
        # A position is one thing: half of it in another system would be another place.
        changed |= {name: values.get(name, "") for name in ("longitude", "latitude", "crs")}
    return changed


def _errors(error: RefusedError) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in error.findings:
        if each.is_fatal or len(error.findings) == 1:
            found.setdefault(each.field, []).append(each.zh if is_chinese() else each.en)
    return found or {"": [_said(error)]}


def _said(error: ChuangtuError) -> str:
    return error.zh if is_chinese() else error.en


def _stale(error: StaleError, fields: Sequence[Field]) -> dict[str, Any]:
    labels = {each.name: named(each) for each in fields}
    return {
        "sentence": _said(error),
        "changes": [
            {"label": labels[name], "before": before, "after": after}
            for name, (before, after) in error.changed.items()
            if name in labels
        ],
    }
