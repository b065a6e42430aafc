"""Pairs of records that may be one organization: looked at side by side, and decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chuangtu.apps.accounts.queries import signature, viewer_of
from chuangtu.apps.desk.guard import officers_only
from chuangtu.apps.duplicates import actions, queries
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.telling import Step, Telling, is_chinese, named
from chuangtu.rulebook.lists import choices
from chuangtu.terms.errors import ChuangtuError, NotVisibleError
from chuangtu.terms.numbers import whole_number
from chuangtu.terms.viewer import Viewer

_TAKE = "take-"
"""How the boxes of the form are named that choose between two values, before the field's name."""
_PLACE = frozenset({"latitude", "crs", "precision"})
"""Chosen together with the longitude."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field of two records; `is_choice` where both speak, differently."""

    name: str
    told: Step
    is_choice: bool
    is_same: bool


@require_safe
@officers_only
def listed(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request.user)
    state = request.GET.get("state", queries.STATES[0])
    if state not in queries.STATES:
        raise Http404
    after = whole_number(request.GET.get("after", ""), digits=18) or 0
    pairs = queries.list_pairs(viewer=viewer, state=state, after=after)
    context = {
        "pairs": pairs,
        "state": state,
        "states": [(each, _state(each)) for each in queries.STATES],
        "last": queries.last_search(),
        "is_full": len(pairs) == queries.PAGE,
        "is_later": after > 0,
    }
    return render(request, "desk/duplicates.html", context)


@require_safe
@officers_only
def show(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@require_POST
@officers_only
def decide(request: HttpRequest, number: int) -> HttpResponse:
    said: dict[str, Any] = {
        "pair": number,
        "by": signature(request.user),
        "at": timezone.now(),
        "viewer": viewer_of(request.user),
    }
    wish = request.POST.get("wish")
    try:
        if wish == "apart":
            actions.keep_apart(note=request.POST.get("note", ""), **said)
            messages.success(request, _("已记为两家不同的单位，以后不再提示。"))
        elif wish == "unite":
            actions.unite(**_wanted(request), **said)
            messages.success(request, _("已合并为一条。两条的历史都保留，可以随时撤销。"))
        elif wish == "reopen":
            actions.reopen(**said)
            messages.success(request, _("已收回决定，两条记录与之前完全一样。"))
            return redirect("desk:duplicate", number)
        else:
            raise Http404
    except NotVisibleError:
        raise
    except ChuangtuError as error:
        return _page(request, number, refusal=error.zh if is_chinese() else error.en)
    return redirect("desk:duplicates")


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """What the form says: which stays, as which versions they were seen, whose values hold."""
    said = request.POST
    pair = [whole_number(said.get(each, ""), digits=18) or 0 for each in ("first", "second")]
    keep = whole_number(said.get("keep", ""), digits=18) or 0
    seen = [whole_number(said.get(f"version-{each}", ""), digits=9) or 0 for each in pair]
    is_first = keep == pair[0]
    drop = str(pair[1] if is_first else pair[0])
    return {
        "keep": keep,
        "versions": (seen[0], seen[1]) if is_first else (seen[1], seen[0]),
        "takes": {
            name.removeprefix(_TAKE)
            for name, value in said.items()
            if name.startswith(_TAKE) and value == drop
        },
        "name_kind": said.get("name_kind", ""),
        "note": said.get("note", ""),
    }


def _page(request: HttpRequest, number: int, refusal: str = "") -> HttpResponse:
    viewer = viewer_of(request.user)
    pair = queries.get_pair(number, viewer)
    context: dict[str, Any] = {"pair": pair, "refusal": refusal, "reasons": _reasons(pair)}
    if pair.state == queries.STATES[0]:
        beside = registry.side_by_side(pair.first, pair.second, viewer)
        context |= {
            "sides": list(
                zip((pair.first, pair.second), beside.versions, beside.named_by, strict=True)
            ),
            "kind": KINDS[beside.kind],
            "rows": _rows(beside, viewer),
            "name_kinds": [
                (each.code, named(each)) for each in choices("name_kind") if each.code != "legal"
            ],
        }
    else:
        context["state_words"] = _state(pair.state)
    return render(request, "desk/duplicate.html", context, status=409 if refusal else 200)


def _rows(beside: registry.Beside, viewer: Viewer) -> list[Row]:
    telling = Telling(beside.kind, viewer)
    rows = [
        Row(name, told, name in beside.differing, told.before == told.after)
        for name, told in telling.tell_both(beside.values)
        if name not in _PLACE or name not in beside.differing
    ]
    names = registry.names_of({n for pair in beside.parties.values() for n in pair}, viewer)
    for name, (one, other) in beside.parties.items():
        told = Step(None, telling.label(name), names.get(one, ""), names.get(other, ""))
        rows.append(Row(name, told, is_choice=True, is_same=False))
    # What has to be chosen first, then what only one says, then what both say alike.
    return sorted(rows, key=lambda each: (not each.is_choice, each.is_same))


def _reasons(pair: queries.Listed) -> list[tuple[str, str]]:
    language = "zh" if is_chinese() else "en"
    return [(each["leaning"], each[language]) for each in pair.reasons]


def _state(state: str) -> str:
    words = {
        "open": _("待处理"),
        "united": _("已合并"),
        "apart": _("不是同一家"),
        "settled": _("已不相似"),
    }
    return words[state]
