"""A register of random records, written as an import writes them, from the declarations alone.

Every kind, every field, every visibility; some records without position, some without a day.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import shapely
from shapely import to_geojson

from chuangtu.apps.places.actions import init_district, save_area
from chuangtu.apps.registry.actions import apply_rows, change, create, remove
from chuangtu.apps.registry.kinds import KINDS, all_fields
from chuangtu.apps.registry.queries import iter_published, published
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.kind import FieldType

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = date(2026, 3, 1)
SIGNS = "上海闵行莘庄紫竹智能科技机器人航天生物医药创新研究材料"
TOWNS = ("310112001", "310112101", "310112102", "310112103", "310112106", "310112107")
SQUARE = "[[[121.40,31.05],[121.48,31.05],[121.48,31.12],[121.40,31.12],[121.40,31.05]]]"
DRAWN_TOWNS = {
    "310112101": (121.36, 31.00, 121.43, 31.12),
    "310112102": (121.43, 31.00, 121.50, 31.12),
    "310112103": (121.41, 31.08, 121.46, 31.16),
}
"""Towns with a border: two that touch, and one drawn so coarsely that it overlaps both."""
_NOT_DRAWN = {"longitude", "latitude", "crs", "precision", "visibility", "source", "source_date"}
_NOT_DRAWN |= {"is_example", "valid_until"}
_NOT_DRAWN |= {
    f"{site}_{part}"
    for site in ("registered", "laboratory", "plant")
    for part in ("longitude", "latitude")
}


def district() -> None:
    """Minhang with its towns, and one zone with a shape."""
    init_district(code="310112", by="test", at=AT)
    save_area(
        code="zone:square",
        values={
            "kind": "zone",
            "name": "方块园区",
            "name_en": "Square Zone",
            "region_id": "310112",
            "geometry": f'{{"type":"Polygon","coordinates":{SQUARE}}}',
            "source": "测试",
            "source_date": DAY,
        },
        act="test-areas",
        by="test",
        at=AT,
    )


def draw_towns() -> None:
    """Give some towns a border, as `chuangtu init --areas` does."""
    for code, box in DRAWN_TOWNS.items():
        values = {"geometry": to_geojson(shapely.box(*box))}
        save_area(code=code, values=values, act="test-towns", by="test", at=AT)


def fill(rng: random.Random, each_kind: int, *, act: str = "first") -> None:
    """Write so many new records of every kind."""
    names = [_name(rng, f"{act}{n}") for n in range(each_kind)]
    for kind in KINDS:
        rows = [_row(rng, kind, f"{act}{n}", names) for n in range(each_kind)]
        write(kind, rows, act=f"{act}-{kind}")


def write(kind: str, rows: list[dict], *, act: str):
    """Write rows of one kind as one act; rows that are refused are left out."""
    return apply_rows(
        kind=kind,
        rows=rows,
        source="测试名录",
        source_date=DAY,
        act=act,
        by="test",
        at=AT,
        creates_parties=True,
        is_strict=False,
    )


def add(kind: str, **values) -> int:
    """Write one record by hand; give its number."""
    return create(kind=kind, values=values, source="测试", source_date=DAY, by="test", at=AT)


def _row(rng: random.Random, kind: str, mark: str, names: list[str]) -> dict:
    number = int("".join(filter(str.isdigit, mark)) or 0)
    row = {}
    for field in all_fields(kind):
        drawn = field.name not in _NOT_DRAWN and (field.required or rng.random() < 0.6)
        value = _value(rng, field, names, kind) if drawn else None
        if value is not None:
            row[field.name] = value
    row["name"] = names[number] if kind == "organization" else _name(rng, f"{kind}{mark}")
    if "certificate_number" in row:
        row["certificate_number"] = f"GR{mark}"
    if rng.random() < 0.4:
        row["valid_until"] = date(2012, 1, 1) + timedelta(rng.randrange(6_000))
    if rng.random() < 0.8:
        row["longitude"] = Decimal(str(round(rng.gauss(121.42, 0.04), 6)))
        row["latitude"] = Decimal(str(round(rng.gauss(31.09, 0.04), 6)))
        row["crs"] = "wgs84"
    row["visibility"] = rng.choices(["public", "internal", "restricted"], [6, 2, 2])[0]
    row["is_example"] = rng.random() < 0.5
    return row


def _name(rng: random.Random, mark: str) -> str:
    return "".join(rng.choice(SIGNS) for _ in range(rng.randint(4, 12))) + mark


def _value(rng, field, names, kind):
    draw = _DRAWERS.get(field.type)
    return draw(rng, field, names, kind) if draw else None


def _codes(rng, field, names, kind):
    return [each.code for each in rng.sample(field.choices, min(2, len(field.choices)))]


def _date(rng, field, names, kind):
    # What ends a record comes after what starts it.
    first = date(2012, 1, 1) if field.name in KINDS[kind].ends else date(1996, 1, 1)
    return first + timedelta(rng.randrange(5_500))


def _party(rng, field, names, kind):
    return rng.choice(names) if field.of == "organization" else None


def _number(rng, field, names, kind):
    low = field.minimum if field.minimum is not None else Decimal(0)
    high = min(field.maximum if field.maximum is not None else Decimal(10**6), low + 10**6)
    value = low + (high - low) * Decimal(rng.randrange(1001)) / 1000
    return int(value) if field.type is FieldType.INTEGER else round(value, field.scale)


_DRAWERS = {
    FieldType.TEXT: lambda rng, *_: _name(rng, str(rng.randrange(1000))),
    FieldType.LONG_TEXT: lambda rng, *_: _name(rng, str(rng.randrange(1000))),
    FieldType.TEXTS: lambda rng, *_: [_name(rng, "") for _ in range(rng.randint(1, 2))],
    FieldType.CODE: lambda rng, field, *_: rng.choice(field.choices).code,
    FieldType.CODES: _codes,
    FieldType.BOOLEAN: lambda rng, *_: rng.random() < 0.5,
    FieldType.DATE: _date,
    FieldType.TOWN: lambda rng, *_: rng.choice(TOWNS),
    FieldType.PARTY: _party,
    FieldType.PARTIES: _party,
    FieldType.INTEGER: _number,
    FieldType.DECIMAL: _number,
}


def changed_register(each_kind: int = 30) -> None:
    """A register with a published version, and changes since: new, changed and gone records."""
    rng = random.Random(310_112)
    district()
    draw_towns()
    fill(rng, each_kind)
    publish(at=AT)
    fill(rng, each_kind // 6, act="later")
    again = [_row(rng, "patent", f"first{n}", ["甲"]) for n in range(5)]
    write("patent", again, act="again")
    patents = [row for chunk in iter_published(500) for row in chunk if row.kind == "patent"]
    for gone, hidden in zip(patents[:5], patents[5:10], strict=True):
        drop(gone.id)
        alter(hidden.id, visibility="restricted")


def drop(number: int) -> None:
    """Remove a record."""
    remove(id=number, version=_version(number), by="test", at=AT)


def alter(number: int, *, by: str = "test", **values) -> None:
    """Change some values of a record."""
    change(
        id=number,
        values=values,
        version=_version(number),
        source="测试更正",
        source_date=DAY,
        by=by,
        at=AT,
    )


def _version(number: int) -> int:
    (row,) = published([number])
    return row.payload["version"]
