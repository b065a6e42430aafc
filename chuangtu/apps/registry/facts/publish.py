"""A record's columns → the plain values that readers see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.naming import name_order
from chuangtu.apps.registry.facts.payload import Whole, naming_roles, payload_of, roles_of
from chuangtu.apps.registry.facts.specs import LISTED, NUMERIC, SECTION, SINGLE
from chuangtu.apps.registry.facts.state import common_fields, stored_fields
from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.rulebook.lists import industry
from chuangtu.terms.kind import Field, FieldType
from chuangtu.terms.viewer import Visibility


@dataclass(frozen=True, slots=True)
class Document:
    """Searchable text that one class of viewers sees beside what wider classes see."""

    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """One record as readers see it, plain values only.

    Attributes:
        id: the number over all kinds.
        kind: name of the kind.
        name: the name it bears.
        longitude: WGS 84, `None` when it has no position.
        latitude: WGS 84.
        visibility: the widest class of viewers that may see it.
        valid_from: holds from this day; `None` is from ever.
        valid_until: no longer holds from this day; `None` is for ever.
        facets: facet → code, `None` when unknown.
        lists: facet of several values → codes; always has `area` (zones, boundaries and, as the
            one town, that of the facet `town`).
        numbers: name → value, `None` when unknown.
        days: name → day, `None` when unknown.
        documents: class → the text it adds to what wider classes find.
        payload: everything to show, JSON: `values` (absent when unknown; decimals are texts, days
            ISO), `names`, `sites`, `relations` (each with the class that may see it), `sources`
            (keys: see `citing`), `position`, `changed_at`, `version`.
        order_keys: `name` (pinyin) and `newest` (last changed first), smaller comes first.
    """

    id: int
    kind: str
    name: str
    longitude: float | None
    latitude: float | None
    visibility: Visibility
    valid_from: date | None
    valid_until: date | None
    facets: dict[str, str | None]
    lists: dict[str, tuple[str, ...]]
    numbers: dict[str, Decimal | None]
    days: dict[str, date | None]
    documents: dict[Visibility, Document]
    payload: dict[str, Any]
    order_keys: dict[str, int]


RESOURCE_COLUMNS = (
    "id",
    "name",
    "name_key",
    "longitude",
    "latitude",
    "precision",
    "placed_by",
    "visibility",
    "starts_on",
    "ends_on",
    "statements",
    "version",
    "changed_at",
    "name_en",
    "description",
    "town",
    "zone",
    "address",
    "url",
    "valid_from",
    "valid_until",
    "is_example",
    "crs",
    "given_longitude",
    "given_latitude",
)
LOCATING = ("exact", "road")
"""Only positions this good say in which area they lie."""


def located(kind: str, whole: Whole) -> tuple[float | None, float | None, str, str, int | None]:
    """Where the record is shown: longitude, latitude, precision, town, and whose place it is."""
    values = whole.values
    x, town = values["longitude"], values["town"]
    if x is not None:
        return x, values["latitude"], values["precision"], town, None
    role, sees = KINDS[kind].located_by, _visibility(kind, whole)
    for each in whole.related:
        if each.role == role and each.longitude is not None and each.visibility <= sees:
            return each.longitude, each.latitude, each.precision, town or each.town, each.id
    return None, None, "none", town, None


def publish(
    kind: str,
    whole: Whole,
    place: tuple[Any, ...],
    areas: tuple[str, ...],
    towns: Collection[str],
    home: str,
    is_outside: bool,
) -> Published:
    """The record as readers see it; `place` is what `located` says, `areas` hold it.

    `towns` are the codes of areas that are towns. The record is `home`'s, the district's, unless
    it names none of its areas and stands outside its boundary.
    """
    values = whole.values
    longitude, latitude, precision, town, placed_by = place
    visibility = _visibility(kind, whole)
    facets, lists = _facets(kind, values)
    counted = town or next((each for each in areas if each in towns), None)
    facets["town"] = counted
    facets["precision"] = precision
    # Where a stated town and the drawn borders differ, the record is counted once, where it says.
    held = {each for each in (*areas, values["zone"]) if each and each not in towns}
    if counted:
        held.add(counted)
    if home and (counted or values["zone"] or not is_outside):
        held.add(home)
    lists["area"] = tuple(sorted(held))
    return Published(
        id=values["id"],
        kind=kind,
        name=values["name"],
        longitude=longitude,
        latitude=latitude,
        visibility=visibility,
        valid_from=values["starts_on"],
        valid_until=values["ends_on"],
        facets=facets,
        lists=lists,
        numbers={n: None if (v := values[n]) is None else Decimal(v) for n in _numbers(kind)},
        days={name: values[name] for name in _days(kind)},
        documents=_documents(kind, visibility, whole),
        payload=payload_of(kind, whole, place),
        order_keys={
            "name": name_order(values["name_key"]),
            "newest": -int(values["changed_at"].timestamp()),
        },
    )


def _visibility(kind: str, whole: Whole) -> Visibility:
    """The widest class that may see the record: never wider than those it is named after."""
    named_after = naming_roles(kind)
    theirs = [each.visibility for each in whole.related if each.role in named_after]
    return Visibility(max(whole.values["visibility"], KINDS[kind].visibility, *theirs))


def _facets(
    kind: str, values: Mapping[str, Any]
) -> tuple[dict[str, str | None], dict[str, tuple[str, ...]]]:
    facets = {name: read(values[column]) for name, column, read in _single_facets(kind)}
    return facets, {name: tuple(values[name]) for name in _list_facets(kind)}


@cache
def _single_facets(kind: str) -> tuple[tuple[str, str, Callable[[Any], str | None]], ...]:
    found: list[tuple[str, str, Callable[[Any], str | None]]] = []
    for field in (*COMMON, *KINDS[kind].fields):
        if not field.facet or field.type not in SINGLE or field.name in ("town", "precision"):
            continue
        if field.type is FieldType.INDUSTRY:
            found.append(
                (field.name, field.name, lambda v: industry().division_of(v) if v else None)
            )
            found.append(
                (
                    field.name + SECTION,
                    field.name,
                    lambda v: industry().section_of(v) if v else None,
                )
            )
        elif field.type is FieldType.BOOLEAN:
            found.append((field.name, field.name, _yes_or_no))
        else:
            found.append((field.name, field.name, lambda v: v or None))
    return tuple(found)


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


@cache
def _list_facets(kind: str) -> tuple[str, ...]:
    return tuple(f.name for f in stored_fields(kind) if f.facet and f.type in LISTED)


@cache
def _numbers(kind: str) -> tuple[str, ...]:
    return tuple(f.name for f in stored_fields(kind) if f.ranged and f.type in NUMERIC)


@cache
def _days(kind: str) -> tuple[str, ...]:
    fields = (*common_fields(), *stored_fields(kind))
    return tuple(f.name for f in fields if f.ranged and f.type is FieldType.DATE)


_NAMES, _TEXTS, _CODES = 0, 1, 2


def _documents(kind: str, visibility: Visibility, whole: Whole) -> dict[Visibility, Document]:
    values = whole.values
    base: tuple[list[str], list[str], list[str]] = ([values["name"]], [], [])
    parts = {int(visibility): base}
    if values["name_en"]:
        base[_NAMES].append(values["name_en"])
    for _, text, _, _, seen_by in whole.names:
        part = parts.setdefault(max(seen_by, visibility), ([], [], []))
        part[_NAMES].append(text)
    for name, place, wanted, texts in _searched(kind):
        value = values[name]
        if value:
            part = parts.setdefault(max(wanted, visibility), ([], [], []))
            part[place].extend(texts(value))
    base[_TEXTS].extend(each[1] for each in whole.sites if each[1])
    roles = roles_of(kind)
    for each in whole.related:
        if each.role in roles:
            part = parts.setdefault(
                max(each.visibility, visibility, roles[each.role]), ([], [], [])
            )
            part[_TEXTS].append(each.name)
    return {
        Visibility(each): Document(tuple(names), tuple(texts), tuple(codes))
        for each, (names, texts, codes) in parts.items()
    }


@cache
def _searched(kind: str) -> tuple[tuple[str, int, int, Callable[[Any], Any]], ...]:
    """Searched columns: name, part of the document, class, and how a value becomes texts."""
    found: list[tuple[str, int, int, Callable[[Any], Any]]] = []
    for field in (*common_fields(), *stored_fields(kind)):
        if field.searched and field.name not in ("name", "name_en"):
            is_code = field.type is FieldType.USCC or field.name.endswith("_number")
            found.append(
                (
                    field.name,
                    _CODES if is_code else _TEXTS,
                    int(field.visibility),
                    _texts_of(field),
                )
            )
    return tuple(found)


def _texts_of(field: Field) -> Callable[[Any], Any]:
    if field.type in (FieldType.CODE, FieldType.CODES):
        labels = {each.code: (each.zh, each.en) for each in field.choices}
        if field.type is FieldType.CODE:
            return lambda code: labels.get(code, (code,))
        return lambda codes: [text for code in codes for text in labels.get(code, (code,))]
    if field.type is FieldType.TEXTS:
        return lambda texts: texts
    return lambda text: (text,)
