"""Where an address is, as far as two of them can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chuangtu.engines.resolve.fold import fold
from chuangtu.engines.resolve.numerals import spell_numbers
from chuangtu.engines.resolve.regions import city_of, find_regions

_TOWN = re.compile(r"^[\u4e00-\u9fff]{1,4}?(?:街道|镇|乡|新区|区|县)(?!路)")
_ROAD = re.compile(r"([^\d]{1,10}?(?:公路|大道|大街|路|街|道))(\d+)")
_FEWEST_SIGNS = 8
_TAIL = re.compile(r"(?:号|室|座|楼|层)+$")


@dataclass(frozen=True, slots=True)
class Site:
    """An address as it is compared.

    Attributes:
        city: code of its municipality or prefecture, or "".
        spot: road and number, or the whole text where no road with a number is named.
        has_road: `spot` is a road and number.
    """

    city: str
    spot: str
    has_road: bool


@lru_cache(maxsize=1 << 16)
def read_site(address: str) -> Site:
    """Read an address; any text is taken.

    >>> read_site("上海市闵行区莘庄镇都市路五〇〇〇号3幢").spot
    '都市路5000'
    >>> read_site("都市路5000号").spot
    '都市路5000'
    """
    text = fold(address).replace("(", "").replace(")", "")
    found, length = find_regions(text)
    rest = text[length:]
    for _ in range(2):
        rest = _TOWN.sub("", rest)
    rest = spell_numbers(rest)
    met = _ROAD.search(rest)
    city = city_of(found[-1].code) if found else ""
    if met is not None:
        return Site(city, met.group(1) + met.group(2), has_road=True)
    return Site(city, _TAIL.sub("", rest), has_road=False)


def is_one_site(one: Site, other: Site) -> bool:
    """Whether two addresses name one place; texts too short to mean one never do."""
    if one.city and other.city and one.city != other.city:
        return False
    return one.spot == other.spot and (one.has_road or len(one.spot) >= _FEWEST_SIGNS)
