"""Making, correcting and removing one record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chuangtu.apps.accounts.queries import signature, viewer_of
from chuangtu.apps.desk.guard import officers_only
from chuangtu.apps.registry import actions
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.actions import RefusedError, StaleError
from chuangtu.apps.registry.forms import OPENED, RecordForm, form_for, initial_of
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.telling import Telling, is_chinese
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.kind import Kind
from chuangtu.terms.numbers import whole_number
from chuangtu.terms.viewer import Viewer

ABOUT_SOURCE = ("source", "source_date")


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request.user)
    kind = KINDS.get(request.GET.get("kind", ""))
    if kind is None or not viewer.can_see(kind.visibility):
        raise Http404
    today = timezone.localdate()
    form = form_for(kind.name, viewer)(request.POST or None, initial={"source_date": today})
    is_doubtful = False
    if request.method == "POST" and _is_sound(form):
        try:
            number = actions.create(
                kind=kind.name,
                values=form.values,
                source=str(form.said["source"]),
                source_date=form.said["source_date"],
                viewer=viewer,
                is_certainly_new="is_certainly_new" in request.POST,
                by=signature(request.user),
                at=timezone.now(),
            )
        except RefusedError as error:
            form.refuse(error.findings)
            is_doubtful = True
        else:
            messages.success(request, _("已登记。地图、列表和检索一秒内可见。"))
            return redirect("catalog:resource-detail", number)
    return _show(request, kind, form, is_doubtful=is_doubtful)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def edit(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request.user)
    record = registry.get_record(number, viewer)
    kind = KINDS[record.kind]
    # A correction has a source of its own: the old one is not offered for it.
    initial = {
        name: each for name, each in initial_of(record, viewer).items() if name not in ABOUT_SOURCE
    } | {"source_date": timezone.localdate()}
    form = form_for(kind.name, viewer, is_new=False)(
        request.POST or None, initial=initial, record=record
    )
    if request.method != "POST":
        return _show(request, kind, form, record=record, version=record.version)
    changed = [each for each in form.changed_data if each not in (*ABOUT_SOURCE, "version")]
    if not changed:
        messages.info(request, _("没有改动。"))
        return redirect("catalog:resource-detail", number)
    stale = None
    is_sound, version = _is_sound(form), form.cleaned_data.get("version")
    if is_sound and version is not None:
        try:
            _save(request, number, form, changed, version, viewer)
        except RefusedError as error:
            form.refuse(error.findings)
        except StaleError as error:
            stale, version = _stale(error, kind, viewer), None
        else:
            messages.success(request, _("已更正。地图、列表和检索一秒内可见。"))
            return redirect("catalog:resource-detail", number)
    shown = record.version if version is None else version
    return _show(request, kind, form, record=record, version=shown, stale=stale)


def _save(
    request: HttpRequest,
    number: int,
    form: RecordForm,
    changed: list[str],
    version: int,
    viewer: Viewer,
) -> None:
    changed = _whole_positions(changed, form)
    actions.change(
        id=number,
        values={name: form.values.get(name, "") for name in changed if name != OPENED},
        opens=form.cleaned_data.get(OPENED, ()),
        version=version,
        source=str(form.said["source"]),
        source_date=form.said["source_date"],
        viewer=viewer,
        by=signature(request.user),
        at=timezone.now(),
    )


def _whole_positions(changed: list[str], form: RecordForm) -> list[str]:
    """A position is one thing: half of it in another system would be another place.

    The system is said once for what was changed: the own position, or those of sites.
    """
    stems = [each.removesuffix("longitude") for each in form.fields if each.endswith("longitude")]
    touched = [stem for stem in stems if {f"{stem}longitude", f"{stem}latitude"} & set(changed)]
    if not touched and "crs" in changed:
        touched = [""]
    whole = [f"{stem}{part}" for stem in touched for part in ("longitude", "latitude")]
    return list(dict.fromkeys((*changed, *whole, *(["crs"] if touched else []))))


@require_POST
@officers_only
def remove(request: HttpRequest, number: int) -> HttpResponse:
    version = whole_number(request.POST.get("version", ""), digits=9)
    try:
        actions.remove(
            id=number,
            version=-1 if version is None else version,
            viewer=viewer_of(request.user),
            by=signature(request.user),
            at=timezone.now(),
        )
    except (RefusedError, StaleError) as error:
        messages.error(request, _said(error))
        return redirect("desk:record-edit", number)
    messages.success(request, _("已从名册中删除；日志里保留了全部内容。"))
    return redirect("desk:home")


def _is_sound(form: RecordForm) -> bool:
    """Read the form; every value needs a source and its day, which the declaration leaves open."""
    sound = form.is_valid()
    if not form.said.get("source"):
        form.add_error("source", _("请写明依据：文件名称、发布单位，或“电话核实”等。"))
    if not form.said.get("source_date") and "source_date" not in form.errors:
        form.add_error("source_date", _("请填写来源日期，例如 2026-03-02。"))
    return sound and form.is_valid() and not form.errors


def _show(request: HttpRequest, kind: Kind, form: RecordForm, **more: Any) -> HttpResponse:
    boxes = [each for each in form.visible_fields() if each.name not in ABOUT_SOURCE]
    context = {
        "kind": kind,
        "form": form,
        "boxes": boxes,
        "sayings": [form[name] for name in ABOUT_SOURCE],
        **more,
    }
    is_refused = form.is_bound and (form.errors or more.get("stale"))
    return render(request, "desk/record_form.html", context, status=422 if is_refused else 200)


def _said(error: ChuangtuError) -> str:
    return error.zh if is_chinese() else error.en


def _stale(error: StaleError, kind: Kind, viewer: Viewer) -> dict[str, Any]:
    changes = Telling(kind.name, viewer).tell(error.changed)
    return {"sentence": _said(error), "changes": changes}
