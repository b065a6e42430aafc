"""What the pages about the platform read: layers and code lists with their sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from chuangtu.apps.places import queries as places
from chuangtu.rulebook import lists

LAYERS: dict[str, Any] = {
    "boundary": _("行政区域界线"),
    "town": _("街镇"),
    "zone": _("重点区域"),
    "park": _("园区"),
    "cluster": _("产业集群"),
}
"""Areas by kind, in reading order."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Areas of one kind from one source; `drawn` of them have a shape, the rest a centre."""

    name: Any
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
    for area in places.list_areas():
        group = (area.kind, area.source, area.source_url, area.source_date)
        counts[group] += 1
        drawn[group] += area.has_shape
    order = list(LAYERS)
    return [
        Layer(LAYERS[group[0]], count, drawn[group], group[1], group[2], group[3])
        for group, count in sorted(counts.items(), key=lambda each: order.index(each[0][0]))
    ]


def list_code_lists() -> list[Rulebook]:
    """Every code list with its source."""
    read = [lists.code_list(name) for name in lists.names()]
    return [Rulebook(each.zh, each.en, each.source, len(each.choices)) for each in read]
