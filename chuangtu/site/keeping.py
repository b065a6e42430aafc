"""Who may keep a page: nobody for anybody else, and nobody without asking again."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

OURS = ("Cookie", "Accept-Language")
"""What the person's page depends on: who is signed in, and which language is wanted."""


class Keeping:
    """Says of every answer that says nothing itself who may keep it.

    The answer to somebody with a session is kept by that person's browser alone, and asked about
    again; so is one that brings a cookie. What a visitor gets may be kept by a cache on the way,
    which asks again too: a change must show within a second. A view that knows better says so:
    an answer that is the same for everybody, a file that nobody is to keep.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_said = "Cache-Control" in response
        if response.cookies or (not is_said and settings.SESSION_COOKIE_NAME in request.COOKIES):
            patch_cache_control(response, private=True)
        if not is_said:
            patch_cache_control(response, no_cache=True)
            patch_vary_headers(response, OURS)
        return response
