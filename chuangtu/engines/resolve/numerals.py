"""Numbers in names, however they are written: 一 1 壹 十二 12."""

from __future__ import annotations

import re

_VALUES = {
    **{sign: value for value, sign in enumerate("〇一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
_RUN = re.compile(f"[{''.join(_VALUES)}{''.join(_UNITS)}]+")
_COUNTED = re.compile(
    f"(?:[{''.join(_VALUES)}]?[百佰][零〇]?)?(?:[{''.join(_VALUES)}]?[十拾])?[{''.join(_VALUES)}]?"
)


def spell_numbers(text: str) -> str:
    """Write every number of a text in Arabic digits.

    Both sides of a comparison are written so; that 百度 becomes 100度 harms nobody.

    >>> spell_numbers("第十二研究所"), spell_numbers("三一〇"), spell_numbers("一百零八")
    ('第12研究所', '310', '108')
    """
    return _RUN.sub(lambda met: _digits(met.group()), text)


def _digits(run: str) -> str:
    if not _COUNTED.fullmatch(run):
        return "".join(str(_VALUES.get(sign, _UNITS.get(sign, ""))) for sign in run)
    total, last = 0, None
    for sign in run:
        if sign in _UNITS:
            total += (1 if last in (None, 0) else last) * _UNITS[sign]
            last = None
        else:
            last = _VALUES[sign]
    return str(total + (last or 0))
