"""A Selection: which records, seen by whom, as of which day. Every screen answers one of these.

Map tile, count, facet, page, export, indicator and report cell are all answers to a Selection, so
the same question has the same number everywhere. The canonical form (`parameters`) is what stands
in an address, names a cache entry and is saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from urllib.parse import urlencode

from chuangtu.terms.errors import ParameterError
from chuangtu.terms.numbers import decimal_number, plain_digits
from chuangtu.terms.place import Area, Box, Circle, NamedArea, Polygon
from chuangtu.terms.viewer import VISITOR, Viewer
from chuangtu.terms.vocabulary import Vocabulary

MAX_WORDS = 200
"""Longest accepted search text, in characters."""
MAX_CORNERS = 1_000
"""Most corners of a drawn polygon."""
MAX_VALUES = 500
"""Most values of one facet in one question."""
ANY_DAY = "any"
"""The `as_of` of a question that does not look at validity."""


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; `None` is open. Unknown values are never inside.

    Bounds are Decimals; those of days (`is_day`) are ordinals (`date.toordinal()`), written in ISO
    form at the edge.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records, seen by whom, as of which day.

    Attributes:
        kinds: sorted kind names; empty means every kind.
        facets: facet name → sorted values; values of one facet are alternatives, facets all hold.
        ranges: field name → Range; all hold.
        words: text every record must contain, as typed, trimmed; each space-separated part must
            be found in the record's text as a substring (case and width folded).
        areas: all must contain the record's position (or name its membership).
        as_of: records in force on this day; `None` looks at no validity.
        viewer: who asks.
    """

    kinds: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    ranges: Mapping[str, Range] = field(default_factory=lambda: MappingProxyType({}))
    words: str = ""
    areas: tuple[Area, ...] = ()
    as_of: date | None = None
    viewer: Viewer = VISITOR

    def __post_init__(self) -> None:
        """Bring every part into its one canonical order, so that equal questions are equal."""
        kinds = tuple(sorted(set(self.kinds)))
        facets = {name: tuple(sorted(set(v))) for name, v in sorted(self.facets.items()) if v}
        ranges = {
            name: span
            for name, span in sorted(self.ranges.items())
            if span.low is not None or span.high is not None
        }
        object.__setattr__(self, "kinds", kinds)
        object.__setattr__(self, "facets", MappingProxyType(facets))
        object.__setattr__(self, "ranges", MappingProxyType(ranges))
        object.__setattr__(self, "words", " ".join(self.words.split()))
        areas = tuple(sorted(set(self.areas), key=_area_text))
        object.__setattr__(self, "areas", areas)

    def __hash__(self) -> int:
        """Hash the canonical form."""
        return hash((self.parameters(), self.viewer))

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The canonical (name, value) pairs, in one order; `as_of` always says its day or `any`.

        >>> Selection(kinds=("patent", "carrier"), words=" 孵化 ").parameters()
        (('kind', 'carrier'), ('kind', 'patent'), ('q', '孵化'), ('as_of', 'any'))
        """
        pairs: list[tuple[str, str]] = [("kind", each) for each in self.kinds]
        if self.words:
            pairs.append(("q", self.words))
        for name, values in self.facets.items():
            pairs.extend((name, value) for value in values)
        for name, span in self.ranges.items():
            if span.low is not None:
                pairs.append((f"{name}.min", _bound_text(span.low, span.is_day)))
            if span.high is not None:
                pairs.append((f"{name}.max", _bound_text(span.high, span.is_day)))
        pairs.extend((_area_name(each), _area_text(each)) for each in self.areas)
        pairs.append(("as_of", self.as_of.isoformat() if self.as_of else ANY_DAY))
        return tuple(pairs)

    def key(self) -> str:
        """A text that is equal exactly for equal questions of viewers of one class.

        The viewer's class is part of it: what one class sees never answers another.
        """
        return f"{int(self.viewer.sees)}|{urlencode(self.parameters())}"

    def without(self, facet: str) -> Selection:
        """The same question with one facet's own filter lifted (`kind` lifts the kinds)."""
        if facet == "kind":
            return replace(self, kinds=())
        return replace(self, facets={k: v for k, v in self.facets.items() if k != facet})

    def within(self, area: Area) -> Selection:
        """The same question, inside one more area."""
        return replace(self, areas=(*self.areas, area))


def read_selection(
    pairs: Iterable[tuple[str, str]], vocabulary: Vocabulary, *, viewer: Viewer, today: date
) -> Selection:
    """Read a Selection from the parameters of an address.

    Args:
        pairs: (name, value) pairs in any order; empty values are ignored.
        vocabulary: what this viewer may ask about.
        viewer: who asks.
        today: the day meant when `as_of` is absent.

    Returns:
        The Selection; its `parameters()` read back give the same Selection.

    Raises:
        ParameterError: an unknown name, an unknown value, or one that cannot be read.
    """
    kinds: list[str] = []
    facets: dict[str, list[str]] = {}
    bounds: dict[str, dict[str, Decimal]] = {}
    words, areas, as_of = "", [], today
    as_of_any = False
    for name, value in _given(pairs, vocabulary):
        if name == "kind":
            kinds.append(_one_of(name, value, vocabulary.kinds))
        elif name == "q":
            words = _words(value)
        elif name == "as_of":
            as_of_any = value == ANY_DAY
            as_of = today if as_of_any else _day(name, value)
        elif name in _AREA_READERS:
            areas.append(_AREA_READERS[name](name, value))
            _check_area(areas[-1], vocabulary)
        elif name in vocabulary.facets:
            allowed = vocabulary.values_of(name, value)
            facets.setdefault(name, []).append(_one_of(name, value, allowed))
        else:
            stem, side = _range_name(name, vocabulary)
            bounds.setdefault(stem, {})[side] = _bound(name, value, stem in vocabulary.days)
    _check_sizes(facets)
    return Selection(
        kinds=tuple(kinds),
        facets={name: tuple(values) for name, values in facets.items()},
        ranges={
            stem: Range(b.get("min"), b.get("max"), stem in vocabulary.days)
            for stem, b in bounds.items()
        },
        words=words,
        areas=tuple(areas),
        as_of=None if as_of_any else as_of,
        viewer=viewer,
    )


def _given(pairs: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The pairs that say something; what may be said once is refused when said in two ways."""
    said: dict[str, str] = {}
    for name, raw in pairs:
        value = raw.strip()
        if not value:
            # A form sends its empty boxes; a misspelt name is a mistake, empty or not.
            if name not in (*_WORDS, *_AREA_READERS, *vocabulary.facets):
                _range_name(name, vocabulary)
            continue
        is_single = name in ("q", "as_of") or name.endswith((".min", ".max"))
        if is_single and said.setdefault(name, value) != value:
            raise said_twice(name)
        yield name, value


def said_twice(name: str) -> ParameterError:
    """The refusal of a parameter that is given in two ways."""
    return ParameterError(
        name,
        f"参数“{name}”给了两个不同的值。请只保留一个。",
        f"'{name}' is given twice, with different values. Keep one.",
    )


def _check_sizes(facets: Mapping[str, list[str]]) -> None:
    for name, values in facets.items():
        if len(values) > MAX_VALUES:
            raise ParameterError(
                name,
                f"参数“{name}”给了 {len(values)} 个值，最多 {MAX_VALUES} 个。请减少选项。",
                f"'{name}' has {len(values)} values; at most {MAX_VALUES} are taken. Give fewer.",
            )


def _range_name(name: str, vocabulary: Vocabulary) -> tuple[str, str]:
    stem, dot, side = name.rpartition(".")
    if dot and side in ("min", "max") and stem in vocabulary.numbers | vocabulary.days:
        return stem, side
    raise ParameterError(
        name,
        f"不认识参数“{name}”。请对照接口说明检查拼写。",
        f"'{name}' is not a parameter here. Check its spelling in the API documentation.",
    )


def _one_of(name: str, value: str, allowed: frozenset[str] | None) -> str:
    if allowed is None or value in allowed:
        return value
    raise ParameterError(
        name,
        f"参数“{name}”没有“{value[:60]}”这个值。请从可选值中选取。",
        f"'{value[:60]}' is not a value of '{name}'. Choose one of the listed values.",
    )


def _words(value: str) -> str:
    if len(value) <= MAX_WORDS:
        return value
    raise ParameterError(
        "q",
        f"搜索词有 {len(value)} 个字，最多 {MAX_WORDS} 个字。请缩短后再试。",
        f"The search text has {len(value)} characters; at most {MAX_WORDS} are taken. Shorten it.",
    )


def _day(name: str, value: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ParameterError(
        name,
        f"参数“{name}”的“{value[:30]}”不是日期。请写成 2015-12-31 这样的形式。",
        f"'{value[:30]}' of '{name}' is not a day. Write it as 2015-12-31.",
    )


def _bound(name: str, value: str, is_day: bool) -> Decimal:
    if is_day:
        return Decimal(_day(name, value).toordinal())
    # Sixteen digits each side of the point: more is never meant, and would overflow the columns.
    number = decimal_number(value, digits=16)
    if number is not None:
        return number
    raise ParameterError(
        name,
        f"参数“{name}”的“{value[:30]}”不是数。请写成 1200 或 12.5 这样的形式。",
        f"'{value[:30]}' of '{name}' is not a number. Write it as 1200 or 12.5.",
    )


def _bound_text(number: Decimal, is_day: bool) -> str:
    if is_day:
        return date.fromordinal(int(number)).isoformat()
    return plain_digits(number)


def _numbers(name: str, value: str, separators: str = ",") -> list[float]:
    numbers = [decimal_number(each.strip(" ")) for each in re.split(f"[{separators}]", value)]
    known = [float(each) for each in numbers if each is not None and abs(each) < 10**9]
    if len(known) == len(numbers):
        return known
    raise ParameterError(
        name,
        f"参数“{name}”里有不是数的内容。请用逗号分隔的经纬度（WGS 84，先经度后纬度）。",
        f"'{name}' holds something that is not a number. Give longitude,latitude (WGS 84).",
    )


def _position(name: str, longitude: float, latitude: float) -> tuple[float, float]:
    if -180 <= longitude <= 180 and -90 <= latitude <= 90:
        return longitude, latitude
    raise ParameterError(
        name,
        f"参数“{name}”的位置 {longitude:g},{latitude:g} 不在地球上。请先写经度，再写纬度。",
        f"{longitude:g},{latitude:g} of '{name}' is off the globe. Longitude comes first.",
    )


def _box(name: str, value: str) -> Area:
    numbers = _numbers(name, value)
    if len(numbers) == 4 and numbers[0] <= numbers[2] and numbers[1] <= numbers[3]:
        west, south = _position(name, numbers[0], numbers[1])
        east, north = _position(name, numbers[2], numbers[3])
        return Box(west, south, east, north)
    raise ParameterError(
        name,
        f"参数“{name}”应为“西,南,东,北”四个数，且西不大于东、南不大于北。",
        f"'{name}' takes west,south,east,north, with west ≤ east and south ≤ north.",
    )


def _circle(name: str, value: str) -> Area:
    numbers = _numbers(name, value)
    if len(numbers) == 3 and 0 < numbers[2] <= 1_000_000:
        longitude, latitude = _position(name, numbers[0], numbers[1])
        return Circle(longitude, latitude, numbers[2])
    raise ParameterError(
        name,
        f"参数“{name}”应为“经度,纬度,半径米”三个数，半径大于 0、不超过 1000000 米。",
        f"'{name}' takes longitude,latitude,radius in metres, over 0 and at most 1,000,000.",
    )


def _polygon(name: str, value: str) -> Area:
    numbers = _numbers(name, value, ",;")
    corners = list(zip(numbers[::2], numbers[1::2], strict=False))
    if corners and corners[0] == corners[-1]:
        corners.pop()
    if len(numbers) % 2 == 0 and len(set(corners)) >= 3 and len(corners) <= MAX_CORNERS:
        return Polygon(tuple(_position(name, *each) for each in corners))
    raise ParameterError(
        name,
        f"参数“{name}”应为 3 到 {MAX_CORNERS} 个“经度,纬度”，用分号隔开。",
        f"'{name}' takes 3 to {MAX_CORNERS} longitude,latitude pairs separated by semicolons.",
    )


def _named(name: str, value: str) -> Area:
    if re.fullmatch(r"[0-9A-Za-z:_-]{1,64}", value):
        return NamedArea(value)
    raise ParameterError(
        name,
        f"参数“{name}”的“{value[:30]}”不是区域代码。请使用列表中的代码。",
        f"'{value[:30]}' of '{name}' is not an area code. Use one from the list.",
    )


_WORDS = ("kind", "q", "as_of")
_AREA_READERS = {"bbox": _box, "circle": _circle, "polygon": _polygon, "area": _named}


def _check_area(area: Area, vocabulary: Vocabulary) -> None:
    known = vocabulary.areas
    if not isinstance(area, NamedArea) or known is None or vocabulary.is_made(area.code):
        return
    if area.code not in known:
        raise ParameterError(
            "area",
            f"没有代码为“{area.code}”的区域，或它已不在地图上。请使用 /api/v1/areas 中的代码。",
            f"There is no area '{area.code}', or not any more. Use a code of /api/v1/areas.",
        )


def _area_name(area: Area) -> str:
    names = {Box: "bbox", Circle: "circle", Polygon: "polygon", NamedArea: "area"}
    return names[type(area)]


def _area_text(area: Area) -> str:
    match area:
        case Box():
            return ",".join(map(plain_digits, (area.west, area.south, area.east, area.north)))
        case Circle():
            return ",".join(map(plain_digits, (area.longitude, area.latitude, area.radius_m)))
        case Polygon():
            return ";".join(f"{plain_digits(x)},{plain_digits(y)}" for x, y in area.ring)
    return area.code
