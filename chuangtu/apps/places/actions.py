"""Every write of places: setting up a district, keeping an area, taking shapes from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction

from chuangtu.apps.journal import actions as journal
from chuangtu.apps.places import boundaries, divisions, facts
from chuangtu.apps.places.boundaries import Boundary
from chuangtu.apps.places.divisions import County, Division
from chuangtu.apps.places.models import Area, Region
from chuangtu.apps.places.shapes import ShapeError, centre_of, features_of, read_shape
from chuangtu.engines.tables.read import read
from chuangtu.terms.coordinates import Crs, read_crs
from chuangtu.terms.place import Precision

_CRS_NAMES = {
    Crs.WGS84: "EPSG:4326",
    Crs.CGCS2000: "EPSG:4490",
    Crs.GCJ02: "GCJ-02",
    Crs.BD09: "BD-09",
}


@dataclass(frozen=True, slots=True)
class SetUp:
    """What setting up a district did. `changed` is 0 when all was there already."""

    code: str
    name: str
    towns: int
    neighbours: tuple[str, ...]
    has_boundary: bool
    changed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file of shapes did: codes of areas made, changed, and left as they were."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]


@transaction.atomic
def init_district(*, code: str, by: str, at: datetime) -> SetUp:
    """Set up any county-level division: its chain, boundary, neighbours, towns and centre.

    Done twice it changes nothing. Towns and shapes that were improved since are left alone.

    Raises:
        NoSuchDistrictError: not a county-level code of today.
    """
    county = divisions.get_county(code)
    changed = 0 if _is_set_up(county) else _set_up(county, by=by, at=at)
    area = Area.objects.filter(code=county.code).first()
    return SetUp(
        code=county.code,
        name=county.name,
        towns=len(county.towns),
        neighbours=_neighbours(area) if area else (),
        has_boundary=bool(area and area.geometry),
        changed=changed,
    )


def _set_up(county: County, *, by: str, at: datetime) -> int:
    boundary = boundaries.find_boundary(county.code, county.name)
    neighbours = boundaries.list_neighbours(boundary) if boundary else []
    around = [(divisions.chain_of(each.code, each.name), each) for each in neighbours]
    changes = _keep_regions([(county.chain, county), *around])
    changes += _keep_regions([((*county.chain, town), county) for town in county.towns])
    changes += _keep_home(county.code, at=at)
    changes += _keep_boundaries(county, boundary, neighbours)
    changes += _keep_towns(county)
    if changes:
        act = f"init:{county.code}:{at.isoformat()}"
        journal.write(changes=changes, why="设立区域", act=act, by=by, at=at)
    return len(changes)


def _is_set_up(county: County) -> bool:
    """Say without reading the large files whether today's editions are in place already."""
    home = Region.objects.filter(set_up_at__isnull=False).order_by("-set_up_at").first()
    return (
        home is not None
        and home.code == county.code
        and Area.objects.filter(code=county.code, source=boundaries.current_source()).exists()
        and Area.objects.filter(code__in=[each.code for each in county.towns]).count()
        == len(county.towns)
    )


def _neighbours(area: Area) -> tuple[str, ...]:
    """Names of the kept boundaries that touch the district's, by code."""
    others = Area.objects.filter(kind=area.kind).exclude(code=area.code).exclude(geometry="")
    found = list(others.order_by("code").values_list("name", "geometry")) if area.geometry else []
    shapes = shapely.from_geojson([geometry for _, geometry in found])
    own = shapely.from_geojson(area.geometry) if found else None
    near = shapely.dwithin(shapes, own, boundaries.TOUCHING_DEGREES) if found else ()
    return tuple(name for (name, _), is_near in zip(found, near, strict=True) if is_near)


@transaction.atomic
def save_area(*, code: str, values: Mapping[str, Any], act: str, by: str, at: datetime) -> str:
    """Make or change one area; returns `new`, `changed` or `same`.

    `values` are fields of an Area by name (`region_id` for the region); those left out keep
    what they are. Positions and shapes are WGS 84; `crs` says what they were given in.
    """
    change = _keep_area(code, values)
    if change is None:
        return "same"
    journal.write(changes=[change], why="维护区域", act=act, by=by, at=at)
    return "new" if change.before is None else "changed"


@transaction.atomic
def save_areas_from_features(
    *,
    features: Iterable[Mapping[str, Any]],
    crs: Crs,
    kind: str,
    region: str,
    source: str,
    source_date: date,
    act: str,
    by: str,
    at: datetime,
    source_url: str = "",
) -> Taken:
    """Take shapes from GeoJSON features given in `crs`; all of them or, on any error, none.

    A feature names its area by the property `code`, else by `name` (a town's other spellings are
    known). A feature whose area does not exist yet makes one, for which it needs both.

    Raises:
        ShapeError: a feature that cannot be taken; the sentence says which and why.
    """
    changes, same = [], []
    for number, each in enumerate(features, start=1):
        code, name = _named(each, number, kind, region)
        shape = read_shape(each.get("geometry"), crs, where=f"第 {number} 个图形（{name}）")
        values = {
            "kind": kind,
            "name": name,
            "region_id": region,
            "geometry": shape.geojson,
            "crs": crs.value,
            "longitude": shape.longitude,
            "latitude": shape.latitude,
            "precision": Precision.EXACT.value,
            "source": source,
            "source_url": source_url,
            "source_date": source_date,
        }
        change = _keep_area(code, values)
        if change is None:
            same.append(code)
        else:
            changes.append(change)
    if changes:
        journal.write(changes=changes, why="导入图形", act=act, by=by, at=at)
    return Taken(
        new=tuple(each.row for each in changes if each.before is None),
        changed=tuple(each.row for each in changes if each.before is not None),
        same=tuple(same),
    )


def save_areas_from_file(
    *,
    path: Path,
    crs: Crs | None,
    kind: str,
    region: str,
    source: str,
    source_date: date,
    act: str,
    by: str,
    at: datetime,
    source_url: str = "",
) -> Taken:
    """Take shapes from a GeoJSON, GeoPackage or zipped Shapefile; see `save_areas_from_features`.

    `crs` is what the file's owner stated; `None` trusts what the file says of itself.

    Raises:
        TableError: the file cannot be read.
        ShapeError: it has no shapes, several layers, or one that cannot be taken.
    """
    tables = read(path, name=path.name, crs=_CRS_NAMES[crs] if crs else None)
    if len(tables) != 1 or tables[0].geometries is None or tables[0].crs is None:
        raise ShapeError(
            f"{path.name} 应是只有一个图层的图形文件（GeoJSON、GPKG 或 SHP 压缩包）。",
            f"{path.name} should hold one layer of shapes (GeoJSON, GPKG or a zipped SHP).",
        )
    table = tables[0]
    return save_areas_from_features(
        features=features_of(table),
        crs=read_crs(table.crs or ""),
        kind=kind,
        region=region,
        source=source,
        source_date=source_date,
        source_url=source_url,
        act=act,
        by=by,
        at=at,
    )


def _named(feature: Mapping[str, Any], number: int, kind: str, region: str) -> tuple[str, str]:
    """The code and the name of the area a feature is about."""
    properties = feature.get("properties") or {}
    code = str(properties.get("code") or "").strip()
    name = str(properties.get("name") or "").strip()
    known = Area.objects.filter(kind=kind, region_id=region)
    found = known.filter(code=code).first() if code else _by_name(known, name)
    if found is not None:
        return found.code, found.name
    if code and name and not Area.objects.filter(code=code).exists():
        return code, name
    raise ShapeError(
        f"第 {number} 个图形（{name or code or '无名'}）找不到对应的区域。"
        "请在属性中写明 code 和 name。",
        f"Feature {number} ({name or code or 'without a name'}) matches no area."
        " Give it the properties code and name.",
    )


def _by_name(known: Any, name: str) -> Area | None:
    for area in known if name else ():
        if name == area.name or name in facts.spellings(facts.place(area)):
            return area
    return None


def _keep_area(code: str, values: Mapping[str, Any]) -> journal.Change | None:
    area = Area.objects.filter(code=code).first()
    before = facts.area_values(area) if area else None
    area = area or Area(code=code)
    for name, value in values.items():
        setattr(area, name, value)
    if facts.area_values(area) == before:
        return None
    area.full_clean(validate_unique=False, exclude=["region"])
    area.save()
    return journal.Change("places.area", code, before, facts.area_values(area))


_Chains = Iterable[tuple[tuple[Division, ...], County | Boundary]]


def _keep_regions(chains: _Chains) -> list[journal.Change]:
    """Make the regions of each chain that are not there, from the province down."""
    wanted: dict[str, Region] = {}
    for chain, source in chains:
        parent = None
        for each in chain:
            region = Region(
                code=each.code,
                name=each.name,
                parent_id=parent,
                level=each.level,
                source=source.source,
                source_date=source.source_date,
            )
            wanted.setdefault(each.code, region)
            parent = each.code
    known = set(Region.objects.filter(code__in=wanted).values_list("code", flat=True))
    made = [region for code, region in wanted.items() if code not in known]
    # Shorter codes stand above longer ones and must be there first.
    made.sort(key=lambda region: (len(region.code), region.code))
    Region.objects.bulk_create(made)
    return [
        journal.Change("places.region", each.code, None, facts.region_values(each))
        for each in made
    ]


def _keep_home(code: str, *, at: datetime) -> list[journal.Change]:
    """Mark the district as set up; the one marked last is home."""
    home = Region.objects.get(code=code)
    newest = Region.objects.filter(set_up_at__isnull=False).order_by("-set_up_at").first()
    if newest == home:
        return []
    before = facts.region_values(home)
    home.set_up_at = at
    home.save(update_fields=["set_up_at"])
    return [journal.Change("places.region", code, before, facts.region_values(home))]


def _keep_boundaries(
    county: County, boundary: Boundary | None, neighbours: Iterable[Boundary]
) -> list[journal.Change]:
    """Keep the district's boundary and its neighbours'; those from elsewhere are left alone.

    Where the district has none, its centre is borrowed from its city.
    """
    wanted = {each.code: _boundary_values(each, each.code, each.name) for each in neighbours}
    shown = boundary or boundaries.find_frame(county.code)
    if shown is not None:
        wanted[county.code] = _boundary_values(shown, county.code, county.name)
    if boundary is None and shown is not None:
        wanted[county.code] |= {"geometry": "", "precision": Precision.DISTRICT.value}
    kept = Area.objects.in_bulk(list(wanted), field_name="code")
    changes = [
        _keep_area(code, wanted[code])
        for code, area in kept.items()
        if area.source_url == boundaries.SOURCE_URL
    ]
    made = [Area(code=code, **values) for code, values in wanted.items() if code not in kept]
    return [each for each in changes if each is not None] + _make_areas(made)


def _keep_towns(county: County) -> list[journal.Change]:
    """Make the towns that are not there yet; those that are, are left alone."""
    codes = [town.code for town in county.towns]
    known = set(Area.objects.filter(code__in=codes).values_list("code", flat=True))
    return _make_areas(
        [
            Area(
                code=town.code,
                kind=Area.AreaKind.TOWN.value,
                name=town.name,
                region_id=county.code,
                source=county.source,
                source_url=county.source_url,
                source_date=county.source_date,
            )
            for town in county.towns
            if town.code not in known
        ]
    )


def _make_areas(made: list[Area]) -> list[journal.Change]:
    Area.objects.bulk_create(made)
    return [
        journal.Change("places.area", each.code, None, facts.area_values(each)) for each in made
    ]


def _boundary_values(shown: Boundary, region: str, name: str) -> dict[str, Any]:
    longitude, latitude = centre_of(shown.shape)
    return {
        "kind": Area.AreaKind.BOUNDARY.value,
        "name": name,
        "region_id": region,
        "geometry": shown.geojson,
        "crs": Crs.CGCS2000.value,
        "longitude": longitude,
        "latitude": latitude,
        "precision": Precision.EXACT.value,
        "source": shown.source,
        "source_url": shown.source_url,
        "source_date": shown.source_date,
    }
