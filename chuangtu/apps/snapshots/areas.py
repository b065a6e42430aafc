"""The areas of this moment, and which records lie in them: right also where one was just drawn.

Which records lie in an area stands in the columns of a version. Where an area was drawn, changed
or withdrawn since, it is found again from the positions that the columns have, as the register
finds it: a position that is good enough lies in every shape that holds it, and a record that
names an area belongs to it wherever it lies. The whole register is the district's, but for what
names none of its areas and stands, however roughly, outside its boundary. Towns are not drawn
anew: of a record's town the columns do not tell whether it was stated or found, so a new border of
a town waits for a version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely

from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots.moment import one_moment
from chuangtu.engines.atlas.inside import inside
from chuangtu.engines.atlas.members import members
from chuangtu.engines.atlas.model import (
    Atlas,
    Columns,
    FacetColumn,
    ListColumn,
    Records,
    Shape,
)
from chuangtu.engines.atlas.redraw import redraw
from chuangtu.terms.kind import UNKNOWN

AREA, TOWN, ZONE, PRECISION = "area", "town", "zone", "precision"


@dataclass(frozen=True, eq=False, slots=True)
class Areas:
    """The district's areas that are no towns, as they are drawn.

    Attributes:
        change: the last change of any area.
        shapes: code → shape, of those that have one.
        towns: codes of the towns, which a record belongs to otherwise.
        home: code of the district itself; empty before there is one.
    """

    change: int
    shapes: Mapping[str, Shape]
    towns: frozenset[str]
    home: str

    @property
    def digests(self) -> dict[str, str]:
        """Code → what tells this shape from another one."""
        return {code: _digest(shape) for code, shape in self.shapes.items()}

    def changed_from(self, drawn: Mapping[str, str]) -> list[str]:
        """Codes of areas whose shape is another one than `drawn` says, or is new or gone."""
        now = self.digests
        codes = {*now, *drawn} - self.towns
        return sorted(each for each in codes if now.get(each) != drawn.get(each))


def read_areas() -> Areas:
    """The areas of this moment."""
    with one_moment():
        change = places.last_change()
        towns = places.town_codes()
        kinds = [each for each in places.ALL_KINDS if each != TOWN]
        shapes = {code: Shape(wkb) for code, wkb in places.list_shapes(kinds).items()}
        home = places.get_district()
    return Areas(change, shapes, towns, home.code if home else "")


def drawn_anew(atlas: Atlas, drawn: Mapping[str, str], areas: Areas) -> Atlas:
    """A version's columns with the areas of this moment; `drawn` are those it was built with."""
    changed = areas.changed_from(drawn)
    if not changed or not len(atlas):
        return atlas
    columns = atlas.columns
    sure = _is_sure(columns.facets[PRECISION])
    found = {
        code: _of_district(columns, areas.shapes.get(code))
        if code == areas.home
        else _members(columns, sure, code, areas.shapes.get(code))
        for code in changed
    }
    return redraw(atlas, AREA, found)


def _members(columns: Columns, sure: np.ndarray, code: str, shape: Shape | None) -> np.ndarray:
    naming = columns.facets[ZONE]
    rows = np.empty(0, np.uint32)
    if code in naming.values:
        rows = np.flatnonzero(naming.codes == naming.values.index(code)).astype(np.uint32)
    if shape is None:
        return rows
    held = members(columns, shape)
    return np.union1d(rows, held[sure[held]])


def _of_district(columns: Columns, shape: Shape | None) -> np.ndarray:
    held = np.arange(len(columns)) >= columns.located
    held |= _names_an_area(columns.facets)
    if shape is None:
        held[:] = True
    else:
        held[members(columns, shape)] = True
    return np.flatnonzero(held).astype(np.uint32)


def _names_an_area(facets: Mapping[str, FacetColumn]) -> np.ndarray:
    """Which records say a town or a zone."""
    town, zone = (np.asarray(facets[name].codes) for name in (TOWN, ZONE))
    return np.asarray((town != 0) | (zone != 0))


def placed_anew(records: Records, areas: Areas) -> Records:
    """Changed records, each with the areas of this moment, whenever it was read."""
    code: dict[str, int] = {UNKNOWN: 0}
    rows, codes = [], []
    for name, skipped in ((TOWN, frozenset[str]()), (ZONE, areas.towns)):
        column = records.facets[name]
        moved = [
            0 if each in skipped or not place else code.setdefault(each, len(code))
            for place, each in enumerate(column.values)
        ]
        named = np.array(moved, np.int64)[np.asarray(column.codes, np.int64)]
        rows.append(np.flatnonzero(named))
        codes.append(named[named > 0])
    sure = np.flatnonzero(_is_sure(records.facets[PRECISION]))
    x, y = records.longitude[sure], records.latitude[sure]
    if areas.home:
        held = _at_home(records, areas.shapes.get(areas.home))
        rows.append(held)
        codes.append(np.full(len(held), code.setdefault(areas.home, len(code)), np.int64))
    for name, shape in areas.shapes.items():
        if name == areas.home:
            continue
        held = sure[_inside(shape, x, y)]
        rows.append(held)
        codes.append(np.full(len(held), code.setdefault(name, len(code)), np.int64))
    pairs = np.unique(np.concatenate(rows) * len(code) + np.concatenate(codes))
    row, held = np.divmod(pairs, len(code))
    offsets = np.searchsorted(row, np.arange(len(records) + 1))
    listed = ListColumn(tuple(code), offsets, held.astype(np.uint32))
    return replace(records, lists={**records.lists, AREA: listed})


def _at_home(records: Records, shape: Shape | None) -> np.ndarray:
    """Which records are the district's."""
    x, y = np.asarray(records.longitude), np.asarray(records.latitude)
    stands = np.isfinite(x) & np.isfinite(y)
    held = ~stands | _names_an_area(records.facets)
    if shape is None:
        held[:] = True
    else:
        there = np.flatnonzero(stands)
        held[there[_inside(shape, x[there], y[there])]] = True
    return np.flatnonzero(held)


def _inside(shape: Shape, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Which positions the shape holds; most are not even in its frame."""
    west, south, east, north = shapely.from_wkb(shape.wkb).bounds
    near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    return np.asarray(near[inside(shape, x[near], y[near])])


def _is_sure(column: FacetColumn) -> np.ndarray:
    good = np.array([each in registry.LOCATING for each in column.values], bool)
    return np.asarray(good[np.asarray(column.codes)])


def _digest(shape: Shape) -> str:
    return hashlib.blake2b(shape.wkb, digest_size=12).hexdigest()
