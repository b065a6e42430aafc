"""What every request of a program passes: the rate limit, and errors told in JSON."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from chuangtu.apps.catalog.limits import Limiter
from chuangtu.apps.catalog.problems import SENTENCES, is_machine, plain_problem, problem
from chuangtu.apps.catalog.views.tiles import tile

Answer = Callable[[HttpRequest], HttpResponseBase]
TILES = "/tiles/"
_TILE = re.compile(r"/tiles/(\d{1,9})/(\d{1,9})/(\d{1,9})\.mvt", re.ASCII)
TILES_TIMES = 10
"""A map asks for many tiles at each move: they may come so much faster than other questions."""
BURST_S = 10
"""A client may save up this many seconds' worth of questions."""

logger = logging.getLogger(__name__)


class RateLimit:
    """Refuses a client that asks too often; pages and static files are not counted."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        rate = settings.RATE_LIMIT
        self._questions = Limiter(rate, rate * BURST_S)
        self._tiles = Limiter(rate * TILES_TIMES, rate * TILES_TIMES * BURST_S)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_machine(request):
            limiter = self._tiles if request.path_info.startswith(TILES) else self._questions
            seconds = limiter.wait(client_of(request))
            if seconds:
                return problem(
                    429,
                    f"请求太频繁。请 {seconds} 秒后再试；批量数据请用 /export 一次取得。",
                    f"Too many requests. Try again in {seconds} s; for bulk data use /export.",
                    retry_after_s=seconds,
                )
        return self.get_response(request)


def client_of(request: HttpRequest) -> str:
    """The client's address: the connection's, or the one the last trusted proxy saw."""
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(passed) >= proxies and passed[-proxies].strip():
            return passed[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """The client as wrong passwords are counted: an IPv6 subscriber has a whole /64 to guess from.

    What a proxy passes on that is no address counts as the connection's.
    """
    for each in (client_of(request), str(request.META.get("REMOTE_ADDR", ""))):
        try:
            address = ip_address(each)
        except ValueError:
            continue
        if isinstance(address, IPv4Address):
            return str(address)
        return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False)[0])
    return "0.0.0.0"


class MachineErrors:
    """Turns pages that say “not found” into JSON at addresses that programs read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code in SENTENCES and is_machine(request):
            return self._as_json(response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        # Django makes a 404 of Http404 and so on; that is told in JSON like any other.
        if not is_machine(request) or isinstance(error, Http404 | PermissionDenied):
            return None
        logger.error("%s failed", request.path_info, exc_info=error)
        return plain_problem(500)

    def _as_json(self, response: HttpResponseBase) -> HttpResponseBase:
        if "json" in response.get("Content-Type", ""):
            return response
        told = plain_problem(response.status_code)
        if "Allow" in response:
            told["Allow"] = response["Allow"]
        return told


class Heads:
    """Answers HEAD at the API's addresses, whose routes know only GET: the same without a body."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD" or not request.path_info.startswith("/api/"):
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        if isinstance(response, HttpResponse):
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


class PublicTiles:
    """Answers map tiles of visitors at once: no session, language or form has to do with them.

    A map asks for dozens of tiles at each move, and most are kept ready: what else a request
    passes would cost several times more than the answer.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = _TILE.fullmatch(request.path_info)
        if found is None or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        request.user = AnonymousUser()
        return tile(request, *map(int, found.groups()))
