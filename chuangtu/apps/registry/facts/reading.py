"""Cells as people see them, and what is raised when one means nothing."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from chuangtu.terms.errors import ChuangtuError


class MeaningError(ChuangtuError):
    """A value means nothing for its field; becomes a `Finding` of the row, never leaves facts."""


_LEFT_OUT = ("Cc", "Cf", "Cs")
"""Controls, invisible marks and halves of characters: nobody sees them, and they would make two
of what looks alike; databases refuse some."""


def plain(given: Any) -> str:
    """A cell as people see it: whole numbers without a point, days in ISO form, no controls."""
    if isinstance(given, str) and given.isascii() and given.isprintable():
        return given.strip()
    if isinstance(given, float) and given.is_integer() and abs(given) < 1e15:
        given = int(given)
    if isinstance(given, datetime):
        given = given.date()
    text = unicodedata.normalize("NFC", given if isinstance(given, str) else str(given))
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _LEFT_OUT)
    return text.strip()


_NUMBERED = re.compile(r".*\[#(\d{1,18})\]", re.DOTALL)


def with_number(name: str, number: int) -> str:
    """A record as forms write it, so that the same name never means another.

    >>> with_number("上海某某公司", 12)
    '上海某某公司 [#12]'
    """
    return f"{name} [#{number}]"


def number_in(text: str) -> int | None:
    """The number that `with_number` wrote, if there is one."""
    found = _NUMBERED.fullmatch(text)
    return int(found.group(1)) if found else None


def fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\"'“”‘’「」]", "", folded)
