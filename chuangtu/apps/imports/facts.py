"""Declared fields ↔ columns of a file: what a cell should be, and what a row says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import shapely

from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.kinds.borrowed import BORROWED, KIND_HEADERS
from chuangtu.apps.registry.queries import Outcome
from chuangtu.engines.tables.crs import columns_crs
from chuangtu.engines.tables.model import (
    Cell,
    Fault,
    Glance,
    Place,
    Problem,
    Table,
    TableError,
    ValueType,
    Wanted,
)
from chuangtu.engines.tables.parse import parse
from chuangtu.engines.tables.suggest import Target
from chuangtu.engines.tables.template import TemplateColumn, is_example
from chuangtu.engines.tables.units import stated_unit, unit_factor
from chuangtu.terms.kind import Choice, Field, FieldType, Kind

_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
_IDENTIFIERS = frozenset(
    {FieldType.USCC, FieldType.INDUSTRY, FieldType.TOWN, FieldType.AREA}
    | {FieldType.PARTY, FieldType.PARTIES}
)
_CRS_CODES = {
    "EPSG:4326": "wgs84",
    "EPSG:4490": "cgcs2000",
    "GCJ-02": "gcj02",
    "BD-09": "bd09",
}
_DEGREES_OF = ("longitude", "latitude")
MARKS = {each: number for number, each in enumerate(Outcome, start=1)}
"""The small number a preview line of each outcome is found by."""

APPROXIMATE = "road"
"""Precision of a point that stands for a drawn shape."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file.

    Attributes:
        number: counted through all tables, from 0.
        table: index of its table.
        index: its index in the table.
        values: field → value, ready for the register; blanks are absent.
        faults: field → why its cell cannot be used; the field "" is the row as a whole.
        polygon: the area it draws, as WKB in the table's system; `None` for points and lines.
        has_chosen_crs: its position is in the system chosen for the file; it names none itself.
    """

    number: int
    table: int
    index: int
    values: Mapping[str, Any]
    faults: Mapping[str, Fault]
    polygon: bytes | None = None
    has_chosen_crs: bool = False


def targets(kind: Kind, fields: Iterable[Field]) -> list[Target]:
    """What headers may mean; where two fields would do, the one that must be filled in."""
    return [
        Target(
            each.name,
            (each.header, each.zh, each.en, each.name),
            each.aliases,
            is_preferred=each.required and not (each.name == "name" and kind.name_from),
        )
        for each in fields
    ]


def usable(tables: Sequence[Table | Glance]) -> list[int]:
    """The tables that have the same columns as the first: a long list goes over several sheets."""
    first = set(tables[0].headers)
    return [n for n, each in enumerate(tables) if set(each.headers) == first]


def rows(
    tables: Sequence[Table],
    mapping: Mapping[str, str | None],
    fields: Mapping[str, Field],
    kind: Kind,
    crs: str = "",
) -> Iterator[Row]:
    """Every row of the usable tables as it is meant; the template's example is left out.

    `crs` is the system chosen for the file, for columns of degrees in rows that name none.
    """
    number = 0
    for place in usable(tables):
        table = tables[place]
        columns = [
            (n, name, _reader(fields[name], header))
            for n, header in enumerate(table.headers)
            if (name := mapping.get(header))
        ]
        positions, polygons = _positions(table), polygons_of(table)
        heed, chosen = _heeding(table, mapping, kind), crs and chosen_crs(table, crs)
        for index, cells in enumerate(table.rows):
            if not is_example(cells):
                values, faults = _said(cells, columns)
                if positions is not None and "longitude" not in values:
                    _place(positions[index], values, faults, table.file)
                # Asked before the row is heeded: a place that is another's names its system, too.
                is_named = "crs" in values or "crs" in faults
                heed(cells, values, faults)
                has_chosen = bool(chosen) and not is_named and any(map(_is_degree, values))
                if has_chosen:
                    values["crs"] = chosen
                if index in table.broken:
                    faults[""] = table.broken[index]
                area = polygons.get(index)
                yield Row(number, place, index, values, faults, area, has_chosen)
                number += 1


def _place(
    position: Mapping[str, Any], values: dict[str, Any], faults: dict[str, Fault], file: str
) -> None:
    """Lay the position of a row's geometry over its values; a row that contradicts it is wrong."""
    said = values.get("crs")
    values.update(position)
    if not position or said is None or _system(str(said), file) == position["crs"]:
        return
    faults["crs"] = Fault(
        "another_crs",
        f"这一行的坐标系写着“{said}”，与文件中图形的坐标系不同。请改成一致，或删去这一列。",
        f"The row says the coordinate system '{said}', and the file's shapes are in another one."
        " Make them alike, or delete the column.",
    )


def _system(text: str, file: str) -> str | None:
    """The code of a system; `None` where it is none of the four."""
    try:
        return crs_code(text, file)
    except TableError:
        return None


def chosen_crs(table: Table | Glance, crs: str) -> str:
    """The code of the system in which columns of degrees are taken where a row names none.

    Raises:
        TableError: the chosen system is none of the four.
    """
    return _CRS_CODES[table.crs] if table.crs else crs_code(crs, table.file)


def crs_code(crs: str, file: str) -> str:
    """The code of a system that was chosen for a file's columns of degrees.

    Raises:
        TableError: it is none of the four.
    """
    return _CRS_CODES[columns_crs(crs, Place(file))]


def _is_degree(name: str) -> bool:
    return name.endswith(_DEGREES_OF)


def _is_site_degree(name: str) -> bool:
    return _is_degree(name) and name not in _DEGREES_OF


def _heeding(
    table: Table, mapping: Mapping[str, str | None], kind: Kind
) -> Callable[[Sequence[Cell], dict[str, Any], dict[str, Fault]], None]:
    """What an export says of a row besides its fields: whose its place is, of what kind it is."""
    borrowed = [(n, BORROWED[h]) for n, h in enumerate(table.headers) if h in BORROWED]
    kinds = [n for n, h in enumerate(table.headers) if h in KIND_HEADERS and not mapping.get(h)]
    strangers = _strangers(kind) if kinds else {}

    def heed(cells: Sequence[Cell], values: dict[str, Any], faults: dict[str, Fault]) -> None:
        system = {name: values[name] for name in ("crs",) if name in values}
        for column, each in borrowed:
            if cells[column] is not None:
                _leave_out(each.fields, values, faults)
                if "crs" in each.fields and any(map(_is_site_degree, values)):
                    # It is the system of the row's sites as well.
                    values |= system
        for column in kinds:
            if fault := strangers.get(str(cells[column]).strip()):
                faults[""] = fault

    return heed


def _strangers(kind: Kind) -> dict[str, Fault]:
    """What an export writes for each other kind → why such a row is none of this kind."""
    return {
        said: Fault(
            "another_kind",
            f"这一行的种类写着“{said}”，而这次导入的是“{kind.zh}”。"
            f"请另选种类“{each.zh}”导入这一行，或改正种类。",
            f"The row says it is of the kind '{said}', and this import is of '{kind.en}'."
            f" Import it as '{each.en}', or correct its kind.",
        )
        for each in KINDS.values()
        for said in (each.zh, each.en)
        if said not in (kind.zh, kind.en)
    }


def _leave_out(fields: Iterable[str], values: dict[str, Any], faults: dict[str, Fault]) -> None:
    """What a row shows of another record says nothing of its own."""
    for name in fields:
        values.pop(name, None)
        faults.pop(name, None)


def _said(
    cells: Sequence[Cell], columns: Sequence[tuple[int, str, Callable[[Cell], Any]]]
) -> tuple[dict[str, Any], dict[str, Fault]]:
    """What the cells of a row say, and why some cannot be used."""
    values: dict[str, Any] = {}
    faults: dict[str, Fault] = {}
    for column, name, read in columns:
        cell = cells[column]
        if cell is not None:
            value = read(cell)
            if isinstance(value, Fault):
                faults[name] = value
            elif value is not None:
                values[name] = value
    return values, faults


def _reader(field: Field, header: str) -> Callable[[Cell], Any]:
    """How a cell of this field's column is understood before the register judges it."""
    if field.type in _NUMBERS:
        return _number_reader(field, header)
    wanted = {
        FieldType.DATE: Wanted(ValueType.DAY),
        FieldType.BOOLEAN: Wanted(ValueType.BOOLEAN),
    }.get(field.type)
    if wanted is None:
        is_identifier = field.type in _IDENTIFIERS or field.name.endswith(("_number", "_code"))
        wanted = Wanted(ValueType.TEXT, is_identifier=is_identifier, point_after=field.point_after)
    return lambda cell: parse(cell, wanted)


def _number_reader(field: Field, header: str) -> Callable[[Cell], Any]:
    factor = unit_factor(header, field.unit or "")
    if isinstance(factor, Fault):
        return lambda cell: factor
    wanted = Wanted(ValueType.DECIMAL, scale=12, unit=stated_unit(header))

    def read(cell: Cell) -> Any:
        # Written numbers in the field's own unit go on as they are: the register knows it.
        if factor == 1 and isinstance(cell, str):
            return cell
        value = parse(cell, wanted)
        return (value * factor).normalize() if isinstance(value, Decimal) else value

    return read


def _positions(table: Table) -> list[Mapping[str, Any]] | None:
    """Longitude, latitude and system of each row's geometry."""
    if table.geometries is None or table.crs is None:
        return None
    shapes = _shapes(table)
    points = shapely.point_on_surface(shapes)
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points = np.where(is_point, shapes, points)
    # GEOS raises for the ordinates of an empty point; of none at all they are NaN.
    points[shapely.is_empty(points)] = None
    crs = _CRS_CODES[table.crs]
    found: list[Mapping[str, Any]] = []
    for x, y, exact in zip(shapely.get_x(points), shapely.get_y(points), is_point, strict=True):
        if np.isnan(x):
            found.append({})
            continue
        position = {"longitude": Decimal(repr(float(x))), "latitude": Decimal(repr(float(y)))}
        rough = {} if exact else {"precision": APPROXIMATE}
        found.append({**position, "crs": crs, **rough})
    return found


def polygons_of(table: Table) -> dict[int, bytes]:
    """Index of a row → the area it draws, as WKB in the table's system."""
    shapes = _shapes(table)
    areas = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
    drawn = np.isin(shapely.get_type_id(shapes), areas) & ~shapely.is_empty(shapes)
    return {n: wkb for n, wkb in enumerate(table.geometries or ()) if wkb and drawn[n]}


def _shapes(table: Table) -> np.ndarray:
    return shapely.from_wkb(np.array(table.geometries or (), dtype=object))


def place_of(table: Table, index: int, headers: Mapping[str, str], field: str) -> Place:
    """Where a field's value of a row stands; the row itself when it has no column."""
    header = headers.get(field)
    if header is None or header not in table.headers:
        return table.place(index)
    return table.place(index, table.headers.index(header))


def problem_of(place: Place, value: str, zh: str, en: str) -> Problem:
    """What the register says of a value, at its place."""
    return Problem(Fault("register", zh, en), place, value)


def jsonable(value: Any) -> Any:
    """A value as it is kept between reading and writing; reading it again gives the same."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


_TYPES = {
    FieldType.CODE: ValueType.CODE,
    FieldType.TOWN: ValueType.CODE,
    FieldType.AREA: ValueType.CODE,
    FieldType.CODES: ValueType.CODES,
    FieldType.INTEGER: ValueType.INTEGER,
    FieldType.DECIMAL: ValueType.DECIMAL,
    FieldType.DATE: ValueType.DAY,
    FieldType.BOOLEAN: ValueType.BOOLEAN,
}
_EXAMPLES = {
    FieldType.BOOLEAN: "是",
    FieldType.USCC: "91310112MA0000000G",
    FieldType.INDUSTRY: "6510",
    FieldType.URL: "https://www.example.cn",
    FieldType.PARTY: "上海某某科技有限公司",
    FieldType.PARTIES: "上海某某科技有限公司；上海某某大学",
}


_NUMBER_EXAMPLES = {FieldType.INTEGER: ("120", "2015"), FieldType.DECIMAL: ("1234.5", "12.5")}
_DEGREES = {"longitude": "121.415", "latitude": "31.089"}
_LAST_DAYS = ("_until", "_out_on")


def _example(field: Field, choices: Sequence[str]) -> str:
    """A value of the example row, such as the register would take."""
    if field.type in _NUMBERS:
        degrees = _DEGREES.get(field.name.rpartition("_")[2])
        examples = (degrees,) if degrees else _NUMBER_EXAMPLES[field.type]
        return next((each for each in examples if _is_plausible(field, Decimal(each))), "")
    if field.type is FieldType.DATE:
        return "2018-12-31" if field.name.endswith(_LAST_DAYS) else "2015-12-31"
    if field.type is FieldType.TEXT and field.required:
        return "2015001" if field.name.endswith("_number") else "某某"
    return _EXAMPLES.get(field.type) or (choices[0] if choices else "")


def _is_plausible(field: Field, number: Decimal) -> bool:
    is_low = field.minimum is not None and number < field.minimum
    return not is_low and (field.maximum is None or number <= field.maximum)


def template_columns(
    fields: Iterable[Field], towns: Sequence[Choice], areas: Sequence[Choice]
) -> list[TemplateColumn]:
    """The columns of an import template."""
    return [_template_column(each, towns, areas) for each in fields]


def _template_column(
    field: Field, towns: Sequence[Choice], areas: Sequence[Choice]
) -> TemplateColumn:
    offered = {FieldType.TOWN: towns, FieldType.AREA: areas}.get(field.type, field.choices)
    choices = tuple(each.zh for each in offered)
    kind = _TYPES.get(field.type, ValueType.TEXT)
    if field.type in (FieldType.TOWN, FieldType.AREA) and not choices:
        kind = ValueType.TEXT
    return TemplateColumn(
        header=field.header,
        type=kind,
        required=field.required,
        note_zh=field.note_zh,
        note_en=field.note_en,
        choices=choices,
        example=_example(field, choices),
        label_en=field.en,
    )
