"""Setting up a district: its regions, boundary, neighbours and towns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db import transaction

from chuangtu.apps.journal import actions as journal
from chuangtu.apps.places import boundaries, divisions, facts
from chuangtu.apps.places.actions.keeping import TABLE, keep_area
from chuangtu.apps.places.boundaries import Boundary
from chuangtu.apps.places.divisions import County, Division
from chuangtu.apps.places.models import Area, Region
from chuangtu.apps.places.shapes import centre_of
from chuangtu.terms.coordinates import Crs
from chuangtu.terms.place import Precision


@dataclass(frozen=True, slots=True)
class SetUp:
    """What setting up a district did. `changed` is 0 when all was there already."""

    code: str
    name: str
    towns: int
    neighbours: tuple[str, ...]
    has_boundary: bool
    changed: int


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
        keep_area(code, wanted[code])
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
    return [journal.Change(TABLE, each.code, None, facts.area_values(each)) for each in made]


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
