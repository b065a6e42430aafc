"""The one table: which exception becomes which status and which page.

Programs (`/api/`, `/tiles/`, `/export.`) get the same sentences as JSON from the catalog.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chuangtu.apps.snapshots.queries import NotPublishedError
from chuangtu.terms.errors import ChuangtuError, NotVisibleError, ParameterError

logger = logging.getLogger(__name__)

RETRY_AFTER_S = 5
"""When a page that is being prepared is worth asking for again."""

TABLE: tuple[tuple[type[ChuangtuError], int], ...] = (
    (NotVisibleError, 404),
    (ParameterError, 400),
    (NotPublishedError, 503),
    (ChuangtuError, 400),
)
"""The first line whose exception fits decides."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says of a status: what is wrong, and what to do."""

    title: Any
    sentence: Any


WORDS = {
    400: Words(
        _("这个请求不能处理"),
        _("地址或表单里有一处内容系统读不懂。请返回上一页检查，或从首页重新开始。"),
    ),
    403: Words(
        _("您没有这一页的权限"),
        _("这一页只对有相应职责的人员开放。请用有权限的账号登录；如需权限，请联系管理员。"),
    ),
    404: Words(
        _("没有找到这一页"),
        _("它可能已经移走，也可能从来没有过，或者不对您公开。请检查地址，或搜索您要找的名称。"),
    ),
    405: Words(
        _("这一页不支持这样访问"),
        _("请返回上一页，用页面上的按钮再试一次。"),
    ),
    429: Words(
        _("请求太频繁"),
        _("请稍等一会儿再试。"),
    ),
    500: Words(
        _("系统出错了"),
        _("这不是您的问题，错误已记入日志。请稍后再试；若仍出错，请把发生的时间告诉管理员。"),
    ),
    507: Words(
        _("服务器的磁盘已满或不可写"),
        _("这次操作没有执行，已有的数据不受影响。请通知管理员，腾出空间后再试。"),
    ),
    503: Words(
        _("系统正在准备"),
        _("数据还没有准备好。请稍后再试。"),
    ),
}
_STORAGE_NUMBERS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
_STORAGE_WORDS = ("disk is full", "disk i/o error", "readonly database", "no space left")
"""As SQLite and PostgreSQL tell it."""
FORM_EXPIRED = Words(
    _("页面停留太久，表单已失效"),
    _("为了安全，这次提交没有执行。请返回上一页，刷新后再提交；浏览器需允许本站的 Cookie。"),
)


def status_of(error: ChuangtuError) -> int:
    """The status of an error a person can mend."""
    return next(status for kind, status in TABLE if isinstance(error, kind))


def is_storage_fault(error: Exception) -> bool:
    """Say whether something could not be written because the disk is full or not to be written."""
    if isinstance(error, OSError):
        return error.errno in _STORAGE_NUMBERS
    said = str(error).lower()
    return isinstance(error, DatabaseError) and any(each in said for each in _STORAGE_WORDS)


class ErrorPages:
    """Turns the errors of TABLE into pages with the error's own sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        told = page(request, 405)
        told["Allow"] = response.get("Allow", "")
        return told

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_storage_fault(error):
            logger.error("%s: %s", request.path, error, exc_info=error)
            return page(request, 507)
        if not isinstance(error, ChuangtuError):
            return None
        said = error.zh if (get_language() or "zh").startswith("zh") else error.en
        return page(request, status_of(error), said)


def page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page of a status; `sentence` says more exactly what is wrong."""
    words = WORDS[status]
    response = _render(request, status, Words(words.title, sentence or words.sentence))
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_S)
        response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    logger.warning("refused a form at %s: %s", request.path, reason)
    return _render(request, 403, FORM_EXPIRED)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request's context: whatever broke may break it again."""
    words = WORDS[500]
    template = loader.get_template("errors/server_error.html")
    context = {"status": 500, "title": words.title, "sentence": words.sentence}
    return HttpResponse(template.render(context), status=500)


def _render(request: HttpRequest, status: int, words: Words) -> HttpResponse:
    context = {"status": status, "title": words.title, "sentence": words.sentence}
    template = loader.get_template("errors/error.html")
    return HttpResponse(template.render(context, request), status=status)
