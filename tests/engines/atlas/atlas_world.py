"""Random registers, and a plain-Python oracle that answers Selections one record at a time."""

import math
import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
import shapely

from chuangtu.engines.atlas.build import build
from chuangtu.engines.atlas.load import load
from chuangtu.engines.atlas.model import (
    OPEN_END,
    OPEN_START,
    UNKNOWN_END,
    UNKNOWN_NUMBER,
    UNKNOWN_START,
    FacetColumn,
    Hits,
    ListColumn,
    NumberColumn,
    Records,
    View,
)
from chuangtu.engines.atlas.overlay import overlay
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.place import Box, Circle, NamedArea, Polygon
from chuangtu.terms.selection import Range, Selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR

KINDS = ("carrier", "organization", "patent")
TOWNS = ("310112101", "310112102", "310112103")
LEVELS = ("district", "municipal", "national")
ZONES = ("zone:a", "zone:b", *TOWNS)
DAY = date(2015, 12, 31).toordinal()


@dataclass(frozen=True)
class Record:
    id: int
    kind: str
    longitude: float
    latitude: float
    visibility: int
    valid_from: int
    valid_until: int
    town: str | None
    level: str | None
    areas: tuple[str, ...]
    titles: tuple[str, ...]
    area_sqm: Decimal | None
    founded_on: int | None
    name_key: int
    score: int

    @property
    def located(self):
        return abs(self.longitude) <= 180 and abs(self.latitude) <= 90


def a_record(chance, number):
    """One random record; few distinct values, so that filters meet and positions repeat."""
    longitude, latitude = chance.choice([
        (121.4, 31.1), (121.4, 31.1), (round(chance.uniform(121.3, 121.5), 3), 31.12),
        (chance.uniform(121.3, 121.5), chance.uniform(31.0, 31.2)),
        (chance.uniform(-180, 180), chance.uniform(-90, 90)), (180.0, 90.0), (-180.0, -90.0),
        (math.nan, math.nan), (121.4, math.nan), (math.inf, 31.0), (181.0, 31.0), (121.4, -91.0),
    ])  # fmt: skip
    return Record(
        id=number,
        kind=chance.choice(KINDS),
        longitude=longitude,
        latitude=latitude,
        visibility=chance.choice([0, 0, 1, 2]),
        valid_from=chance.choice([OPEN_START, UNKNOWN_START, DAY - 1, DAY, DAY + 1]),
        valid_until=chance.choice([OPEN_END, OPEN_END, UNKNOWN_END, DAY, DAY + 1, DAY + 400]),
        town=chance.choice([None, *TOWNS]),
        level=chance.choice([None, *LEVELS]),
        areas=tuple(chance.sample(ZONES, chance.randrange(3))),
        titles=tuple(chance.sample(["hnte", "srdi", "tase"], chance.randrange(4))),
        area_sqm=chance.choice(
            [None, Decimal("0"), Decimal("12.50"), Decimal("12.51"), Decimal("-3.01")]
        ),
        founded_on=chance.choice([None, DAY - 1, DAY, DAY + 1]),
        name_key=chance.randrange(-2, 3),
        score=chance.choice([0, 0, 1, 2, 7]),
    )


def columns_of(records, kinds=KINDS):
    """The records as the engine takes them."""
    sqm = [UNKNOWN_NUMBER if r.area_sqm is None else int(r.area_sqm * 100) for r in records]
    founded = [UNKNOWN_NUMBER if r.founded_on is None else r.founded_on for r in records]
    return Records(
        ids=np.array([r.id for r in records], np.int64),
        kinds=kinds,
        kind=np.array([kinds.index(r.kind) for r in records], np.uint8),
        longitude=np.array([r.longitude for r in records], np.float64),
        latitude=np.array([r.latitude for r in records], np.float64),
        visibility=np.array([r.visibility for r in records], np.uint8),
        valid_from=np.array([r.valid_from for r in records], np.int32),
        valid_until=np.array([r.valid_until for r in records], np.int32),
        facets={
            "town": FacetColumn.of(r.town for r in records),
            "level": FacetColumn.of(r.level for r in records),
        },
        lists={
            "area": ListColumn.of(r.areas for r in records),
            "titles": ListColumn.of(r.titles for r in records),
        },
        numbers={
            "area_sqm": NumberColumn(np.array(sqm, np.int64), 2),
            "founded_on": NumberColumn(np.array(founded, np.int64)),
        },
        orders={"name": np.array([r.name_key for r in records], np.int64)},
    )


@dataclass(frozen=True)
class World:
    view: View
    records: tuple[Record, ...]
    hits: Hits


def a_world(chance, folder, *, base_size=60, changes=12):
    """A base with an overlay of changed, removed, removed-and-returned and new records."""
    base = [a_record(chance, number) for number in range(chance.randrange(base_size + 1))]
    order = build(columns_of(base), folder)
    atlas = load(folder)
    if chance.random() < 0.25:
        hits = hits_of([base[row] for row in order], [])
        return World(View(atlas), tuple(base), hits)
    after = {record.id: record for record in base}
    changed = chance.sample(range(base_size + 8), chance.randrange(changes))
    removed = chance.sample(range(base_size + 8), chance.randrange(changes))
    for number in removed:
        after.pop(number, None)
    rows = [a_record(chance, number) for number in changed]
    after.update((row.id, row) for row in rows)
    kinds = chance.choice([KINDS, KINDS[::-1]])
    laid = overlay(atlas, columns_of(rows, kinds), np.array(removed, np.int64))
    hits = hits_of([base[row] for row in order], rows)
    return World(View(atlas, laid), tuple(after.values()), hits)


def hits_of(base, rows):
    """What the words match: records with a score over 0."""
    places = [place for place, record in enumerate(base) if record.score]
    overlay_rows = [place for place, record in enumerate(rows) if record.score]
    return Hits(
        np.array(places, np.uint32),
        np.array([base[place].score for place in places], np.int64),
        np.array(overlay_rows, np.uint32),
        np.array([rows[place].score for place in overlay_rows], np.int64),
    )


def a_selection(chance):
    """A random question; most parts are often absent, so that answers are not always empty."""

    def sometimes(values, share=0.3):
        return values if chance.random() < share else type(values)()

    facets = {
        "town": sometimes(tuple(chance.sample([UNKNOWN, *TOWNS, "nowhere"], 2))),
        "level": sometimes(tuple(chance.sample([UNKNOWN, *LEVELS], 2))),
        "titles": sometimes(tuple(chance.sample([UNKNOWN, "hnte", "srdi"], 2))),
        "area": sometimes((chance.choice(ZONES),), 0.1),
    }
    ranges = {
        "area_sqm": chance.choice([
            Range(), Range(), Range(), Range(Decimal("0")), Range(None, Decimal("1e15")),
            Range(Decimal("-3.011"), Decimal("12.5")), Range(Decimal("12.501"), Decimal("12.509")),
        ]),
        "founded_on": chance.choice(
            [Range()] * 4 + [Range(Decimal(DAY)), Range(None, Decimal(DAY))]
        ),
    }  # fmt: skip
    return Selection(
        kinds=sometimes(tuple(chance.sample(KINDS, 2)), 0.4),
        facets=facets,
        ranges=ranges,
        words=sometimes("word", 0.25),
        areas=sometimes(tuple(an_area(chance) for _ in range(chance.choice([1, 1, 2]))), 0.4),
        as_of=chance.choice([None, date.fromordinal(DAY), date.fromordinal(DAY + 1)]),
        viewer=chance.choice([VISITOR, OFFICER, ADMINISTRATOR]),
    )


def an_area(chance):
    west, south = chance.uniform(121.2, 121.5), chance.uniform(30.9, 31.2)
    size = chance.choice([0.01, 0.2, 40.0])
    return chance.choice([
        Box(121.4, 31.1, 121.4, 31.1), Box(west, south, west + size, south + size),
        Box(-180, -90, 180, 90), Box(-180, 85.2, 180, 90),
        Circle(121.4, 31.1, chance.choice([1.0, 2_000.0, 900_000.0])), Circle(179.9, 89, 500_000),
        Polygon(((121.4, 31.1), (121.5, 31.1), (121.5, 31.2))),
        Polygon(((west, south), (west + size, south), (west, south + size))),
        Polygon(((121.3, 31.0), (121.5, 31.2), (121.5, 31.0), (121.3, 31.2))),
        NamedArea(chance.choice(ZONES)), NamedArea("nowhere"),
    ])  # fmt: skip


def chosen_by_hand(world, selection):
    return [each for each in world.records if holds(each, selection)]


def holds(record, selection):
    return (
        record.visibility <= selection.viewer.sees
        and (not selection.kinds or record.kind in selection.kinds)
        and all(_facet(record, name, v) for name, v in selection.facets.items())
        and all(_within(getattr(record, name), span) for name, span in selection.ranges.items())
        and (not selection.words or record.score > 0)
        and all(_placed(record, area) for area in selection.areas)
        and (
            selection.as_of is None
            or record.valid_from <= selection.as_of.toordinal() < record.valid_until
        )
    )


def values_of(record, name):
    held = {"town": record.town, "level": record.level, "kind": record.kind}
    if name in held:
        return [held[name] or UNKNOWN]
    return list({"area": record.areas, "titles": record.titles}[name]) or [UNKNOWN]


def _facet(record, name, wanted):
    return bool(set(values_of(record, name)) & set(wanted))


def _within(value, span):
    return (
        value is not None
        and (span.low is None or value >= span.low)
        and (span.high is None or value <= span.high)
    )


def _placed(record, area):
    if isinstance(area, NamedArea):
        return area.code in record.areas
    if not record.located:
        return False
    x, y = record.longitude, record.latitude
    if isinstance(area, Box):
        return area.west <= x <= area.east and area.south <= y <= area.north
    if isinstance(area, Circle):
        return _metres(area, x, y) <= area.radius_m
    return shapely.make_valid(shapely.Polygon(area.ring)).intersects(shapely.Point(x, y))


def _metres(area, longitude, latitude):
    """Great-circle distance by the angle between unit vectors, not by haversine."""
    a, b = _vector(area.longitude, area.latitude), _vector(longitude, latitude)
    cross = math.dist(
        (a[1] * b[2], a[2] * b[0], a[0] * b[1]), (a[2] * b[1], a[0] * b[2], a[1] * b[0])
    )
    return 6_371_008.8 * math.atan2(cross, sum(p * q for p, q in zip(a, b, strict=True)))


def _vector(longitude, latitude):
    x, y = math.radians(longitude), math.radians(latitude)
    return math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)


def facets_by_hand(world, selection, names):
    return {
        name: dict(
            Counter(
                value
                for record in chosen_by_hand(world, selection.without(name))
                for value in values_of(record, name)
            )
        )
        for name in names
    }


def seeded(seed):
    return random.Random(seed)


def changed(record, **what):
    return replace(record, **what)
