"""The unit a header states, and what to multiply by to reach the unit that is wanted."""

from __future__ import annotations

import re
from decimal import Decimal

from chuangtu.engines.tables.model import Fault
from chuangtu.engines.tables.parse import fold
from chuangtu.engines.tables.remarks import remark

_UNITS: dict[str, dict[str, Decimal]] = {
    "money": {
        "元": Decimal(1),
        "人民币": Decimal(1),
        "人民币元": Decimal(1),
        "千元": Decimal(1_000),
        "万": Decimal(10_000),
        "万元": Decimal(10_000),
        "万元人民币": Decimal(10_000),
        "人民币万元": Decimal(10_000),
        "百万元": Decimal(1_000_000),
        "千万元": Decimal(10_000_000),
        "亿元": Decimal(100_000_000),
    },
    # Rates change daily: no factor leads from these to yuan.
    "dollars": {"美元": Decimal(1), "万美元": Decimal(10_000), "亿美元": Decimal(100_000_000)},
    "euros": {"欧元": Decimal(1), "万欧元": Decimal(10_000)},
    "area": {
        "平方米": Decimal(1),
        "平米": Decimal(1),
        "m2": Decimal(1),
        "万平方米": Decimal(10_000),
        "公顷": Decimal(10_000),
        "平方公里": Decimal(1_000_000),
        "平方千米": Decimal(1_000_000),
        "km2": Decimal(1_000_000),
    },
    "mu": {"亩": Decimal(1)},  # 2000/3 m²: no decimal number is exactly that
    "count": {
        "个": Decimal(1),
        "家": Decimal(1),
        "人": Decimal(1),
        "名": Decimal(1),
        "件": Decimal(1),
        "项": Decimal(1),
        "台": Decimal(1),
        "台套": Decimal(1),
        "万人": Decimal(10_000),
    },
    "share": {"%": Decimal(1), "百分比": Decimal(1)},
    "time": {"小时": Decimal(1), "h": Decimal(1)},
}
_FAMILIES = {name: family for family, units in _UNITS.items() for name in units}
_BRACKET = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")
# Without brackets only what cannot be part of a name: 投资万元 is money, 法人 is no count.
_ENDING = re.compile(r"(百万元|千万元|亿美元|万美元|万欧元|亿元|万元|千元|万平方米|平方公里)$")


def stated_unit(header: str) -> str:
    """The unit a header states in brackets or at its end; empty for none.

    >>> stated_unit("注册资本（万元）"), stated_unit("营业收入 亿元"), stated_unit("面积（建筑）")
    ('万元', '亿元', '')
    """
    text = fold(header)
    for found in _BRACKET.findall(text):
        unit = str(found).removeprefix("单位:").removeprefix("单位")
        if unit in _FAMILIES:
            return unit
    ending = _ENDING.search(text)
    return ending[1] if ending else ""


def unit_factor(header: str, unit: str) -> Decimal | Fault:
    """What a number under this header is multiplied by to be in `unit`.

    Returns:
        The exact factor, 1 where the header states no unit; a fault where no exact factor leads
        from the stated unit to the wanted one.

    >>> unit_factor("注册资本（万元）", "元"), unit_factor("面积（㎡）", "平方公里")
    (Decimal('10000'), Decimal('0.000001'))
    >>> unit_factor("注册资本（万美元）", "元").code
    'other_unit'
    """
    stated, wanted = stated_unit(header), fold(unit)
    if not stated or stated == wanted:
        return Decimal(1)
    family = _FAMILIES[stated]
    if _FAMILIES.get(wanted) != family:
        return remark("other_unit", unit=stated, expected=unit or "—")
    return _UNITS[family][stated] / _UNITS[family][wanted]
