"""From a cell to a value, or to a sentence: the one place where file content is understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation

from chuangtu.engines.tables.days import parse_day
from chuangtu.engines.tables.limits import EXACT_DIGITS
from chuangtu.engines.tables.model import Cell, Fault, Untrusted, ValueType, Wanted
from chuangtu.engines.tables.remarks import remark

Value = str | int | Decimal | date | bool | tuple[str, ...] | None

_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_POINT_ZERO = re.compile(r"\d+\.0+")
_NUMBER = re.compile(
    r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)(.*)", re.S
)
_SEPARATORS = re.compile(r"[、；;，,/|\n]")
# Signs without a shape; tab and line end are kept.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
_INVISIBLE |= dict.fromkeys(each for each in range(0xA0) if each < 32 or each >= 127)
for _kept in b"\t\n\r":
    del _INVISIBLE[_kept]
_EXACT = Context(prec=EXACT_DIGITS)
_LARGEST = 16  # digits before the point: more would overflow the columns of any database

_YES = frozenset(("是", "有", "对", "真", "√", "✓", "yes", "y", "true", "t", "1"))
_NO = frozenset(("否", "无", "没有", "错", "假", "×", "✗", "no", "n", "false", "f", "0"))
_UNKNOWN = frozenset(("", "-", "--", "—", "——", "/", "\\", "n/a", "na", "null", "none", "不详"))


def parse(cell: Cell, wanted: Wanted) -> Value | Fault:
    """Read a cell as what the caller wants.

    Args:
        cell: what a table holds there.
        wanted: what it should be.

    Returns:
        The value; `None` for an empty cell; a `Fault` that says why it cannot be read. No digit
        is ever dropped: what would need rounding or guessing is a fault.

    >>> parse("1,200.50 平方米", Wanted(ValueType.DECIMAL, unit="平方米"))
    Decimal('1200.50')
    >>> parse(3.1011200000000001e17, Wanted(ValueType.TEXT, is_identifier=True)).code
    'code_as_float'
    """
    if cell is None:
        return None
    if isinstance(cell, Untrusted):
        return cell.fault
    if isinstance(cell, str):
        cell = cell.strip() if cell.isprintable() else _clean(cell)
        if not cell:
            return None
    return _PARSERS[wanted.type](cell, wanted)


def fold(text: str) -> str:
    """Make spellings of one thing equal: width, case, blanks and dashes do not count.

    >>> fold("（国家级） Ａ类"), fold("国家级—重点")
    ('(国家级)a类', '国家级-重点')
    """
    text = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return re.sub(r"[—–−‐_]+", "-", unicodedata.normalize("NFKC", text))


def _clean(text: str) -> str:
    return text.translate(_INVISIBLE).strip()


def _text(cell: Cell, wanted: Wanted) -> Value | Fault:
    if isinstance(cell, str):
        return _checked_text(cell, wanted)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float | Decimal):
        return _text_of_number(cell, wanted)
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return str(cell)


def _checked_text(text: str, wanted: Wanted) -> Value | Fault:
    if wanted.is_identifier and _EXPONENT.fullmatch(text):
        return remark("code_as_float")
    has_point = bool(wanted.point_after)
    if wanted.is_identifier and not has_point and _POINT_ZERO.fullmatch(text):
        return remark("code_with_point")
    if len(text) > wanted.max_length:
        return remark("too_long", length=len(text), limit=wanted.max_length)
    return text


def _text_of_number(cell: float | Decimal, wanted: Wanted) -> Value | Fault:
    number = _decimal(cell)
    if number is None:
        return remark("not_text")
    # Excel wrote zeros for the digits beyond the fifteenth, whatever they were.
    if isinstance(cell, float) and abs(number) >= 10**EXACT_DIGITS:
        return remark("code_as_float")
    if number == number.to_integral_value():
        digits = format(number.to_integral_value(), "f")
        # As a number, a check digit of zero behind the point is not kept.
        if len(digits) in wanted.point_after:
            return remark("code_without_check_digit")
        return _checked_text(digits, wanted)
    if wanted.is_identifier:
        return remark("code_with_point")
    return format(number, "f")


def _decimal(cell: Cell) -> Decimal | None:
    """The number of a cell by its shortest digits; `None` if it is not one."""
    if isinstance(cell, float):
        # Excel computes with binary noise after the fifteenth digit and shows fifteen.
        cell = _EXACT.create_decimal(repr(cell))
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        number = Decimal(cell)
        return number if number.is_finite() else None
    return None


def _number(cell: Cell, wanted: Wanted) -> Decimal | Fault | None:
    number: Decimal | None
    if isinstance(cell, str):
        text = unicodedata.normalize("NFKC", cell).strip()
        if fold(text) in _UNKNOWN:
            return None
        found = _NUMBER.fullmatch(text)
        if not found or not found[1].strip("+-"):
            return remark("not_a_number", unit=wanted.unit)
        if (unit := found[2].strip()) and fold(unit) != fold(wanted.unit):
            code = "other_unit" if wanted.unit else "not_a_number"
            return remark(code, unit=unit[:20], expected=wanted.unit)
        try:
            number = Decimal(found[1].replace(",", ""))
        except InvalidOperation:
            number = None
    else:
        number = _decimal(cell)
    if number is None:
        return remark("not_a_number", unit=wanted.unit)
    return _in_range(number, wanted)


def _in_range(number: Decimal, wanted: Wanted) -> Decimal | Fault:
    if number and not -_LARGEST <= number.adjusted() < _LARGEST:
        return remark("out_of_range", low="", high=f"10^{_LARGEST}")
    low, high = wanted.minimum, wanted.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        return remark(
            "out_of_range", low="" if low is None else low, high="∞" if high is None else high
        )
    return number


def _decimal_value(cell: Cell, wanted: Wanted) -> Value | Fault:
    number = _number(cell, wanted)
    if not isinstance(number, Decimal):
        return number
    kept = number.quantize(Decimal(1).scaleb(-wanted.scale), context=Context(prec=60))
    if kept != number:
        return remark("too_precise", scale=wanted.scale)
    return kept


def _integer(cell: Cell, wanted: Wanted) -> Value | Fault:
    number = _number(cell, wanted)
    if not isinstance(number, Decimal):
        return number
    if number != number.to_integral_value():
        return remark("not_whole")
    return int(number)


def _day(cell: Cell, wanted: Wanted) -> Value | Fault:
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time.min else remark("has_time")
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        return None if fold(cell) in _UNKNOWN else parse_day(cell)
    if isinstance(cell, time | timedelta):
        return remark("not_a_day")
    return remark("day_as_number")


def _boolean(cell: Cell, wanted: Wanted) -> Value | Fault:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = fold(str(cell))
    if text in _YES:
        return True
    if text in _NO:
        return False
    return None if text in _UNKNOWN else remark("not_yes_or_no")


def _code(cell: Cell, wanted: Wanted) -> Value | Fault:
    text = _text(cell, wanted)
    if not isinstance(text, str):
        return text
    code = wanted.spellings.get(fold(text))
    if code is None:
        return remark("not_in_list", examples="、".join(wanted.examples), value=text[:40])
    return code


def _codes(cell: Cell, wanted: Wanted) -> Value | Fault:
    text = _text(cell, wanted)
    if not isinstance(text, str):
        return text
    # A name of the list may itself hold a comma, so the whole is tried before its parts.
    whole = wanted.spellings.get(fold(text))
    if whole is not None:
        return (whole,)
    found: dict[str, None] = {}
    for part in _SEPARATORS.split(text):
        if part.strip():
            code = _code(part.strip(), wanted)
            if not isinstance(code, str):
                return code
            found[code] = None
    return tuple(found)


_PARSERS: dict[ValueType, Callable[[Cell, Wanted], Value | Fault]] = {
    ValueType.TEXT: _text,
    ValueType.INTEGER: _integer,
    ValueType.DECIMAL: _decimal_value,
    ValueType.DAY: _day,
    ValueType.BOOLEAN: _boolean,
    ValueType.CODE: _code,
    ValueType.CODES: _codes,
}
