"""The OpenAPI document, and a page made from it that needs no network."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from chuangtu.apps.catalog.answers import json_answer
from chuangtu.apps.catalog.api import api
from chuangtu.apps.catalog.openapi import complete
from chuangtu.apps.catalog.parameters import read_options, viewer
from chuangtu.apps.catalog.problems import plain_problem, problem_of
from chuangtu.apps.catalog.words import said
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import ParameterError
from chuangtu.terms.viewer import Viewer

PREFIX = "/api/v1/"


def _document(who: Viewer) -> dict[str, Any]:
    return complete(dict(api.get_openapi_schema(path_prefix=PREFIX)), snapshots.describe(who))


# It writes nothing: whoever sends a form here is told so, not that the form is too old.
@csrf_exempt
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    if wrong := _refusal(request):
        return wrong
    who = viewer(request)
    content = _document(who)
    return json_answer(request, who, snapshots.content_tag(content), lambda: content)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    if wrong := _refusal(request):
        return wrong
    content = _document(viewer(request))
    operations = [
        {
            "path": path,
            "method": method.upper(),
            **operation,
            "summary": _half(operation["summary"]),
            "meaning": _coded(said(**operation["x-description"])),
            "parameters": [_told(each) for each in operation["parameters"]],
        }
        for path, methods in content["paths"].items()
        for method, operation in methods.items()
    ]
    return render(
        request,
        "catalog/documentation.html",
        {
            "about": _half(content["info"]["description"]),
            "operations": operations,
            "host": request.get_host(),
            "scheme": request.scheme,
        },
    )


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """What is said to whoever gives parameters: there are none here."""
    try:
        read_options(request, {})
    except ParameterError as error:
        return problem_of(error, 400)
    return None


def _half(text: str) -> str:
    """The page's language of a text that says the same in both: Chinese, a space, English."""
    zh, _, en = text.partition(" ")
    return said(zh, en)


def _coded(text: str) -> SafeString:
    """A text with its `code` set as code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "",
        "{}",
        ((format_html("<code>{}</code>", each) if at % 2 else each,) for at, each in parts),
    )


def _told(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter as the page shows it, in the page's language."""
    meaning = parameter.get("x-description", {"zh": "", "en": ""})
    return {**parameter, "meaning": _coded(said(**meaning)), "shown": _shown(parameter)}


def _shown(parameter: dict[str, Any]) -> str:
    """The values a parameter takes, as a person reads them."""
    schema = parameter["schema"]
    schema = schema.get("items", schema)
    if "enum" in schema:
        return " · ".join(schema["enum"])
    if "minimum" in schema:
        return f"{schema['minimum']} – {schema['maximum']}"
    return str(schema.get("format") or schema.get("type") or "YYYY-MM-DD · any")


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    return plain_problem(404)
