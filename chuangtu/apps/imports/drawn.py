"""The shapes that rows of a file draw: the area each becomes, and what that changes.

A shape is kept as an area of the district, which everybody sees on the map; so only records that
everybody may see have theirs kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
import shapely

from chuangtu.apps.places import queries as places
from chuangtu.apps.places.codes import made_code
from chuangtu.apps.places.facts import District, Place
from chuangtu.apps.places.shapes import Shape, ShapeError, read_shape
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.queries import Outcome, Planned
from chuangtu.engines.tables.model import Fault
from chuangtu.terms.coordinates import read_crs
from chuangtu.terms.kind import Drawn
from chuangtu.terms.place import Precision

LONGEST_CODE, LONGEST_NAME = 64, 100
_CODE = re.compile(r"[0-9A-Za-z:_-]+")
State = Mapping[str, Any]
_SETTLED = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)


@dataclass(frozen=True, slots=True)
class Drawing:
    """One row's shape as an area of the district.

    Attributes:
        code: the area's code.
        values: fields of the area that the row sets.
        outcome: new, changed or same.
        digest: of the area as it was looked at; empty where there was none.
        corners: how many corners the shape before had (`None`: there was none) and this one has.
    """

    code: str
    values: Mapping[str, Any]
    outcome: Outcome
    digest: str
    corners: list[int | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a row's shape: kept as drawn, or not, and why.

    Attributes:
        drawing: what is to be kept; `None` where nothing is.
        fault: why nothing is.
        is_fatal: the row cannot be written because of it.
        places_nothing: the shape is the kept one of a record that bears no position of its own;
            it does not get one from the shape.
    """

    drawing: Drawing | None = None
    fault: Fault | None = None
    is_fatal: bool = False
    places_nothing: bool = False


@dataclass
class Drawer:
    """Turns the shapes of one file into areas, row after row.

    Attributes:
        drawn: how shapes of the rows' kind are kept.
        source: what an area bears as `source`, `source_url` and `source_date` (ISO) where its row
            says nothing else.
    """

    drawn: Drawn
    source: Mapping[str, Any]

    def __post_init__(self) -> None:
        self._kinds = {*self.drawn.kinds.values(), self.drawn.otherwise}
        self._home = places.get_district()
        self._by_name = {
            name_key(each.name): each for each in places.list_areas() if each.kind in self._kinds
        }
        self._met: dict[str, str] = {}
        self._states: dict[int | None, State] = {}

    def look(self, polygon: bytes, crs: str, planned: Planned) -> Seen:
        """What is to become of one row's shape; the row was matched already.

        Args:
            polygon: WKB in the system `crs`.
            crs: as the table names it.
            planned: what the register would do with the row.
        """
        if planned.outcome not in _SETTLED:
            return Seen()
        # A row that repeats another has no state of its own.
        earlier = self._states.get(planned.duplicate_of, {})
        state = self._states[planned.row] = planned.after or earlier
        if not state:
            return Seen()
        if state.get("visibility", "public") != "public":
            return Seen(fault=_not_public())
        if self._home is None:
            return Seen(fault=_no_district())
        try:
            shape = read_shape(
                shapely.from_wkb(polygon),
                read_crs(crs),
                where=f"“{state['name'][:40]}”",
            )
        except ShapeError as error:
            return Seen(fault=Fault("shape", error.zh, error.en), is_fatal=True)
        own = _own_source(planned.values)
        seen = self._area(self._home, state, shape, own | {"crs": read_crs(crs).value})
        is_same = seen.drawing is not None and seen.drawing.outcome is Outcome.SAME
        is_unplaced = planned.before is not None and "longitude" not in planned.before
        return replace(seen, places_nothing=is_same and is_unplaced)

    def _area(self, home: District, state: State, shape: Shape, said: Mapping[str, Any]) -> Seen:
        code = self._code(state)
        kept = places.find_area(code)
        fault = self._unfit(code, kept, home, state["name"], shape)
        if fault is not None:
            return Seen(fault=fault, is_fatal=True)
        values: dict[str, Any] = {
            "geometry": shape.geojson,
            "longitude": shape.longitude,
            "latitude": shape.latitude,
            "precision": Precision.EXACT.value,
            **self.source,
            **said,
        }
        if kept is None:
            values |= {
                "kind": self.drawn.area_kind(state.get(self.drawn.type)),
                "name": state["name"],
                "name_en": (state.get("name_en") or "")[:160],
                "region_id": home.code,
            }
        self._met[code] = shape.geojson
        before = places.area_state(code)
        return Seen(_drawing(code, values, before))

    def _code(self, state: State) -> str:
        """The area's code: the record's own, else that of an area of its name, else a new one."""
        if state.get(self.drawn.code):
            return str(state[self.drawn.code])
        key = name_key(state["name"])
        if key in self._by_name:
            return self._by_name[key].code
        return made_code(self.drawn.area_kind(state.get(self.drawn.type)), key)

    def _unfit(
        self, code: str, kept: Place | None, home: District, name: str, shape: Shape
    ) -> Fault | None:
        if kept is not None and (kept.kind not in self._kinds or kept.region != home.code):
            return _not_its_own(code, kept)
        if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
            return _unfit_code(code)
        if len(name) > LONGEST_NAME:
            return _long_name(name)
        if self._met.get(code, shape.geojson) != shape.geojson:
            return _drawn_twice(code)
        return None


def digest_of(state: Mapping[str, Any] | None) -> str:
    """A short mark of an area's fields, by which a later change is seen; empty for no area."""
    if state is None:
        return ""
    text = orjson.dumps(state, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def _drawing(code: str, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> Drawing:
    known = (before or {}).get("geometry")
    if before is None:
        outcome = Outcome.NEW
    else:
        # The same shape told again by another file leaves the area as it is.
        outcome = Outcome.SAME if _is_same(known, values["geometry"]) else Outcome.CHANGED
    return Drawing(code, values, outcome, digest_of(before), _corners(known, values["geometry"]))


def _is_same(known: str | None, given: str) -> bool:
    """Say whether two GeoJSON texts are one shape, however they are written."""
    return known == given or (
        bool(known) and shapely.to_geojson(shapely.from_geojson(known)) == given
    )


def _own_source(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the row itself says of its source."""
    source, day = values.get("source"), values.get("source_date")
    said = {"source": source, "source_date": day.isoformat() if day else None}
    return {name: value for name, value in said.items() if value}


def _corners(*geojson: str | None) -> list[int | None]:
    shapes = [shapely.from_geojson(each) if each else None for each in geojson]
    return [int(shapely.get_num_coordinates(each)) if each else None for each in shapes]


def _not_public() -> Fault:
    return Fault(
        "shape_not_public",
        "这条记录不公开，而地图上的边界人人可见，所以图形没有保存，只取其中一点。",
        "The record is not public and boundaries on the map are, so the shape is not kept; the"
        " record has a point of it.",
    )


def _no_district() -> Fault:
    return Fault(
        "shape_without_district",
        "还没有设立区域，图形没有保存，只取其中一点。请先由管理员运行 chuangtu init 区划代码。",
        "No district has been set up, so the shape is not kept; the record has a point of it."
        " An administrator sets one up with chuangtu init CODE.",
    )


def _not_its_own(code: str, kept: Place) -> Fault:
    return Fault(
        "shape_of_another",
        f"区域代码 {code} 属于“{kept.name}”，它的边界不由这类文件修改。请改正区域代码，或留空。",
        f"Area code {code} is that of '{kept.name}', whose boundary such a file does not change."
        " Correct the code, or leave it empty.",
    )


def _unfit_code(code: str) -> Fault:
    return Fault(
        "shape_code",
        f"区域代码“{code[:40]}”不能使用：只能有字母、数字、冒号、短横和下划线，"
        f"至多 {LONGEST_CODE} 个字符。请改正或留空。",
        f"Area code '{code[:40]}' cannot be used: it takes letters, digits, colons, hyphens and"
        f" underscores, {LONGEST_CODE} at most. Correct it, or leave it empty.",
    )


def _long_name(name: str) -> Fault:
    return Fault(
        "shape_name",
        f"名称有 {len(name)} 个字符，边界的名称至多 {LONGEST_NAME} 个。请缩短。",
        f"The name has {len(name)} characters; that of a boundary has {LONGEST_NAME} at most."
        " Shorten it.",
    )


def _drawn_twice(code: str) -> Fault:
    return Fault(
        "shape_twice",
        f"文件前面已有一行给同一边界（{code}）画了另一个图形。请合并为一个多面图形，只留一行。",
        f"An earlier row draws another shape for the same boundary ({code})."
        " Merge them into one MultiPolygon in one row.",
    )
