"""The page of one record as it stood on a past day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.telling import Telling
from chuangtu.terms.errors import ParameterError


@require_safe
def resource_past(request: HttpRequest, number: int) -> HttpResponse:
    day = _day(request.GET.get("day", ""))
    viewer = viewer_of(request.user)
    past = registry.get_past(number, _end_of(day), viewer)
    telling = Telling(past.kind, viewer)
    context = {
        "number": number,
        "past": past,
        "kind": KINDS[past.kind],
        "day": day,
        "today": timezone.localdate(),
        "rows": [told for _name, told in telling.tell_both(past.values)],
        "title": _("%(day)s 的记录") % {"day": f"{day:%Y-%m-%d}"},
    }
    return render(request, "catalog/resource_past.html", context)


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
        if f"{day}" == written and 1900 <= day.year <= 2999:
            return day
    except ValueError:
        pass
    raise ParameterError(
        "day",
        f"日期“{written[:20]}”无法识别。请写成 2026-03-02 这样的日期。",
        f"The day '{written[:20]}' cannot be read. Write it like 2026-03-02.",
    )


def _end_of(day: date) -> datetime:
    """The last moment of a day where the platform stands."""
    following = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(following) - timedelta(microseconds=1)
