"""Importing a file: bring it, say what its columns mean, preview, apply, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chuangtu.apps.accounts.queries import signature, viewer_of
from chuangtu.apps.desk.forms import UploadForm
from chuangtu.apps.desk.guard import officers_only
from chuangtu.apps.imports import actions, queries
from chuangtu.apps.imports.actions import ImportRefusedError
from chuangtu.apps.imports.queries import Batch
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.telling import Telling, is_chinese
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.rulebook.lists import choices
from chuangtu.terms.numbers import whole_number
from chuangtu.terms.viewer import Viewer

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTCOMES = ("new", "changed", "same", "doubtful", "wrong")
WISHES = ("preview", "apply", "undo")
BAD = ("doubtful", "wrong")


@require_safe
@officers_only
def listed(request: HttpRequest) -> HttpResponse:
    batches = queries.list_batches(
        viewer=viewer_of(request.user),
        limit=PAGE,
        before=whole_number(request.GET.get("before", "")),
    )
    context = {"batches": batches, "batch_kinds": KINDS, "is_full": len(batches) == PAGE}
    return render(request, "desk/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request.user)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        viewer=viewer,
        initial={"kind": request.GET.get("kind", ""), "source_date": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        number = actions.upload(
            chunks=said["file"].chunks(),
            file_name=said["file"].name,
            kind=said["kind"],
            source=said["source"],
            source_date=said["source_date"],
            source_url=said["source_url"],
            crs=said["crs"],
            is_awaited=True,
            viewer=viewer,
            by=signature(request.user),
            at=timezone.now(),
        )
        return redirect("desk:import", number)
    context = {
        "form": form,
        "kinds": [each for each in KINDS.values() if viewer.can_see(each.visibility)],
        "limit": settings.UPLOAD_LIMIT_BYTES,
    }
    return render(request, "desk/import_new.html", context)


@require_safe
@officers_only
def template(request: HttpRequest, kind: str) -> HttpResponse:
    name, content = queries.template_file(kind, viewer=viewer_of(request.user))
    return HttpResponse(content, content_type=XLSX, headers=_attached(name))


@require_safe
@officers_only
def show(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request.user)
    batch = queries.get_batch(number, viewer=viewer)
    context: dict[str, Any] = {"batch": batch, "kind": KINDS[batch.kind]}
    if batch.wish:
        return render(request, "desk/import_working.html", context)
    is_mapping = batch.state == "read" or (
        batch.state == "previewed" and request.GET.get("step") == "columns"
    )
    if is_mapping:
        context |= _columns(batch, viewer)
        return render(request, "desk/import_columns.html", context)
    if batch.state == "refused":
        return render(request, "desk/import_refused.html", context | {"systems": choices("crs")})
    context |= _preview(request, batch, viewer) | {"behind": snapshots.behind()}
    page = "desk/import_preview.html" if batch.state == "previewed" else "desk/import_result.html"
    return render(request, page, context)


def _columns(batch: Batch, viewer: Viewer) -> dict[str, Any]:
    suggestions = {each["header"]: each for each in batch.reading.get("suggestions", [])}
    samples = batch.reading.get("samples", {})
    return {
        "columns": [
            {
                "number": number,
                "header": header,
                "field": name or "",
                "samples": samples.get(header, []),
                "how": suggestions.get(header, {}).get("how", ""),
            }
            for number, (header, name) in enumerate(batch.mapping.items())
        ],
        "fields": queries.targets_of(batch, viewer=viewer),
        "system": queries.system_of(batch),
        "systems": choices("crs"),
    }


def _preview(request: HttpRequest, batch: Batch, viewer: Viewer) -> dict[str, Any]:
    outcome = request.GET.get("outcome", "")
    if outcome not in OUTCOMES:
        outcome = next((each for each in ("wrong", "doubtful") if batch.counts.get(each)), "")
        outcome = outcome if "outcome" not in request.GET else ""
    number = whole_number(request.GET.get("page", ""), digits=6) or 1
    found = queries.list_preview(
        batch.id,
        viewer=viewer,
        outcomes=[outcome] if outcome else [],
        offset=(number - 1) * PAGE,
        limit=PAGE,
    )
    telling = Telling(batch.kind, viewer)
    telling.meet(each.get("changes", {}) for each in found.lines)
    return {
        "outcome": outcome,
        "tallies": [(each, batch.counts.get(each, 0)) for each in OUTCOMES],
        "bad": sum(batch.counts.get(each, 0) for each in BAD),
        "fit": sum(batch.counts.get(each, 0) for each in ("new", "changed")),
        "lines": [_line(each, batch, telling) for each in found.lines],
        "found": found.total,
        "page": number,
        "is_last": number * PAGE >= found.total,
    }


def _line(line: dict[str, Any], batch: Batch, telling: Telling) -> dict[str, Any]:
    """A preview's line with its sentences and field names in the page's language."""
    language = "zh" if is_chinese() else "en"
    return line | {
        "where": line["place"][language],
        "name": line["values"].get("name") or next(iter(line["values"].values()), ""),
        "findings": [
            each
            | {
                "label": telling.label(each["field"]),
                "sentence": each[language],
                # A sentence about the cell alone needs to be told which one it is.
                "is_named": not each["field"] or telling.label(each["field"]) in each[language],
                "cell": each["place"].get("cell", ""),
            }
            for each in line["findings"]
        ],
        "changes": telling.tell(line.get("changes", {})),
        "is_decided": str(line["number"]) in batch.decisions,
    }


@require_safe
@officers_only
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """A fragment asked for every second while the background works."""
    batch = queries.get_batch(number, viewer=viewer_of(request.user))
    response = render(request, "desk/import_progress.html", {"batch": batch})
    if not batch.wish:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@officers_only
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """A fragment asked for every second until readers show what was imported or undone."""
    batch = queries.get_batch(number, viewer=viewer_of(request.user))
    context = {"batch": batch, "kind": KINDS[batch.kind], "behind": snapshots.behind()}
    return render(request, "desk/import_shown.html", context)


@require_POST
@officers_only
def choose(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request.user)
    batch = queries.get_batch(number, viewer=viewer)
    mapping = {
        header: request.POST[f"column-{place}"] or None
        for place, header in enumerate(batch.mapping)
        if f"column-{place}" in request.POST
    }

    def do() -> None:
        actions.choose(
            batch=number,
            mapping=mapping,
            crs=request.POST.get("crs"),
            creates_parties="creates_parties" in request.POST,
            viewer=viewer,
            by=signature(request.user),
            at=timezone.now(),
        )
        actions.ask(batch=number, wish="preview", viewer=viewer, by=signature(request.user))

    return _done(request, number, do)


@require_POST
@officers_only
def set_crs(request: HttpRequest, number: int) -> HttpResponse:
    def do() -> None:
        actions.choose(
            batch=number,
            crs=request.POST.get("crs", ""),
            is_awaited=True,
            viewer=viewer_of(request.user),
            by=signature(request.user),
            at=timezone.now(),
        )

    return _done(request, number, do)


@require_POST
@officers_only
def decide(request: HttpRequest, number: int) -> HttpResponse:
    typed = request.POST.get("record", "")
    row, record = whole_number(request.POST.get("row", "")), whole_number(typed)

    def do() -> None:
        # An empty record means a new one; one that cannot be read must not.
        if row is None or (typed and record is None):
            raise ImportRefusedError(
                "看不懂这个决定：行号和记录编号应为整数。请刷新页面后重新选择。",
                "This decision cannot be read: a row and a record are whole numbers."
                " Reload the page and choose again.",
            )
        actions.decide(
            batch=number,
            row=row,
            record=record,
            viewer=viewer_of(request.user),
            by=signature(request.user),
            at=timezone.now(),
        )

    return _done(request, number, do)


@require_POST
@officers_only
def ask(request: HttpRequest, number: int, wish: str) -> HttpResponse:
    """Ask the background to preview again, to apply or to undo."""
    if wish not in WISHES:
        raise Http404
    viewer = viewer_of(request.user)

    def do() -> None:
        if wish == "apply":
            actions.choose(
                batch=number,
                skips_bad_rows="skips_bad_rows" in request.POST,
                viewer=viewer,
                by=signature(request.user),
                at=timezone.now(),
            )
        actions.ask(batch=number, wish=wish, viewer=viewer, by=signature(request.user))

    return _done(request, number, do)


def _done(request: HttpRequest, number: int, do: Callable[[], None]) -> HttpResponse:
    """Do it and go back to the import; a refusal is told there."""
    try:
        do()
    except ImportRefusedError as error:
        messages.error(request, error.zh if is_chinese() else error.en)
    return redirect("desk:import", number)


@require_safe
@officers_only
def marked(request: HttpRequest, number: int) -> HttpResponseBase:
    language = "zh" if is_chinese() else "en"
    name, pieces = queries.marked_file(number, viewer=viewer_of(request.user), language=language)
    return StreamingHttpResponse(
        pieces, content_type="application/octet-stream", headers=_attached(name)
    )


@require_safe
@officers_only
def original(request: HttpRequest, number: int) -> HttpResponseBase:
    name, pieces = queries.original_file(number, viewer=viewer_of(request.user))
    return StreamingHttpResponse(
        pieces, content_type="application/octet-stream", headers=_attached(name)
    )


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
