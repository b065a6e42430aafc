"""Numbers as somebody wrote them."""

from __future__ import annotations

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
