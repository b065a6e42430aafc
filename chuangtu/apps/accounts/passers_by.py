"""What is shown to who is signed in nowhere: asked of the page itself, which alone knows."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest
from django.urls import resolve

from chuangtu.terms.errors import ChuangtuError


def is_page_for_all(address: str, request: HttpRequest) -> bool:
    """Say whether a visitor who opens this address of ours sees a page there.

    The page is made once for that; a page that asks to sign in, refuses or is not there is none.
    """
    asked = _visit(address, request)
    try:
        view, args, kwargs = asked.resolver_match = resolve(asked.path_info)
        answer = view(asked, *args, **kwargs)
    except (Http404, PermissionDenied, BadRequest, SuspiciousOperation, ChuangtuError):
        return False
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def _visit(address: str, request: HttpRequest) -> WSGIRequest:
    parts = urlsplit(address)
    environ: dict[str, Any] = {
        **request.META,
        "REQUEST_METHOD": "GET",
        # As a server hands it over: the bytes of the path, read as Latin-1.
        "PATH_INFO": unquote(parts.path, "latin-1"),
        "QUERY_STRING": parts.query,
        "CONTENT_LENGTH": "0",
        "wsgi.input": BytesIO(),
    }
    visit = WSGIRequest(environ)
    visit.user = AnonymousUser()
    visit.session = request.session
    return visit
