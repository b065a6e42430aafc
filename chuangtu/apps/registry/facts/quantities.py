"""Numbers, days and yes-or-no as they stand in files → the values they mean."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.finding import shown
from chuangtu.apps.registry.facts.reading import MeaningError, fold, plain
from chuangtu.terms.kind import Field, FieldType

_DIGITS = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_EXAMPLES = {
    FieldType.INTEGER: ("120", "2015", "5", "1", "0"),
    FieldType.DECIMAL: ("12.5", "121.415", "31.089", "0.5", "1", "0"),
}
"""Of a field whose bounds leave all of these out, the last is shown."""
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def _number(field: Field, given: Any) -> Decimal:
    if isinstance(given, bool):
        raise _not_a_number(field, given)
    if isinstance(given, int | Decimal):
        number = Decimal(given)
    elif isinstance(given, float):
        number = Decimal(repr(given))
    else:
        number = _typed_number(field, plain(given))
    if not number.is_finite() or number.adjusted() >= 16:
        raise _not_a_number(field, given)
    _check_plausible(field, number, given)
    return number


def _typed_number(field: Field, typed: str) -> Decimal:
    if _DIGITS.fullmatch(typed):
        return Decimal(typed)
    text = unicodedata.normalize("NFKC", typed).replace(" ", "")
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    unit = unicodedata.normalize("NFKC", field.unit or "").replace(" ", "")
    if unit:
        text = text.removesuffix(unit).removesuffix(unit.removeprefix("元/"))
    scale = Decimal(1)
    if unit == "元" and text[-1:] in _SCALES:
        scale, text = _SCALES[text[-1]], text[:-1]
    try:
        return Decimal(text) * scale
    except InvalidOperation:
        raise _not_a_number(field, typed) from None


def _not_a_number(field: Field, given: Any) -> MeaningError:
    zh, en = _understood(field)
    return MeaningError(
        f"“{field.zh}”的“{shown(given)}”不是数。请填数字{zh}。",
        f"'{shown(given)}' of '{field.en}' is not a number. Give a number{en}.",
    )


def _understood(field: Field) -> tuple[str, str]:
    """How a number would be understood, in both languages; money is often written in 万元."""
    unit, unit_en = field.unit or "", field.unit_en or ""
    examples = _EXAMPLES[field.type]
    plain = next((x for x in examples if _is_plausible(field, Decimal(x))), examples[-1])
    full = "500万元" if unit == "元" else f"{plain}{unit}"
    if not unit:
        return f"，如 {plain}", f", such as {plain}"
    return (
        f"，单位为{unit}，如 {plain} 或 {full}",
        f" in {unit_en or unit}, such as {plain} or {full}",
    )


def _is_plausible(field: Field, number: Decimal) -> bool:
    low, high = field.minimum, field.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def _check_plausible(field: Field, number: Decimal, given: Any) -> None:
    low, high = field.minimum, field.maximum
    if not _is_plausible(field, number):
        span = f"{'…' if low is None else f'{low:f}'} – {'…' if high is None else f'{high:f}'}"
        raise MeaningError(
            f"“{field.zh}”的 {shown(given)} 不在合理范围 {span} 内。请核对数值和单位。",
            f"{shown(given)} of '{field.en}' is outside {span}. Check the value and its unit.",
        )


def read_integer(field: Field, given: Any) -> int:
    number = _number(field, given)
    if number != number.to_integral_value():
        raise MeaningError(
            f"“{field.zh}”的 {shown(given)} 不是整数。请填写整数。",
            f"{shown(given)} of '{field.en}' is not a whole number. Give a whole number.",
        )
    return int(number)


def read_decimal(field: Field, given: Any) -> Decimal:
    number = _number(field, given)
    return number.quantize(_quantum(field.scale), rounding=ROUND_HALF_EVEN)


@cache
def _quantum(scale: int) -> Decimal:
    return Decimal(1).scaleb(-scale)


_DAY = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00(?:\.0+)?)?)?"
    r"|(\d{4})(\d\d)(\d\d)",
    re.ASCII,
)


def read_date(field: Field, given: Any) -> date:
    if isinstance(given, datetime):
        day = given.date()
    elif isinstance(given, date):
        day = given
    else:
        day = _typed_day(field, given)
    if not 1800 <= day.year <= 2200:
        raise MeaningError(
            f"“{field.zh}”的 {day.isoformat()} 年份不合理。请核对。",
            f"The year of {day.isoformat()} in '{field.en}' is not plausible. Check it.",
        )
    return day


def _typed_day(field: Field, given: Any) -> date:
    typed = plain(given)
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", typed))
    if found:
        parts = [int(each) for each in found.groups() if each]
        try:
            return date(*parts)
        except ValueError:
            raise MeaningError(
                f"“{field.zh}”的“{shown(typed)}”在日历上不存在。请核对日期。",
                f"'{shown(typed)}' of '{field.en}' is not in the calendar. Check the day.",
            ) from None
    if re.fullmatch(r"\d{5}", typed, re.ASCII):
        meant = date.fromordinal(date(1899, 12, 30).toordinal() + int(typed))
        raise MeaningError(
            f"“{field.zh}”的 {typed} 像是表格软件的日期序号（{meant}）。请把单元格设为日期。",
            f"{typed} of '{field.en}' looks like a spreadsheet's day number ({meant}). "
            "Format the cell as a date.",
        )
    raise MeaningError(
        f"“{field.zh}”的“{shown(typed)}”不是完整日期。请写成 2015-12-31 这样的形式。",
        f"'{shown(typed)}' of '{field.en}' is not a full date. Write it as 2015-12-31.",
    )


_YES = frozenset({"是", "有", "y", "yes", "true", "1", "√", "✓", "对"})
_NO = frozenset({"否", "无", "n", "no", "false", "0", "×", "✗", "不是", "没有"})


def read_boolean(field: Field, given: Any) -> bool:
    folded = fold(plain(given))
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise MeaningError(
        f"“{field.zh}”的“{shown(given)}”看不出是或否。请填“是”或“否”，不清楚时留空。",
        f"'{shown(given)}' of '{field.en}' is neither yes nor no. "
        "Give 是 or 否, or leave it empty.",
    )
