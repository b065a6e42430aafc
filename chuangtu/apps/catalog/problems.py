"""Refusals for programs: one JSON object (RFC 9457) with the sentence in both languages."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse

from chuangtu.terms.errors import ChuangtuError, ParameterError

MEDIA_TYPE = "application/problem+json"
MACHINE_ADDRESSES = ("/api/", "/tiles/", "/export.")
"""Addresses that programs read: what goes wrong there is told in JSON, never as a page."""

RETRY_AFTER_S = 5
"""When what is not available yet is worth asking for again."""

_TITLES = {
    400: ("请求有误", "Bad request"),
    404: ("没有找到", "Not found"),
    405: ("不支持这种请求方法", "Method not allowed"),
    429: ("请求太频繁", "Too many requests"),
    500: ("服务出错", "Server error"),
    503: ("暂时不能回答", "Not available yet"),
}
SENTENCES = {
    400: (
        "这个请求不能处理。请对照接口文档 /api/docs 检查地址与主机名。",
        "The request cannot be handled. Compare address and host with the documentation at"
        " /api/docs.",
    ),
    404: (
        "这个地址没有内容。请对照接口文档 /api/docs 检查地址。",
        "There is nothing at this address. Compare it with the documentation at /api/docs.",
    ),
    405: (
        "这个地址只能读取。请使用 GET。",
        "This address can only be read. Use GET.",
    ),
    500: (
        "服务内部出错，已记入日志。请稍后再试；若仍出错，请告诉管理员发生的时间。",
        "Something went wrong inside and was logged. Try again later, or tell the administrator"
        " when it happened.",
    ),
}


def is_machine(request: HttpRequest) -> bool:
    """Say whether a program is asking, by the address."""
    return request.path_info.startswith(MACHINE_ADDRESSES)


def problem(
    status: int,
    zh: str,
    en: str,
    *,
    parameter: str | None = None,
    retry_after_s: int | None = None,
) -> HttpResponse:
    """Answer with what is wrong; `parameter` points at the parameter that is."""
    title_zh, title = _TITLES[status]
    content = {
        "type": "about:blank",
        "title": title,
        "title_zh": title_zh,
        "status": status,
        "detail": en,
        "detail_zh": zh,
    }
    if parameter is not None:
        content["parameter"] = parameter
    response = HttpResponse(orjson.dumps(content), status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    if retry_after_s is not None:
        response["Retry-After"] = str(retry_after_s)
    return response


def problem_of(error: ChuangtuError, status: int) -> HttpResponse:
    """Answer with the error's own sentences."""
    parameter = error.name if isinstance(error, ParameterError) else None
    retry = RETRY_AFTER_S if status == 503 else None
    return problem(status, error.zh, error.en, parameter=parameter, retry_after_s=retry)


def plain_problem(status: int) -> HttpResponse:
    """Answer with the sentence that goes with a status."""
    return problem(status, *SENTENCES[status])
