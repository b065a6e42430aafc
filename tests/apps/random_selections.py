"""Random questions, and a slow reader that answers them one record at a time."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

import shapely

from chuangtu.apps.snapshots.declared import AREA, Described
from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.fold import fold
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.place import Box, Circle, NamedArea, Polygon
from chuangtu.terms.selection import Range, Selection
from chuangtu.terms.viewer import Viewer

RADIUS_M = 6_371_008.8


def draw(rng: random.Random, described: Described, rows, viewer: Viewer) -> Selection:
    """A question that this viewer may ask; most find something."""
    located = [row for row in rows if row.longitude is not None]
    return Selection(
        kinds=_kinds(rng, described),
        facets=_facets(rng, described),
        ranges=_ranges(rng, described, rows),
        words=_words(rng, rows, viewer) if rng.random() < 0.25 else "",
        areas=_areas(rng, described, located) if rng.random() < 0.4 else (),
        as_of=_day(rng) if rng.random() < 0.6 else None,
        viewer=viewer,
    )


def _kinds(rng, described):
    if rng.random() < 0.5:
        return ()
    codes = [each.code for each in described.kinds]
    return tuple(rng.sample(codes, rng.randint(1, min(5, len(codes)))))


def _facets(rng, described):
    offered = [each for each in described.facets if each.name != AREA and each.values]
    chosen = rng.sample(offered, rng.choices([0, 1, 2], [6, 3, 1])[0])
    found = {}
    for facet in chosen:
        codes = [*(each.code for each in facet.values), UNKNOWN]
        found[facet.name] = tuple(rng.sample(codes, rng.randint(1, len(codes))))
    return found


def _ranges(rng, described, rows):
    if rng.random() < 0.7 or not described.ranges:
        return {}
    span = rng.choice(described.ranges)
    if span.is_day:
        low, high = sorted(Decimal(_day(rng).toordinal()) for _ in range(2))
    else:
        known = [row.numbers[span.name] for row in rows if row.numbers.get(span.name) is not None]
        known = known or [Decimal(0)]
        low, high = sorted(rng.choice(known) for _ in range(2))
    cut = rng.random()
    return {
        span.name: Range(
            None if cut < 0.2 else low, None if cut > 0.8 else high, is_day=span.is_day
        )
    }


def _words(rng, rows, viewer):
    row = rng.choice(rows)
    texts = [text for text in _texts(row, viewer) if text.strip()] or [row.name]
    text = rng.choice(texts)
    start = rng.randrange(len(text))
    parts = [text[start : start + rng.randint(1, 4)]]
    if rng.random() < 0.3:
        parts.append(rng.choice(row.name))
    words = " ".join(parts)
    # Latin letters are also found as the sound of a name, which the slow reader cannot hear.
    return "" if re.search("[a-z]", fold(words)) else words


def _areas(rng, described, located):
    made = []
    for _ in range(rng.choice([1, 1, 2])):
        centre = rng.choice(located)
        x, y = centre.longitude, centre.latitude
        width, height = rng.uniform(0.001, 0.2), rng.uniform(0.001, 0.2)
        shape = rng.randrange(4)
        if shape == 0:
            made.append(Box(x - width, y - height, x + width, y + height))
        elif shape == 1:
            made.append(Circle(x, y, rng.uniform(50, 20_000)))
        elif shape == 2:
            made.append(_star(rng, x, y, width))
        else:
            made.append(NamedArea(rng.choice(sorted(described.area_codes))))
    return tuple(made)


def _star(rng, x, y, size):
    corners = rng.randint(3, 9)
    ring = shapely.Point(x, y).buffer(size, quad_segs=corners).exterior.coords[:-1]
    return Polygon(
        tuple((x + (a - x) * f, y + (b - y) * f) for a, b in ring for f in [rng.uniform(0.3, 1)])
    )


def _day(rng):
    return date(2005, 1, 1) + timedelta(rng.randrange(8_000))


def titles_held(rows, selection: Selection) -> dict[int, set[str]]:
    """Organization → titles that recognitions in force, seen by the viewer, give to it."""
    found: dict[int, set[str]] = {}
    for row in rows:
        seen = row.kind == "recognition" and row.visibility <= selection.viewer.sees
        if seen and row.facets.get("title") and _in_force(row, selection.as_of):
            for relation in row.payload.get("relations", ()):
                if relation["role"] == "holder":
                    found.setdefault(relation["id"], set()).add(row.facets["title"])
    return found


def holds(row, selection: Selection, titles) -> bool:
    """Say whether a record belongs to a Selection, looking at the record and its titles."""
    return (
        row.visibility <= selection.viewer.sees
        and (not selection.kinds or row.kind in selection.kinds)
        and all(
            values_of(row, name, titles) & set(values) for name, values in selection.facets.items()
        )
        and all(_within(row, name, span) for name, span in selection.ranges.items())
        and _in_force(row, selection.as_of)
        and all(_inside(row, area) for area in selection.areas)
        and _says(row, selection)
    )


def values_of(row, name, titles):
    """The values a record has of a facet; UNKNOWN where it has none."""
    if name == "holds":
        return titles.get(row.id) or {UNKNOWN}
    if name == "kind":
        return {row.kind}
    if name in row.lists:
        return set(row.lists[name]) or {UNKNOWN}
    return {row.facets.get(name) or UNKNOWN}


def _within(row, name, span):
    if span.is_day:
        day = row.days.get(name)
        value = None if day is None else Decimal(day.toordinal())
    else:
        value = row.numbers.get(name)
    if value is None:
        return False
    return (span.low is None or value >= span.low) and (span.high is None or value <= span.high)


def _in_force(row, day):
    if day is None:
        return True
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_until is None or day < row.valid_until)


def _inside(row, area):
    if isinstance(area, NamedArea):
        return area.code in row.lists.get(AREA, ())
    if row.longitude is None:
        return False
    x, y = row.longitude, row.latitude
    if isinstance(area, Box):
        return area.west <= x <= area.east and area.south <= y <= area.north
    if isinstance(area, Circle):
        return _metres(x, y, area) <= area.radius_m
    return shapely.Polygon(area.ring).intersects(shapely.Point(x, y))


def _metres(x, y, circle):
    a, b = radians(circle.latitude), radians(y)
    half = sin((b - a) / 2) ** 2
    half += cos(a) * cos(b) * sin(radians(x - circle.longitude) / 2) ** 2
    return 2 * RADIUS_M * asin(sqrt(half))


def _texts(row, viewer):
    return [
        text
        for visibility, document in row.documents.items()
        if visibility <= viewer.sees
        for text in (*document.names, *document.texts, *document.codes)
    ]


def _says(row, selection):
    texts = [fold(text) for text in _texts(row, selection.viewer)]
    return all(any(part in text for text in texts) for part in divide(selection.words))
