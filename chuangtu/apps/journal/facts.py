"""What is hashed of a journal line."""

from __future__ import annotations

import hashlib
from datetime import UTC

import orjson

from chuangtu.apps.journal.models import Entry

UNDO = "undo:"
"""An act that undoes another bears its name after this."""


def digest(entry: Entry) -> str:
    """SHA-256 (hexadecimal) of the hash before and the line's content as canonical JSON."""
    line = {
        "at": entry.at.astimezone(UTC).isoformat(),
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
