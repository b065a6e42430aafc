"""Numbers of houses, lanes and rooms as people write them: 五千, 一百二十三, 一〇二, 12."""

from __future__ import annotations

NUMERALS = "〇零一二三四五六七八九十百千两"
_VALUES = {
    **{sign: value for value, sign in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000}


def write_digits(number: str) -> str:
    """A number in Arabic digits; signs that are no numerals stay.

    >>> [write_digits(each) for each in ("五千", "一百二十三", "一〇二", "3A")]
    ['5000', '123', '102', '3A']
    """
    if not number or any(sign not in NUMERALS for sign in number):
        return number
    if not any(sign in _UNITS for sign in number):
        return "".join(str(_VALUES[sign]) for sign in number)
    total, last = 0, 0
    for sign in number:
        if sign in _UNITS:
            total += max(last, 1) * _UNITS[sign]
            last = 0
        else:
            last = _VALUES[sign]
    return str(total + last)
