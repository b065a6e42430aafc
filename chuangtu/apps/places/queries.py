"""Every reading of places: the district, its areas, which areas hold a position, the base map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.journal.facts import UNDO
from chuangtu.apps.places import facts
from chuangtu.apps.places.facts import District, Place
from chuangtu.apps.places.models import Area, Region
from chuangtu.terms.kind import Choice
from chuangtu.terms.place import Box

TABLE = "places.area"
ALL_KINDS = tuple(Area.AreaKind.values)


def get_district() -> District | None:
    """The district that was set up last; `None` before any."""
    home = Region.objects.filter(set_up_at__isnull=False).order_by("-set_up_at").first()
    area = Area.objects.filter(code=home.code).first() if home else None
    if home is None or area is None:
        return None
    frame = shapely.from_geojson(area.geometry) if area.geometry else None
    centre = (area.longitude or 0.0, area.latitude or 0.0)
    around = frame if frame is not None else shapely.Point(*centre).buffer(0.15)
    return District(
        code=home.code,
        name=home.name,
        name_en=home.name_en or area.name_en,
        bbox=Box(*around.bounds),
        centre=centre,
        precision=area.precision,
        boundary=area.geometry,
        source=area.source,
        source_url=area.source_url,
        source_date=area.source_date,
    )


def last_change() -> int:
    """The journal's number of the newest change of an area; grows whenever a shape may differ."""
    return journal.last_line_of(TABLE)


def find_region(code: str) -> Region | None:
    return Region.objects.filter(code=code).first()


def find_area(code: str) -> Place | None:
    area = Area.objects.filter(code=code).first()
    return facts.place(area) if area else None


def area_state(code: str) -> dict[str, Any] | None:
    """Every field of an area as the journal keeps it; `None` where there is none."""
    area = Area.objects.filter(code=code).first()
    return facts.area_values(area) if area else None


def drawn_for_records(codes: Iterable[str]) -> set[str]:
    """Those of these areas whose present shape came with a record, not by itself."""
    return {code for code in codes if _is_drawn_for_record(code)}


def _is_drawn_for_record(code: str) -> bool:
    for line in journal.list_of_row(table=TABLE, row=code):
        # Leaving, returning and being taken back only repeat what an earlier line drew.
        repeats = line.why in (facts.WITHDRAW, facts.RESTORE) or line.act.startswith(UNDO)
        if not repeats and not journal.was_undone(act=line.act):
            return line.why == facts.FOR_RECORD
    return False


def is_restored_by(code: str, act: str) -> bool:
    """Say whether the last change of an area was its return to the map, in this act."""
    lines = journal.last_lines(table=TABLE, rows=[code])
    return any(line.why == facts.RESTORE and line.act == act for line in lines)


def find_shape(code: str) -> str:
    """The area's GeoJSON geometry; empty where none is known."""
    return Area.objects.filter(code=code).values_list("geometry", flat=True).first() or ""


def list_shapes(kinds: Iterable[str]) -> dict[str, bytes]:
    """Code → shape as WKB in WGS 84, of the district's areas of these kinds that have one."""
    drawn = _own_areas().filter(kind__in=list(kinds)).exclude(geometry="")
    found = list(drawn.values_list("code", "geometry"))
    shapes = shapely.to_wkb(shapely.from_geojson([geometry for _, geometry in found]))
    return {code: shape for (code, _), shape in zip(found, shapes, strict=True)}


def list_areas(kind: str | None = None) -> list[Place]:
    """The district's areas (neighbours' boundaries are left out), by kind and code."""
    areas = _own_areas()
    if kind is not None:
        areas = areas.filter(kind=kind)
    return [facts.place(area) for area in areas.defer(None)]


def list_shape_sources() -> list[tuple[str, date]]:
    """Source and day of every shape drawn inside the district; newest first, each once."""
    drawn = _own_areas().exclude(geometry="").exclude(kind=Area.AreaKind.BOUNDARY)
    return list(
        drawn.order_by("-source_date", "source").values_list("source", "source_date").distinct()
    )


def list_towns() -> list[Place]:
    return list_areas(Area.AreaKind.TOWN)


def town_codes() -> frozenset[str]:
    """The codes of the district's towns."""
    return frozenset(_own_areas().filter(kind=Area.AreaKind.TOWN).values_list("code", flat=True))


def town_choices() -> tuple[Choice, ...]:
    """The towns as a code list, with the other spellings found in files."""
    return tuple(
        Choice(town.code, town.name, town.name_en or town.name, facts.spellings(town))
        for town in list_towns()
    )


def codes_on_map() -> frozenset[str]:
    """The codes of all areas that a record may name."""
    return frozenset(_own_areas().values_list("code", flat=True))


def left_the_map(codes: Iterable[str]) -> set[str]:
    """Those of these codes that no area bears; none before there is a district to judge by."""
    asked = {each for each in codes if each}
    if not asked or get_district() is None:
        return set()
    return asked - codes_on_map()


def codes_ever() -> frozenset[str]:
    """The codes of all areas there are or were: who kept an address is answered, not refused."""
    return frozenset(journal.rows_of(table=TABLE))


def area_choices() -> tuple[Choice, ...]:
    """All areas of the district as a code list, for readers who name an area."""
    return tuple(Choice(each.code, each.name, each.name_en or each.name) for each in list_areas())


def areas_containing(
    longitudes: Sequence[float] | np.ndarray, latitudes: Sequence[float] | np.ndarray
) -> list[tuple[str, ...]]:
    """Codes of the district's areas with a shape that hold each position, edges included (WGS 84).

    A neighbour's boundary is drawn, but is no area to be counted by or asked for.

    A position that is NaN is nowhere. One tuple per position, codes sorted.
    """
    x, y = np.asarray(longitudes, dtype=np.float64), np.asarray(latitudes, dtype=np.float64)
    drawn = list(_own_areas().exclude(geometry="").values_list("code", "geometry"))
    found: list[list[str]] = [[] for _ in range(len(x))]
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if drawn and len(known):
        shapes = shapely.from_geojson([geometry for _, geometry in drawn])
        shapely.prepare(shapes)
        for (code, _), shape in zip(drawn, shapes, strict=True):
            for index in known[shapely.intersects_xy(shape, x[known], y[known])]:
                found[index].append(code)
    return [tuple(sorted(each)) for each in found]


def stands_outside(
    code: str, longitudes: Sequence[float | None], latitudes: Sequence[float | None]
) -> list[bool]:
    """Whether each position stands outside an area's shape (WGS 84).

    What has no position stands nowhere, and nothing outside an area that has no shape.
    """
    geometry = find_shape(code)
    x, y = np.array(longitudes, dtype=np.float64), np.array(latitudes, dtype=np.float64)
    if not geometry or not len(x):
        return [False] * len(x)
    shape = shapely.from_geojson(geometry)
    shapely.prepare(shape)
    stands = np.isfinite(x) & np.isfinite(y)
    found: list[bool] = (stands & ~shapely.intersects_xy(shape, x, y)).tolist()
    return found


def boundary_geojson(kinds: Iterable[str] = ALL_KINDS) -> dict[str, Any]:
    """A FeatureCollection for the base map; every feature carries name, code, source and date.

    `role` is `district` or `neighbour` for boundaries, else the kind. Areas without a shape are
    points at their centre; those without a position are left out.
    """
    home = get_district()
    features = [
        facts.feature(area, _role(area, home.code if home else ""))
        for area in Area.objects.filter(kind__in=list(kinds))
    ]
    return {
        "type": "FeatureCollection",
        "features": [each for each in features if each is not None],
    }


def _own_areas() -> Any:
    """Areas of the district; of all districts before one is chosen."""
    home = get_district()
    areas = Area.objects.all()
    return areas.filter(region_id=home.code) if home else areas


def _role(area: Area, home: str) -> str:
    if area.kind != Area.AreaKind.BOUNDARY:
        return area.kind
    return "district" if area.code == home else "neighbour"
