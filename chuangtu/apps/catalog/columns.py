"""The columns of an exported file, from the declarations of the kinds that are in it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.apps.registry.kinds.borrowed import KIND_HEADERS, POSITION, TOWN
from chuangtu.engines.tables.model import Column, ValueType
from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Field, FieldType, Kind
from chuangtu.terms.viewer import Viewer

Cell = Any
Convert = Callable[[Any], Cell]
Names = Mapping[str, Mapping[str, str]]
"""Field name → code → the name of the code in the file's language."""

_FIRST = ("name", "name_en")
_OWN_COLUMNS = ("longitude", "latitude", "crs")
"""Common fields whose columns are made from the position in WGS 84, not from what was given."""
_TYPES = {
    FieldType.INTEGER: ValueType.INTEGER,
    FieldType.DECIMAL: ValueType.DECIMAL,
    FieldType.DATE: ValueType.DAY,
    FieldType.BOOLEAN: ValueType.BOOLEAN,
}
_SEPARATOR = "; "
_LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns, and for each kind how a record becomes a row."""

    columns: tuple[Column, ...]
    plans: Mapping[str, Mapping[str, tuple[int, Convert]]]
    language: str
    with_geometry: bool

    def row(self, item: Mapping[str, Any]) -> list[Cell]:
        """One record as cells, `None` where nothing is known."""
        cells: list[Cell] = [None] * len(self.columns)
        kind = KINDS[item["kind"]]
        cells[0] = item["id"]
        cells[1] = kind.label(self.language)
        position = item["position"]
        if position is not None:
            longitude, latitude = position["longitude"], position["latitude"]
            cells[2], cells[3] = _decimal(longitude), _decimal(latitude)
            cells[4] = "WGS84"
            cells[5] = self._position_of(item, position)
            if self.with_geometry:
                cells[7] = _point(longitude, latitude)
        if "town_of" in item:
            cells[6] = self._whose(item, item["town_of"])
        own = {"name": item["name"], **_source(item, self.language), **_parts(kind.name, item)}
        values = {**item["values"], **own}
        if position is None:
            values["precision"] = None
        if any(values.get(each) is not None for each in _site_longitudes(kind.name)):
            cells[4] = "WGS84"
        plan = self.plans[kind.name]
        # A record has few of its kind's many fields.
        for name, value in values.items():
            if value is not None and value != "" and name in plan:
                place, convert = plan[name]
                cells[place] = convert(value)
        return cells

    def _position_of(self, item: Mapping[str, Any], position: Mapping[str, Any]) -> str | None:
        """Whose position it is, where the record has none of its own."""
        if position["of"] is not None:
            return self._whose(item, position["of"])
        if "given" in position and position["site"] == "operating":
            return None
        role = str(position["site"])
        return _site_roles(self.language).get(role, role)

    def _whose(self, item: Mapping[str, Any], number: int | None) -> str:
        """The name of the record that a value is taken from."""
        related = item.get("relations", ())
        names = (str(each["name"]) for each in related if each["id"] == number)
        return next(names, "其他" if self.language == "zh" else "Other")


def sheet(
    kinds: Sequence[str], viewer: Viewer, names: Names, *, language: str, with_geometry: bool
) -> Sheet:
    """The sheet for these kinds (none: all), with the columns this viewer may see."""
    chosen = [each for each in KINDS.values() if not kinds or each.name in kinds]
    chosen = [each for each in chosen if viewer.can_see(each.visibility)]
    fields: dict[str, Field] = {}
    for each in _in_order(chosen, viewer):
        fields.setdefault(each.name, each)
    columns = _fixed_columns(language, with_geometry)
    places: dict[str, int] = {}
    taken = {column.header.casefold() for column in columns}
    for name, each in fields.items():
        header = _free_header(_header(each, language), taken, chosen, name, language)
        taken.add(header.casefold())
        places[name] = len(columns)
        columns.append(Column(header, _TYPES.get(each.type, ValueType.TEXT), each.scale))
    plans = {
        kind.name: {
            each.name: (places[each.name], _convert(each, _names(each, names, language)))
            for each in _in_order([kind], viewer)
        }
        for kind in chosen
    }
    return Sheet(tuple(columns), plans, language, with_geometry)


def _in_order(kinds: Sequence[Kind], viewer: Viewer) -> list[Field]:
    common = [each for each in COMMON if each.name not in _OWN_COLUMNS]
    first = [each for each in common if each.name in _FIRST]
    rest = [each for each in common if each.name not in _FIRST]
    own = [each for kind in kinds for each in kind.fields]
    return [each for each in (*first, *own, *rest) if viewer.can_see(each.visibility)]


def _fixed_columns(language: str, with_geometry: bool) -> list[Column]:
    is_zh = language == "zh"
    columns = [
        Column("编号" if is_zh else "Number", ValueType.INTEGER),
        Column(KIND_HEADERS[0 if is_zh else 1]),
        Column("经度" if is_zh else "Longitude", ValueType.DECIMAL, 9),
        Column("纬度" if is_zh else "Latitude", ValueType.DECIMAL, 9),
        Column("坐标系" if is_zh else "Coordinate system"),
        *(Column(each.zh if is_zh else each.en) for each in (POSITION, TOWN)),
    ]
    if with_geometry:
        columns.append(Column("geometry", ValueType.GEOMETRY))
    return columns


def _header(each: Field, language: str) -> str:
    if language == "zh":
        return each.header
    return f"{each.en} ({each.unit_en})" if each.unit_en else each.en


def _free_header(
    header: str, taken: set[str], kinds: Sequence[Kind], name: str, language: str
) -> str:
    if header.casefold() not in taken:
        return header
    owner = next((kind for kind in kinds if name in kind.by_name), None)
    return f"{header}（{owner.label(language)}）" if owner else f"{header}（{name}）"


def _names(each: Field, names: Names, language: str) -> Mapping[str, str]:
    """Code → its name: of the facet where there is one, else of the declaration."""
    declared = {c.code: c.zh if language == "zh" else c.en for c in each.choices}
    return names.get(each.name) or declared


def _convert(each: Field, names: Mapping[str, str]) -> Convert:
    """How a value of the payload becomes a cell; codes become their names."""
    if each.type is FieldType.DECIMAL:
        quantum = Decimal(1).scaleb(-each.scale)
        return lambda value: Decimal(str(value)).quantize(quantum)
    if each.type is FieldType.INTEGER:
        return int
    if each.type is FieldType.DATE:
        return date.fromisoformat
    if each.type is FieldType.BOOLEAN:
        return bool
    return lambda value: names.get(value, value) if type(value) is str else _text(value, names)


def _text(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return _SEPARATOR.join(_text(each, names) for each in value)
    if isinstance(value, dict):
        return str(value.get("name") or value.get("id") or "")
    return str(value)


@cache
def _site_roles(language: str) -> Mapping[str, str]:
    return {each.code: each.zh if language == "zh" else each.en for each in choices("site_role")}


@dataclass(frozen=True, slots=True)
class _PartPlan:
    """Which columns show what stands beside a record's own values.

    Attributes:
        parties: role of a relation → the columns that name its parties.
        names: kind of a name → the columns that hold such names.
        sites: column, role of a site, and what of that site.
    """

    parties: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    sites: tuple[tuple[str, str, str], ...]


@cache
def _part_plan(kind: str) -> _PartPlan:
    parties: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    sites = []
    for each in (*COMMON, *KINDS[kind].fields):
        if not each.role:
            continue
        if each.type in (FieldType.PARTY, FieldType.PARTIES):
            parties[each.role] = (*parties.get(each.role, ()), each.name)
        elif each.type is FieldType.TEXTS:
            names[each.role] = (*names.get(each.role, ()), each.name)
        else:
            sites.append((each.name, each.role, each.name.removeprefix(f"{each.role}_")))
    return _PartPlan(parties, names, tuple(sites))


@cache
def _site_longitudes(kind: str) -> tuple[str, ...]:
    """The columns that say where the sites of a record are."""
    return tuple(column for column, _, part in _part_plan(kind).sites if part == "longitude")


def _parts(kind: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside the record's own values: parties by role, names, sites."""
    plan = _part_plan(kind)
    found: dict[str, Any] = {}
    for one in item.get("relations", ()):
        for column in plan.parties.get(one["role"], ()):
            found.setdefault(column, []).append(one["name"])
    for one in item.get("names", ()):
        for column in plan.names.get(one["kind"], ()):
            found.setdefault(column, []).append(one["text"])
    if item.get("sites"):
        # Of two of one role the first.
        sites = {one["role"]: one for one in reversed(item["sites"])}
        for column, role, part in plan.sites:
            found[column] = sites[role].get(part) if role in sites else None
    return found


def _source(item: Mapping[str, Any], language: str) -> dict[str, Any]:
    """All sources of a row, the latest first, and the day of the latest; the API has them apart.

    They are as long together as a source may be; what does not fit is counted.
    """
    sources: Mapping[str, Mapping[str, Any]] = item["sources"]
    if len(sources) == 1:
        (only,) = sources.values()
        return {"source": only["title"], "source_date": only["date"]}
    by_title = sorted(sources.values(), key=lambda each: str(each["title"]))
    latest = sorted(by_title, key=lambda each: each["date"] or "", reverse=True)
    titles = list(dict.fromkeys(each["title"] for each in latest))
    day = latest[0]["date"] if latest else None
    return {"source": _in_one_cell(titles, language), "source_date": day}


def _in_one_cell(titles: Sequence[str], language: str) -> str:
    text = _SEPARATOR.join(titles)
    for left in range(1, len(titles)):
        if len(text) <= _LONGEST_SOURCE:
            break
        more = f"等 {len(titles)} 项" if language == "zh" else f"and {left} more"
        text = _SEPARATOR.join([*titles[:-left], more])
    return text


def _decimal(degrees: float) -> Decimal:
    return Decimal(f"{degrees:.9f}")


def _point(longitude: float, latitude: float) -> bytes:
    return struct.pack("<BIdd", 1, 1, longitude, latitude)
