"""What the home page counts, and the layers and code lists with their sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from chuangtu.apps.places import queries as places
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.rulebook import lists
from chuangtu.rulebook.district import Document, Figure, find_district_facts
from chuangtu.terms.kind import Kind
from chuangtu.terms.selection import Selection, read_selection
from chuangtu.terms.viewer import Viewer

LAYERS: dict[str, Any] = {
    "boundary": _("行政区域界线"),
    "town": _("街镇"),
    "zone": _("重点区域"),
    "park": _("园区"),
    "cluster": _("产业集群"),
}
"""Areas by kind, in reading order."""
UNITS = (gettext_noop("家"), gettext_noop("个"), gettext_noop("件"), gettext_noop("元"))
"""Units of stated figures, for translators."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Areas of one kind from one source; `drawn` of them have a shape, the rest a centre.

    `area` is the one area, where the source names only one.
    """

    name: Any
    area: places.Place | None
    count: int
    drawn: int
    source: str
    url: str
    day: date


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A code list and the document it follows."""

    zh: str
    en: str
    source: str
    count: int


def list_layers() -> list[Layer]:
    """The areas of the map, grouped by kind and source."""
    counts: Counter[tuple[str, str, str, date]] = Counter()
    drawn: Counter[tuple[str, str, str, date]] = Counter()
    first: dict[tuple[str, str, str, date], places.Place] = {}
    for area in places.list_areas():
        group = (area.kind, area.source, area.source_url, area.source_date)
        counts[group] += 1
        first.setdefault(group, area)
        drawn[group] += area.has_shape
    order = list(LAYERS)
    return [
        Layer(
            LAYERS[group[0]],
            first[group] if count == 1 else None,
            count,
            drawn[group],
            group[1],
            group[2],
            group[3],
        )
        for group, count in sorted(counts.items(), key=lambda each: order.index(each[0][0]))
    ]


def list_code_lists() -> list[Rulebook]:
    """Every code list with its source."""
    read = [lists.code_list(name) for name in lists.names()]
    return [Rulebook(each.zh, each.en, each.source, len(each.choices)) for each in read]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of one kind are in force."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class TownCount:
    """How many records lie in one town, and where its name stands on the map."""

    code: str
    zh: str
    en: str
    count: int
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the register holds on one day, for one class of viewers."""

    total: int
    unlocated: int
    examples: int
    kinds: tuple[KindCount, ...]
    towns: tuple[TownCount, ...]
    elsewhere: int
    newest: tuple[dict[str, Any], ...]


def get_overview(viewer: Viewer, on: date, *, newest: int = 6) -> Overview:
    """Numbers and newest records, all of one moment: the same the map and the list show."""
    view = snapshots.current()
    selection = Selection(viewer=viewer, as_of=on)
    counted = view.count(selection)
    facets = view.facets(selection, ("kind", "town", snapshots.EXAMPLE))
    by_kind = {each.code: each.count for each in facets["kind"]}
    kinds = tuple(
        KindCount(kind, by_kind[name]) for name, kind in KINDS.items() if by_kind.get(name)
    )
    by_town = {each.code: each.count for each in facets["town"]}
    towns = tuple(
        TownCount(
            each.code,
            each.name,
            each.name_en or each.name,
            by_town.get(each.code, 0),
            each.longitude,
            each.latitude,
        )
        for each in places.list_towns()
    )
    return Overview(
        total=counted.total,
        unlocated=counted.unlocated,
        examples=snapshots.examples_among(selection, facets[snapshots.EXAMPLE]),
        kinds=kinds,
        towns=tuple(sorted(towns, key=lambda each: (-each.count, each.code))),
        elsewhere=counted.total - sum(each.count for each in towns),
        newest=tuple(view.page(selection, order="newest", limit=newest).items),
    )


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure as the plan prints it, beside what the register counts for the same question.

    `counted` is None where the register cannot count it, `examples` of them are invented;
    `address` lists what it counts.
    """

    figure: Figure
    counted: int | None
    examples: int
    address: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The plan's indicators with a target, and the document they stand in."""

    document: Document
    on: date
    figures: tuple[StatedFigure, ...]


def find_statement(district: str, viewer: Viewer) -> Statement | None:
    """What the district's plan states of itself; `None` where no plan was entered."""
    facts = find_district_facts(district)
    if facts is None:
        return None
    view, vocabulary = snapshots.current(), snapshots.vocabulary(viewer)
    rows = []
    for figure in facts.figures:
        if not figure.target:
            continue
        counted, examples, address = None, 0, ""
        if figure.selection:
            selection = read_selection(
                figure.selection, vocabulary, viewer=viewer, today=figure.on
            )
            counted = view.count(selection).total
            invented = view.facets(selection, (snapshots.EXAMPLE,))[snapshots.EXAMPLE]
            examples = snapshots.examples_among(selection, invented)
            address = f"/explore?{urlencode(selection.parameters())}"
        rows.append(StatedFigure(figure, counted, examples, address))
    if not rows:
        return None
    return Statement(facts.document, max(each.figure.on for each in rows), tuple(rows))
