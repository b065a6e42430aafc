"""Reading an address: which of its parameters are the question, which are how to answer it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.http import HttpRequest

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import ParameterError
from chuangtu.terms.numbers import whole_number
from chuangtu.terms.selection import Selection, read_selection, said_twice
from chuangtu.terms.viewer import Viewer

MAX_LIMIT = 500
DEFAULT_LIMIT = 50
MAX_TYPED = 100
"""Longest accepted beginning of a word to complete, in characters."""
MAX_PARAMETERS = 1_000

Reader = Callable[[str, str], Any]


_NAMED = ("area", "zone", "town")
"""Parameters whose values are codes of areas."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and how it shall be answered."""

    selection: Selection
    options: Mapping[str, Any]

    @property
    def viewer(self) -> Viewer:
        return self.selection.viewer


def viewer(request: HttpRequest) -> Viewer:
    """The viewer who sends this request."""
    return viewer_of(request.user)


def read(request: HttpRequest, readers: Mapping[str, Reader], *, today: date) -> Asked:
    """Read the Selection and the named options; anything else is refused with a sentence."""
    own, others = _divide(request, readers)
    who = viewer(request)
    words = snapshots.describe(who).vocabulary
    known = words.areas
    if known is not None and any(n in _NAMED and value not in known for n, value in others):
        # Perhaps one of this moment, which the list of areas names already.
        words = snapshots.describe(who, anew=True).vocabulary
    selection = read_selection(others, words, viewer=who, today=today)
    return Asked(selection, own)


def read_options(request: HttpRequest, readers: Mapping[str, Reader]) -> Mapping[str, Any]:
    """Read the named options of an address that takes no Selection."""
    own, others = _divide(request, readers)
    for name, _ in others:
        known = "、".join(sorted(readers)) or "（无）"
        raise ParameterError(
            name[:60],
            f"没有参数“{name[:60]}”。这里可用的参数：{known}。",
            f"There is no parameter '{name[:60]}'. Here are: {', '.join(sorted(readers)) or '-'}.",
        )
    return own


def _divide(
    request: HttpRequest, readers: Mapping[str, Reader]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    own: dict[str, Any] = {}
    others: list[tuple[str, str]] = []
    for name, value in pairs_of(request):
        if name not in readers:
            others.append((name, value))
        elif value:
            taken = readers[name](name, value)
            if isinstance(taken, list):
                own[name] = [*own.get(name, []), *taken]
            elif own.setdefault(name, taken) != taken:
                raise said_twice(name)
    return own, others


def pairs_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The parameters in the order of their names' first appearance."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    if len(pairs) > MAX_PARAMETERS:
        raise ParameterError(
            pairs[MAX_PARAMETERS][0][:60],
            f"参数超过 {MAX_PARAMETERS} 个。请减少条件。",
            f"There are more than {MAX_PARAMETERS} parameters. Ask for less at once.",
        )
    for name, value in pairs:
        # PostgreSQL takes no NUL in a text, and no name or code has one.
        if "\0" in name or "\0" in value:
            raise ParameterError(
                name.replace("\0", "")[:60],
                "参数里有空字符（NUL）。请去掉后再试。",
                "A parameter holds a NUL character. Leave it out.",
            )
    return pairs


def limit(name: str, value: str) -> int:
    """How many items; at least 1."""
    number = whole_number(value)
    if number is not None and 1 <= number <= MAX_LIMIT:
        return number
    raise ParameterError(
        name,
        f"参数“{name}”应为 1 到 {MAX_LIMIT} 的整数。",
        f"'{name}' takes a whole number from 1 to {MAX_LIMIT}.",
    )


def one_of(choices: Sequence[str]) -> Reader:
    """A reader of one of these words."""

    def read_one(name: str, value: str) -> str:
        if value in choices:
            return value
        raise ParameterError(
            name,
            f"参数“{name}”的“{value[:30]}”不可用。可用：{'、'.join(choices)}。",
            f"'{value[:30]}' is not a value of '{name}'. Choose from: {', '.join(choices)}.",
        )

    return read_one


def names(name: str, value: str) -> list[str]:
    """One more of several names; what they may be is checked by the one who knows."""
    return [value[:200]]


def typed(name: str, value: str) -> str:
    """What somebody has typed so far."""
    if len(value) <= MAX_TYPED:
        return value
    raise ParameterError(
        name,
        f"参数“{name}”最多 {MAX_TYPED} 个字。请缩短后再试。",
        f"'{name}' takes at most {MAX_TYPED} characters. Shorten it.",
    )


def text(name: str, value: str) -> str:
    """Any text, checked later."""
    return value


def write_cursor(order: str, cursor: tuple[int, int]) -> str:
    """A cursor as it stands in an address."""
    return base64.urlsafe_b64encode(orjson.dumps([order, *cursor])).decode().rstrip("=")


def read_cursor(order: str, written: str) -> tuple[int, int]:
    """The cursor written in an address.

    Raises:
        ParameterError: it was not written by us, or for another order.
    """
    try:
        padded = written.encode("ascii") + b"=" * (-len(written) % 4)
        content = orjson.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, binascii.Error):
        content = None
    match content:
        case [str() as made_for, int() as key, int() as last] if (
            made_for == order
            and not isinstance(key, bool)
            and not isinstance(last, bool)
            and max(abs(key), abs(last)) < 2**63
        ):
            return key, last
    raise ParameterError(
        "after",
        "参数“after”不是上一页给出的“next”，或排序已改变。请从第一页重新开始。",
        "'after' is not the 'next' of a page before, or the order changed. Start again.",
    )
