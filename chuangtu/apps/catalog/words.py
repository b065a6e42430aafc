"""A Selection in words, for people: the chips of the explorer, the sheet, the picture's title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from chuangtu.apps.registry.telling import is_chinese
from chuangtu.apps.snapshots.declared import Described, DescribedFacet, DescribedRange
from chuangtu.terms.place import Area, Box, Circle, NamedArea
from chuangtu.terms.selection import ANY_DAY, Range, Selection

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of a Selection in words, with the parameters that say it."""

    label: str
    value: str
    pairs: tuple[Pair, ...]

    @property
    def text(self) -> str:
        return _("{label}：{value}").format(label=self.label, value=self.value)


def said(zh: str, en: str) -> str:
    """The one of two names that fits the page's language."""
    return zh if is_chinese() else en or zh


def link_pairs(selection: Selection, today: date) -> tuple[Pair, ...]:
    """The canonical parameters; a question about today goes on being about today."""
    return tuple(pair for pair in selection.parameters() if pair != ("as_of", today.isoformat()))


def conditions(selection: Selection, described: Described, today: date) -> list[Condition]:
    """Every part of a Selection in words, in reading order."""
    return [
        *_kinds(selection, described),
        *_search(selection),
        *_facets(selection, described),
        *_ranges(selection, described),
        *(_area(each, described) for each in selection.areas),
        *_day(selection, today),
    ]


def sentence(parts: Sequence[Condition]) -> str:
    """The conditions as one line."""
    return (_("；").join(each.text for each in parts)) or _("全部资源")


def day_text(day: date) -> str:
    """A day as people write it."""
    if is_chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B %Y}"


def _kinds(selection: Selection, described: Described) -> Iterator[Condition]:
    names = {each.code: said(each.zh, each.en) for each in described.kinds}
    for kind in selection.kinds:
        yield Condition(_("种类"), names.get(kind, kind), (("kind", kind),))


def _search(selection: Selection) -> Iterator[Condition]:
    if selection.words:
        yield Condition(_("搜索"), selection.words, (("q", selection.words),))


def _facets(selection: Selection, described: Described) -> Iterator[Condition]:
    known = {each.name: each for each in described.facets}
    for name, values in selection.facets.items():
        facet = known.get(name)
        label = said(facet.zh, facet.en) if facet else name
        for code in values:
            yield Condition(label, value_name(facet, code), ((name, code),))


def value_name(facet: DescribedFacet | None, code: str) -> str:
    """How one value of a facet is called."""
    return said(*facet.names_of(code)) if facet else code


def _ranges(selection: Selection, described: Described) -> Iterator[Condition]:
    known = {each.name: each for each in described.ranges}
    written = dict(selection.parameters())
    for name, span in selection.ranges.items():
        pairs = tuple(
            (key, written[key]) for key in (f"{name}.min", f"{name}.max") if key in written
        )
        declared = known.get(name)
        label = said(declared.zh, declared.en) if declared else name
        yield Condition(label, _span(span, declared), pairs)


def _span(span: Range, declared: DescribedRange | None) -> str:
    low, high = (_bound(each, span.is_day, declared) for each in (span.low, span.high))
    if low and high:
        return _("{low} 至 {high}").format(low=low, high=high)
    if low:
        return (
            _("不小于 {low}").format(low=low) if not span.is_day else _("{low} 起").format(low=low)
        )
    if span.is_day:
        return _("至 {high}").format(high=high)
    return _("不大于 {high}").format(high=high)


def _bound(number: Decimal | None, is_day: bool, declared: DescribedRange | None) -> str:
    if number is None:
        return ""
    if is_day:
        return day_text(date.fromordinal(int(number)))
    if declared is None:
        return f"{number.normalize():,f}"
    text = f"{number.normalize():,f}" if declared.is_grouped else f"{number.normalize():f}"
    return f"{text} {said(declared.unit, declared.unit_en)}".strip()


def _area(area: Area, described: Described) -> Condition:
    return Condition(_("范围"), area_name(area, described), (_area_pair(area),))


def _area_pair(area: Area) -> Pair:
    return Selection(areas=(area,)).parameters()[0]


def area_name(area: Area, described: Described) -> str:
    """How an area is called: its name, or how it was drawn."""
    match area:
        case NamedArea():
            facet = next((each for each in described.facets if each.name == "area"), None)
            return value_name(facet, area.code)
        case Box():
            return _("画的方框")
        case Circle():
            radius = area.radius_m
            far = f"{radius / 1000:,.1f} km" if radius >= 1000 else f"{radius:,.0f} m"
            return _("画的圆，半径 {far}").format(far=far)
    return _("画的多边形，{count} 个角").format(count=len(area.ring))


def _day(selection: Selection, today: date) -> Iterator[Condition]:
    if selection.as_of is None:
        yield Condition(_("日期"), _("不限，含已失效的"), (("as_of", ANY_DAY),))
    elif selection.as_of != today:
        day = selection.as_of
        yield Condition(_("截至"), day_text(day), (("as_of", day.isoformat()),))
