"""Records with an address and without a position: a suggestion, a pin, a decision."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from chuangtu.apps.accounts.queries import signature, viewer_of
from chuangtu.apps.desk.guard import officers_only
from chuangtu.apps.desk.queries import Suggested, suggest_places
from chuangtu.apps.places.queries import get_district
from chuangtu.apps.registry import actions
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.telling import is_chinese
from chuangtu.rulebook.lists import choices
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.numbers import decimal_number, whole_number
from chuangtu.terms.place import Precision
from chuangtu.terms.viewer import Viewer

PAGE = 20
GOOD_ENOUGH = (Precision.EXACT, Precision.ROAD)
"""What may be taken over for a whole page at once; the rest needs a pair of eyes."""


@require_safe
@officers_only
def listed(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request.user)
    after = whole_number(request.GET.get("after", ""), digits=18) or 0
    suggested = _suggested(viewer, after)
    context = {
        "suggested": suggested,
        "count": registry.count_unlocated(viewer),
        "sure": sum(each.located.precision in GOOD_ENOUGH for each in suggested),
        "after": after,
        "is_full": len(suggested) == PAGE,
        "is_later": after > 0,
    }
    return render(request, "desk/places.html", context)


@require_POST
@officers_only
def take(request: HttpRequest) -> HttpResponse:
    """Take over the good suggestions of a page, as one act that can be undone."""
    viewer = viewer_of(request.user)
    after = whole_number(request.POST.get("after", ""), digits=18) or 0
    act, placed, is_overtaken = f"place-{uuid4().hex}", 0, False
    for each in _suggested(viewer, after):
        if each.located.precision not in GOOD_ENOUGH:
            continue
        try:
            _place(request, each, viewer, act)
        except ChuangtuError:
            # Somebody else placed or changed it meanwhile; it stays in the list or left it.
            is_overtaken = True
        else:
            placed += 1
    told = ngettext("已确定 %(count)s 条的位置。", "已确定 %(count)s 条的位置。", placed)
    messages.success(request, told % {"count": placed})
    if is_overtaken:
        messages.warning(request, _("有的记录刚被别人改过，没有改动，请逐条查看。"))
    return redirect("desk:places")


@require_safe
@officers_only
def show(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@require_POST
@officers_only
def put(request: HttpRequest, number: int) -> HttpResponse:
    """Put one record where somebody says it is."""
    said = request.POST
    longitude, latitude = (
        decimal_number(said.get(n, ""), digits=15) for n in ("longitude", "latitude")
    )
    precision = said.get("precision", "")
    version = whole_number(said.get("version", ""), digits=9)
    if longitude is None or latitude is None or precision not in set(Precision):
        return _page(request, number, _("请在地图上点选位置，或填写经度和纬度，并说明精度。"))
    try:
        actions.place(
            id=number,
            version=-1 if version is None else version,
            longitude=float(longitude),
            latitude=float(latitude),
            precision=precision,
            source=said.get("source", "").strip()[:300] or _("工作人员在地图上选点"),
            source_date=timezone.localdate(),
            by=signature(request.user),
            at=timezone.now(),
            viewer=viewer_of(request.user),
        )
    except (actions.RefusedError, actions.StaleError) as error:
        return _page(request, number, error.zh if is_chinese() else error.en)
    messages.success(request, _("已确定位置。地图一秒内可见。"))
    return redirect("desk:places")


def _suggested(viewer: Viewer, after: int) -> list[Suggested]:
    return suggest_places(registry.list_unlocated(viewer, after=after, limit=PAGE), viewer)


def _place(request: HttpRequest, each: Suggested, viewer: Viewer, act: str) -> None:
    located = each.located
    assert located.longitude is not None
    assert located.latitude is not None
    actions.place(
        id=each.record.id,
        version=each.record.version,
        longitude=located.longitude,
        latitude=located.latitude,
        precision=located.precision.value,
        source=f"按地址推定：{located.zh}"[:300],
        source_date=timezone.localdate(),
        by=signature(request.user),
        at=timezone.now(),
        act=act,
        viewer=viewer,
    )


def _page(request: HttpRequest, number: int, refusal: str = "") -> HttpResponse:
    viewer = viewer_of(request.user)
    record = registry.get_unlocated(number, viewer)
    (suggested,) = suggest_places([record], viewer)
    home = get_district()
    located = suggested.located
    middle = home.centre if home else (0.0, 0.0)
    at = middle if located.longitude is None else (located.longitude, located.latitude)
    context: dict[str, Any] = {
        "each": suggested,
        "refusal": refusal,
        "at": at,
        "is_suggested": located.longitude is not None,
        "precisions": [each for each in choices("precision") if each.code != Precision.NONE],
    }
    return render(request, "desk/place.html", context, status=422 if refusal else 200)
