"""What is found wrong or doubtful in a row: a value, never an exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, in both languages: what is wrong with the value, and what to do.

    Attributes:
        field: name of the field; "" for the row as a whole.
        value: the value as it was given, as text.
        zh: the sentence in Chinese.
        en: the sentence in English.
        is_fatal: the row cannot be written; otherwise it is a warning beside a written row.
    """

    field: str
    value: str
    zh: str
    en: str
    is_fatal: bool = True


Findings = tuple[Finding, ...]


def has_fatal(findings: Iterable[Finding]) -> bool:
    """Say whether one of them keeps the row from being written."""
    return any(each.is_fatal for each in findings)


def shown(value: Any) -> str:
    """A value as it appears in a sentence: never longer than 60 characters.

    >>> from decimal import Decimal
    >>> shown(Decimal("5E+2"))
    '500'
    """
    is_plain = isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 60
    text = f"{value:f}" if is_plain else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
