"""Keeping areas: one by its fields, many from a file of shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from chuangtu.apps.journal import actions as journal
from chuangtu.apps.places import facts
from chuangtu.apps.places.actions.keeping import keep_area
from chuangtu.apps.places.facts import FOR_RECORD
from chuangtu.apps.places.models import Area
from chuangtu.apps.places.shapes import ShapeError, features_of, read_shape
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
class Taken:
    """What a file of shapes did: codes of areas made, changed, and left as they were."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]


@transaction.atomic
def save_area(
    *,
    code: str,
    values: Mapping[str, Any],
    act: str,
    by: str,
    at: datetime,
    for_record: bool = False,
) -> str:
    """Make or change one area; returns `new`, `changed` or `same`.

    One that is drawn `for_record` goes when the last record that bears it goes.

    `values` are fields of an Area by name (`region_id` for the region); those left out keep
    what they are. Positions and shapes are WGS 84; `crs` says what they were given in.
    """
    change = keep_area(code, values)
    if change is None:
        return "same"
    journal.write(
        changes=[change], why=FOR_RECORD if for_record else "维护区域", act=act, by=by, at=at
    )
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
    """Take shapes from features given in `crs`; all of them or, on any error, none.

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
        change = keep_area(code, values)
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

    `crs` is what the file's owner stated, for a file that does not say it itself.

    Raises:
        TableError: the file cannot be read.
        ShapeError: it has no shapes, several layers, or one that cannot be taken; or it names
            another system than its owner.
    """
    tables = read(path, name=path.name, crs=_CRS_NAMES[crs] if crs else None)
    if len(tables) != 1 or tables[0].geometries is None or tables[0].crs is None:
        raise ShapeError(
            f"{path.name} 应是只有一个图层的图形文件（GeoJSON、GPKG 或 SHP 压缩包）。",
            f"{path.name} should hold one layer of shapes (GeoJSON, GPKG or a zipped SHP).",
        )
    table = tables[0]
    if any(each.fault.code == "other_crs" for each in table.notices):
        raise ShapeError(
            f"{path.name} 自己写明坐标系为 {table.crs}，与 --crs 不同，没有读入任何图形。"
            "请去掉 --crs；如文件写错了，请先在地理软件中改正。",
            f"{path.name} itself names the system {table.crs}, which is not that of --crs; no"
            " shape was taken. Leave --crs out, or correct the file in a GIS program first.",
        )
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
