"""The JSON API: every answer is the answer to one Selection, or one record of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from ninja import NinjaAPI

from chuangtu.apps.catalog import parameters as read
from chuangtu.apps.catalog.answers import json_answer
from chuangtu.apps.catalog.problems import plain_problem, problem_of
from chuangtu.apps.catalog.schemas import (
    Areas,
    Facets,
    Found,
    Problem,
    Resource,
    Resources,
    Suggestions,
)
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import ChuangtuError, NotVisibleError, ParameterError
from chuangtu.terms.numbers import whole_number

api = NinjaAPI(
    title="创图 Chuangtu API",
    version="1",
    description=(
        "一个区的科技创新资源：同一个问题在地图、列表、统计与导出中答案相同。"
        " The innovation resources of a district: one question has one answer everywhere."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
PROBLEMS = {400: Problem, 429: Problem, 503: Problem}
ORDERS = ("name", "newest", "relevance")
_AREA_KINDS = ("district", "neighbour", "town", "zone", "park", "cluster")


@api.exception_handler(ParameterError)
def _refuse(request: HttpRequest, error: ParameterError) -> HttpResponse:
    return problem_of(error, 400)


@api.exception_handler(NotVisibleError)
def _not_found(request: HttpRequest, error: NotVisibleError) -> HttpResponse:
    return problem_of(error, 404)


@api.exception_handler(ChuangtuError)
def _not_now(request: HttpRequest, error: ChuangtuError) -> HttpResponse:
    return problem_of(error, 503)


@api.get(
    "/resources",
    response={200: Resources, **PROBLEMS},
    summary="记录 Records of a selection",
    openapi_extra={
        "x-zh": "符合条件的记录，按顺序分页给出，并带准确的总数。",
        "x-options": ["order", "after", "limit"],
        "x-selection": True,
    },
)
def resources(request: HttpRequest) -> Any:
    """The records of a Selection, in order, a page at a time, with the exact total."""
    asked = read.read(
        request,
        {"order": read.one_of(ORDERS), "after": read.text, "limit": read.limit},
        today=timezone.localdate(),
    )
    return _listed(request, asked, asked.options.get("order"))


@api.get(
    "/search",
    response={200: Found, **PROBLEMS},
    summary="搜索 Search, best first",
    openapi_extra={
        "x-zh": "含有搜索词的记录，最相关的在前，标出命中的位置，并给出可能的更正。",
        "x-options": ["after", "limit"],
        "x-selection": True,
        "x-required": ["q"],
    },
)
def search(request: HttpRequest) -> Any:
    """The records that contain the words, best first, with highlights and a correction."""
    asked = read.read(
        request, {"after": read.text, "limit": read.limit}, today=timezone.localdate()
    )
    if not asked.selection.words:
        raise ParameterError(
            "q", "请用参数“q”给出搜索词。", "Give the words to search for in 'q'."
        )
    return _listed(request, asked, "relevance", with_correction=True)


def _listed(
    request: HttpRequest, asked: read.Asked, order: str | None, with_correction: bool = False
) -> HttpResponse:
    selection = asked.selection
    order = order or ("relevance" if selection.words else "name")
    limit = asked.options.get("limit", read.DEFAULT_LIMIT)
    written = asked.options.get("after")
    after = read.read_cursor(order, written) if written else None
    view = snapshots.current()

    def make() -> dict[str, Any]:
        page = view.page(selection, order=order, after=after, limit=limit)
        content: dict[str, Any] = {
            "total": page.total,
            "unlocated": page.unlocated,
            "undated": page.undated,
            "version": view.stamp,
            "next": read.write_cursor(order, page.next) if page.next else None,
            "items": page.items,
        }
        if with_correction:
            content["correction"] = view.correction(selection)
        return content

    tag = view.etag(selection, "page", order, limit, written or "", with_correction)
    return json_answer(request, asked.viewer, tag, make)


@api.get(
    "/resources/facets",
    response={200: Facets, **PROBLEMS},
    summary="统计 Counts by facet",
    openapi_extra={
        "x-zh": "符合条件的记录在每个取值上各有多少条；一个分面不受它自己的筛选影响。"
        "`facet=area` 按街镇和园区统计，可用于分级设色图。",
        "x-options": ["facet"],
        "x-selection": True,
    },
)
def facets(request: HttpRequest) -> Any:
    """How many records of a Selection have each value; a facet ignores its own filter.

    `facet=area` counts by town and zone: the numbers of a choropleth.
    """
    asked = read.read(request, {"facet": read.names}, today=timezone.localdate())
    wanted = asked.options.get("facet")
    view = snapshots.current()

    described = view.described_facets(asked.viewer, wanted)

    def make() -> dict[str, Any]:
        count = view.count(asked.selection)
        found = view.facets(asked.selection, tuple(described))
        return {
            "total": count.total,
            "unlocated": count.unlocated,
            "undated": count.undated,
            "version": view.stamp,
            "facets": {
                name: {
                    "zh": described[name].zh,
                    "en": described[name].en,
                    "values": [asdict(each) for each in values],
                }
                for name, values in found.items()
            },
        }

    tag = view.etag(asked.selection, "facets", *described)
    return json_answer(request, asked.viewer, tag, make)


@api.get(
    "/resources/{number}",
    response={200: Resource, 404: Problem, **PROBLEMS},
    summary="一条记录 One record",
    openapi_extra={"x-zh": "一条记录中对您开放的内容：各项的值、来源与相关记录。"},
)
def resource(request: HttpRequest, number: str) -> Any:
    """One record with what this viewer may see of it: values, sources, relations."""
    read.read_options(request, {})
    wanted = whole_number(number)
    if wanted is None:
        return plain_problem(404)
    who = read.viewer(request)
    view = snapshots.current()
    try:
        item = view.payload(wanted, who)
    except NotVisibleError:
        stayed = registry.find_successor(wanted, who)
        if stayed in (None, wanted):
            raise
        return redirect(f"{request.path.removesuffix(number)}{stayed}")
    return json_answer(request, who, view.etag_of(who, "record", number), lambda: item)


@api.get(
    "/suggest",
    response={200: Suggestions, **PROBLEMS},
    summary="联想 Suggestions while typing",
    openapi_extra={
        "x-zh": "以输入的文字开头、含有它或读音相近的名称。",
        "x-options": ["q", "limit"],
        "x-required": ["q"],
    },
)
def suggest(request: HttpRequest) -> Any:
    """Names that begin with, contain or sound like what was typed."""
    options = read.read_options(request, {"q": read.typed, "limit": read.limit})
    if not options.get("q", "").strip():
        raise ParameterError("q", "请用参数“q”给出已输入的文字。", "Give what was typed in 'q'.")
    who = read.viewer(request)
    limit = min(options.get("limit", 10), 50)
    view = snapshots.current()

    def make() -> dict[str, Any]:
        return {"suggestions": view.suggest(options["q"], who, limit)}

    return json_answer(request, who, view.etag_of(who, "suggest", options["q"], limit), make)


@api.get(
    "/areas",
    response={200: Areas, **PROBLEMS},
    summary="区域 Boundaries, towns and zones",
    openapi_extra={
        "x-zh": "GeoJSON 底图：每个区域带名称、代码、来源与日期。",
        "x-options": ["area_kind"],
    },
)
def areas(request: HttpRequest) -> Any:
    """The base map as GeoJSON: each feature with its name, code, source and date."""
    options = read.read_options(request, {"kind": _area_kind})
    who = read.viewer(request)
    wanted = tuple(options.get("kind", _AREA_KINDS))
    content = places.boundary_geojson()
    content["features"] = [f for f in content["features"] if f["properties"]["role"] in wanted]
    tag = snapshots.content_tag(content)
    return json_answer(request, who, tag, lambda: content, media="application/geo+json")


def _area_kind(name: str, value: str) -> list[str]:
    return [read.one_of(_AREA_KINDS)(name, value)]
