"""Numbers as somebody wrote them."""

from __future__ import annotations

import re
from decimal import Decimal

MOST_DIGITS = 18
"""What every database keeps as a whole number."""


def whole_number(written: str, *, digits: int = MOST_DIGITS) -> int | None:
    """The whole number written in plain digits; None for anything else, or a longer one.

    >>> whole_number("120"), whole_number("²"), whole_number("-1"), whole_number("9" * 19)
    (120, None, None, None)
    """
    # isdigit alone takes “²” and “٣”, of which int() cannot read the first.
    if written.isascii() and written.isdigit() and len(written) <= digits:
        return int(written)
    return None


def decimal_number(written: str, *, digits: int = 400) -> Decimal | None:
    """The number written in plain digits, exactly; None for anything else, or a longer one.

    A minus may stand before it, and a point inside; `digits` is the most on each side of it.

    >>> decimal_number("-12.50"), decimal_number("1_000"), decimal_number("1e3")
    (Decimal('-12.50'), None, None)
    """
    # Decimal alone takes “１２” and “1_000”, which no other reader of an address does.
    if re.fullmatch(rf"-?\d{{1,{digits}}}(\.\d{{1,{digits}}})?", written, re.ASCII):
        return Decimal(written)
    return None


def plain_digits(number: Decimal | float) -> str:
    """The shortest text that `decimal_number` reads back to the same number.

    >>> plain_digits(Decimal("12.50")), plain_digits(1e-7), plain_digits(-0.0)
    ('12.5', '0.0000001', '0')
    """
    text = f"{number if isinstance(number, Decimal) else Decimal(repr(number)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
