"""Answers with an entity tag: 304 where nothing changed, private where the viewer matters."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from chuangtu.terms.viewer import VISITOR, Viewer

JSON = "application/json"
SMALL = 600
"""Bytes below which compressing saves nothing."""


def not_modified(request: HttpRequest, etag: str) -> bool:
    """Say whether the client already has the answer with this tag."""
    given = request.META.get("HTTP_IF_NONE_MATCH")
    if not given:
        return False
    tags = parse_etags(given)
    return "*" in tags or any(each.removeprefix("W/") == etag for each in tags)


def takes_gzip(request: HttpRequest) -> bool:
    """Say whether the client takes gzip."""
    given: str = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return any(
        each.split(";")[0].strip() in ("gzip", "*")
        and "q=0" not in each.replace(" ", "").split(";")
        for each in given.split(",")
    )


def json_answer(
    request: HttpRequest, who: Viewer, etag: str, make: Callable[[], Any], *, media: str = JSON
) -> HttpResponse:
    """Answer with JSON, made only if the client does not have it."""
    if not_modified(request, etag):
        return tagged(HttpResponse(status=304), who, etag)
    content = orjson.dumps(make(), option=orjson.OPT_NON_STR_KEYS)
    response = HttpResponse(content, content_type=media)
    if len(content) > SMALL and takes_gzip(request):
        response.content = gzip.compress(content, 4, mtime=0)
        response["Content-Encoding"] = "gzip"
    return tagged(response, who, etag)


def tagged(
    response: HttpResponse, who: Viewer, etag: str, more: Mapping[str, str] | None = None
) -> HttpResponse:
    """Say what the answer is valid for and who may keep it.

    `no-cache` lets it be kept but asked about each time: a change must show within a second.
    """
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache" if who.sees == VISITOR.sees else "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    for name, value in (more or {}).items():
        response[name] = value
    return response
