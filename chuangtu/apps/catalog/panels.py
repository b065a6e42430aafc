"""What the explorer's panel shows of one Selection: counts, filters, chips, list, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from chuangtu.apps.catalog.words import Condition, Pair, conditions, link_pairs, said, sentence
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.snapshots.answers import EXAMPLE, Answers, FacetValue, examples_among
from chuangtu.apps.snapshots.declared import AREA, KIND, Described, DescribedFacet, DescribedRange
from chuangtu.terms.kind import Kind
from chuangtu.terms.place import NamedArea
from chuangtu.terms.selection import Selection

MOST_VALUES = 400
"""Values of one facet listed at most; the rest is found by the search."""
LONG_FACET = 10
"""From so many values on a facet has a search of its own."""


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One kind with how many records it has here."""

    kind: Kind
    count: int
    is_on: bool

    @property
    def text(self) -> str:
        return said(self.kind.zh, self.kind.en_plural)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to choose, with how many records it leaves."""

    code: str
    text: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One facet and its values, most first."""

    name: str
    label: str
    values: tuple[Choice, ...]
    left_out: int

    @property
    def is_long(self) -> bool:
        return len(self.values) >= LONG_FACET

    @property
    def is_used(self) -> bool:
        return any(each.is_on for each in self.values)


@dataclass(frozen=True, slots=True)
class Span:
    """One number or day that takes a range, as asked now."""

    name: str
    label: str
    is_day: bool
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition, and the question without it."""

    condition: Condition
    query: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the panel shows beside the list."""

    total: int
    unlocated: int
    undated: int
    examples: int
    kinds: tuple[KindChoice, ...]
    groups: tuple[Group, ...]
    spans: tuple[Span, ...]
    areas: tuple[Choice, ...]
    chips: tuple[Chip, ...]
    drawn: tuple[Pair, ...]
    query: str
    sentence: str
    area_counts: Mapping[str, int]

    @property
    def kinds_shown(self) -> tuple[KindChoice, ...]:
        """The kinds asked for, or all: the counts of the others are not in the total."""
        return tuple(each for each in self.kinds if each.is_on) or self.kinds

    @property
    def facts(self) -> dict[str, Any]:
        """What the map needs to know of the same answer."""
        return {
            "total": self.total,
            "unlocated": self.unlocated,
            "query": self.query,
            "words": f"{self.sentence} · {told(self.total, self.unlocated, self.examples)}",
            "areas": dict(self.area_counts),
            "kinds": {each.kind.name: each.count for each in self.kinds_shown},
        }


def told(total: int, unlocated: int, examples: int) -> str:
    """The result in words, the same on page, picture and sheet."""
    parts = [_("共 {total} 条").format(total=f"{total:,}")]
    if unlocated:
        parts.append(_("其中 {count} 条没有位置").format(count=f"{unlocated:,}"))
    if examples:
        parts.append(_("{count} 条是示例").format(count=f"{examples:,}"))
    return _("，").join(parts)


def panel(view: Answers, selection: Selection, described: Described, today: date) -> Panel:
    """Count and describe one Selection."""
    facets = [each for each in described.facets if each.name != AREA and _fits(each, selection)]
    counted = view.facets(selection, (KIND, AREA, *(each.name for each in facets)))
    count = view.count(selection)
    parts = conditions(selection, described, today)
    pairs = link_pairs(selection, today)
    return Panel(
        total=count.total,
        unlocated=count.unlocated,
        undated=count.undated,
        examples=examples_among(selection, counted[EXAMPLE]),
        kinds=_kinds(selection, described, counted[KIND]),
        groups=tuple(_groups(selection, facets, counted)),
        spans=tuple(_spans(selection, described.ranges)),
        areas=_areas(selection, counted[AREA]),
        chips=tuple(Chip(each, _without(pairs, each)) for each in parts),
        drawn=tuple(pair for pair in pairs if pair[0] in ("bbox", "circle", "polygon")),
        query=urlencode(pairs),
        sentence=sentence(parts),
        area_counts={each.code: each.count for each in counted[AREA]},
    )


def _fits(part: DescribedFacet | DescribedRange, selection: Selection) -> bool:
    """Filters that every chosen kind has; those of single kinds come with their kind."""
    wanted = set(selection.kinds) or set(KINDS)
    return wanted <= set(part.kinds or KINDS) or part.name in {
        *selection.facets,
        *selection.ranges,
    }


def _kinds(
    selection: Selection, described: Described, counted: Sequence[FacetValue]
) -> tuple[KindChoice, ...]:
    counts = {each.code: each.count for each in counted}
    return tuple(
        KindChoice(KINDS[each.code], counts.get(each.code, 0), each.code in selection.kinds)
        for each in described.kinds
    )


def _groups(
    selection: Selection,
    facets: Sequence[DescribedFacet],
    counted: Mapping[str, Sequence[FacetValue]],
) -> Iterator[Group]:
    for facet in facets:
        chosen = selection.facets.get(facet.name, ())
        found = list(counted[facet.name])
        there = {each.code for each in found}
        # A chosen value without records stays, or nobody could take it back.
        found += [
            FacetValue(code, *facet.names_of(code), 0) for code in chosen if code not in there
        ]
        if not found or (len(found) == 1 and not chosen):
            continue
        shown = [each for at, each in enumerate(found) if at < MOST_VALUES or each.code in chosen]
        values = tuple(
            Choice(each.code, said(each.zh, each.en), each.count, each.code in chosen)
            for each in shown
        )
        yield Group(facet.name, said(facet.zh, facet.en), values, len(found) - len(shown))


def _spans(selection: Selection, ranges: Sequence[DescribedRange]) -> Iterator[Span]:
    written = dict(selection.parameters())
    for each in ranges:
        if not _fits(each, selection) or not (selection.kinds or each.name in selection.ranges):
            continue
        unit = said(each.unit, each.unit_en)
        label = said(each.zh, each.en)
        yield Span(
            each.name,
            f"{label}（{unit}）" if unit else label,
            each.is_day,
            written.get(f"{each.name}.min", ""),
            written.get(f"{each.name}.max", ""),
        )


def _areas(selection: Selection, counted: Sequence[FacetValue]) -> tuple[Choice, ...]:
    chosen = {each.code for each in selection.areas if isinstance(each, NamedArea)}
    found = [
        Choice(each.code, said(each.zh, each.en), each.count, each.code in chosen)
        for each in counted
        if each.code != "unknown"
    ]
    missing = chosen - {each.code for each in found}
    return (*found, *(Choice(code, code, 0, True) for code in sorted(missing)))


def _without(pairs: Sequence[Pair], condition: Condition) -> str:
    return urlencode([each for each in pairs if each not in condition.pairs])
