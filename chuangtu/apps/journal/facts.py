"""What is hashed of a journal line."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from chuangtu.apps.journal.models import Entry

UNDO = "undo:"
"""An act that undoes another bears its name after this."""


class Line(NamedTuple):
    """A line before it is written: many are made at once, without a model for each."""

    at: datetime
    by: str
    why: str
    act: str
    table: str
    row: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    previous_hash: str
    hash: str = ""


def digest(entry: Entry | Line) -> str:
    """SHA-256 (hexadecimal) of the hash before and the line's content as canonical JSON."""
    line = {
        "at": _moment(entry.at),
        "by": entry.by,
        "why": entry.why,
        "act": entry.act,
        "table": entry.table,
        "row": entry.row,
        "before": entry.before,
        "after": entry.after,
    }
    text = orjson.dumps(line, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(entry.previous_hash.encode() + text).hexdigest()


@lru_cache(maxsize=64)
def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
