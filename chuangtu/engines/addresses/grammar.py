"""How each part of an address is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chuangtu.engines.addresses.digits import NUMERALS
from chuangtu.engines.addresses.model import PartKind

_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东"
    "|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_NAME = "[^0-9A-Z路街弄号省市区县镇乡村、，,。（）()]"
_NUMBER = f"(?:[0-9]+|[{NUMERALS}]+)"
_NOT_A_ROAD = "(?!路|街|大道|支路)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to write a part; group 1 is its value, the whole match its span.

    Attributes:
        kind: what it names.
        pattern: matched where the part before it ends.
        after: kinds one of which must have come before; empty for any place.
        once: no second one is read.
        joined: nothing unread may stand between it and the part before.
    """

    kind: PartKind
    pattern: re.Pattern[str]
    after: frozenset[PartKind] = frozenset()
    once: bool = True
    joined: bool = False


def _rule(
    kind: PartKind, pattern: str, *after: PartKind, once: bool = True, joined: bool = False
) -> Rule:
    return Rule(kind, re.compile(pattern), frozenset(after), once, joined)


_HOUSE = (PartKind.ROAD, PartKind.VILLAGE)
_INSIDE = (*_HOUSE, PartKind.PARK, PartKind.LANE, PartKind.NUMBER, PartKind.BUILDING)

RULES = (
    _rule(
        PartKind.PROVINCE,
        f"((?:{_PROVINCES})(?:省|市|维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区)?)"
        f"{_NOT_A_ROAD}(?!公路)",
    ),
    _rule(PartKind.CITY, f"({_NAME}{{2,6}}?(?:市|自治州|地区|盟)){_NOT_A_ROAD}(?!场)"),
    _rule(
        PartKind.DISTRICT,
        f"({_NAME}{{1,4}}?(?<![园小社校厂景片开街])(?:新区|(?<![发业税技学务])区|县|旗)){_NOT_A_ROAD}",
    ),
    _rule(PartKind.TOWN, f"({_NAME}{{1,5}}?路?(?:街道|镇|乡)){_NOT_A_ROAD}"),
    _rule(
        PartKind.PARK,
        "([^0-9路街弄号省市县镇乡村、，,。（）()]{2,12}?(?:工业园区|科技园区|产业园区|科学园区|工业园|科技园|产业园|创业园"
        "|软件园|创意园|科创园|工业区|开发区|保税区|高新区|园区|科技绿洲|产业基地|孵化基地|孵化器))",
        once=False,
    ),
    _rule(
        PartKind.ROAD,
        "([^0-9弄号、，,。（）()与]{1,10}?(?:公路|大道|大街|支路|路|街(?!道)|(?<!街)道))"
        "(?=[^路]|$)",
        once=False,
    ),
    _rule(PartKind.VILLAGE, f"({_NAME}{{1,6}}?村)(?!路)"),
    _rule(PartKind.LANE, f"({_NUMBER})弄", *_HOUSE, joined=True),
    _rule(
        PartKind.NUMBER,
        f"({_NUMBER}(?:[-~至、]{_NUMBER})?)(?:号(?!楼|院)|(?=$|[^0-9A-Z{NUMERALS}弄幢栋座楼层室号米组公]))",
        *_HOUSE,
        PartKind.LANE,
        joined=True,
    ),
    _rule(
        PartKind.BUILDING,
        f"(?:第)?({_NUMBER}|[A-Z])(?:幢|栋|号楼|座|号厂房|号院)|({_NAME}{{2,10}}?(?:大厦|大楼|广场))",
        *_INSIDE,
        once=False,
    ),
    _rule(PartKind.FLOOR, f"(?:第)?({_NUMBER})(?:层|楼|F)", *_INSIDE),
    _rule(
        PartKind.ROOM, f"([A-Z]?-?(?:[0-9]{{2,5}}[A-Z]?|{_NUMBER}))(?:室|房间|房|单元)", *_INSIDE
    ),
    _rule(
        PartKind.ROOM, "(?<=[幢栋座楼层F-])-?([A-Z]?[0-9]{3,4}[A-Z]?)(?=$|[、，,（(])", *_INSIDE
    ),
)
"""In the order they are tried where a part begins."""

ORDER = tuple(PartKind)
