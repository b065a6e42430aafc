"""A record as a sheet people read: facts in words, each with its source, places and relations.

Everything comes from the payload the viewer may see, so nothing else can get onto the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chuangtu.apps.registry.kinds import all_fields, kind_of
from chuangtu.apps.registry.telling import Words, choice_words, value_words
from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Choice, Field, FieldType, Kind
from chuangtu.terms.viewer import Viewer

NOT_FACTS = frozenset(
    {"name", "name_en", "longitude", "latitude", "crs", "precision", "is_example", "visibility"}
    | {"source", "source_date"}
)
"""Fields that the head, the map or the sources of the sheet show."""
PARTY_TYPES = (FieldType.PARTY, FieldType.PARTIES)


@dataclass(frozen=True, slots=True)
class Said:
    """One value in words, and where it leads."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field: its values (none: unknown) and the source of what is said."""

    field: Field
    said: tuple[Said, ...]
    source: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the record; `precision` is a code, its words are in `how_well`.

    `of` is the related record whose place it is, where the record has none of its own.
    """

    role: Choice | None
    address: str
    longitude: float | None
    latitude: float | None
    precision: str
    how_well: Choice | None
    given: Mapping[str, Any] | None
    since: str | None
    until: str | None
    of: Tie | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """The other end of a relation."""

    id: int
    kind: Kind
    name: str
    share: str | None
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Ties:
    """The other ends of one role: `is_incoming` where the others name this record."""

    zh: str
    en: str
    is_incoming: bool
    entries: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the record is in force on a day: `code` is valid, ended, coming or undated."""

    code: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on a record's page but its history."""

    id: int
    kind: Kind
    name: str
    name_en: str
    is_example: bool
    visibility: str
    standing: Standing
    facts: tuple[Fact, ...]
    unknown: tuple[Field, ...]
    spots: tuple[Spot, ...]
    ties: tuple[Ties, ...]
    source: Mapping[str, Any] | None
    version: int


def build(
    payload: Mapping[str, Any],
    incoming: Iterable[Mapping[str, Any]],
    areas: Iterable[Choice],
    *,
    viewer: Viewer,
    on: date,
    label: Words,
) -> Sheet:
    """Lay out what a payload holds; `incoming` are relations in which others name the record.

    `label` gives a code's name in the reader's language.
    """
    kind = kind_of(payload["kind"])
    values = payload["values"]
    fields = [
        each
        for each in all_fields(kind.name)
        if each.name not in NOT_FACTS and viewer.can_see(each.visibility)
    ]
    names_of_areas = {each.code: each for each in areas}
    facts, unknown = [], []
    for field in fields:
        if field.type in PARTY_TYPES:
            continue  # told under relations
        said = _said(field, payload, names_of_areas, label)
        if said:
            facts.append(Fact(field, said, _source(payload, field.name)))
        else:
            unknown.append(field)
    return Sheet(
        id=payload["id"],
        kind=kind,
        name=payload["name"],
        name_en=values.get("name_en", ""),
        is_example=bool(values.get("is_example")),
        visibility=values.get("visibility", ""),
        standing=_standing(kind, values, on),
        facts=tuple(facts),
        unknown=tuple(unknown),
        spots=tuple(_spots(payload)),
        ties=(*_outgoing(kind, payload), *_incoming(incoming)),
        source=payload.get("sources", {}).get(""),
        version=payload.get("version", 0),
    )


def _source(payload: Mapping[str, Any], field: str) -> Mapping[str, Any] | None:
    sources = payload.get("sources", {})
    found: Mapping[str, Any] | None = sources.get(field) or sources.get("")
    return found


def _said(
    field: Field, payload: Mapping[str, Any], areas: Mapping[str, Choice], label: Words
) -> tuple[Said, ...]:
    if field.role is not None:
        return tuple(Said(each) for each in _parts(field, payload))
    value = payload["values"].get(field.name)
    if value is None or value == "" or value == []:
        return ()
    if field.type is FieldType.TEXTS:
        return tuple(Said(each) for each in value)
    if field.type is FieldType.CODES:
        return tuple(Said(choice_words(field.choices, each, label)) for each in value)
    if field.type in (FieldType.TOWN, FieldType.AREA):
        area = areas.get(value)
        # One that left the map is no value; it may be hidden from the reader.
        return (Said(label(area), f"/explore?area={value}"),) if area else ()
    if field.type is FieldType.URL:
        return (Said(value, value if value.startswith(("http://", "https://")) else ""),)
    return (Said(value_words(field, value, label)),)


def _parts(field: Field, payload: Mapping[str, Any]) -> list[str]:
    if field.type is FieldType.TEXTS:
        return [each["text"] for each in payload.get("names", []) if each["kind"] == field.role]
    if field.type is FieldType.TEXT:
        sites = payload.get("sites", [])
        return [
            each["address"] for each in sites if each["role"] == field.role and each["address"]
        ]
    return []


def _standing(kind: Kind, values: Mapping[str, Any], on: date) -> Standing:
    starts = [date.fromisoformat(values[each]) for each in kind.starts if values.get(each)]
    ends = [date.fromisoformat(values[each]) for each in kind.ends if values.get(each)]
    first, last = max(starts, default=None), min(ends, default=None)
    if last is not None and last <= on:
        code = "ended"
    elif first is not None and first > on:
        code = "coming"
    else:
        code = "valid" if first is not None or last is not None else "undated"
    return Standing(code, first, last)


def _spots(payload: Mapping[str, Any]) -> Iterable[Spot]:
    position = payload.get("position")
    values = payload["values"]
    if position or values.get("address"):
        place = position or {}
        lender = next(
            (each for each in payload.get("relations", []) if each["id"] == place.get("of")), None
        )
        yield _spot(
            {**place, "role": place.get("site") or "", "address": values.get("address", "")},
            _tie(lender) if lender else None,
        )
    for site in payload.get("sites", []):
        yield _spot(site)


def _spot(site: Mapping[str, Any], of: Tie | None = None) -> Spot:
    precision = site.get("precision") or "none"
    return Spot(
        role=_find(choices("site_role"), site.get("role")),
        address=site.get("address") or "",
        longitude=site.get("longitude"),
        latitude=site.get("latitude"),
        precision=precision,
        how_well=_find(choices("precision"), precision),
        given=site.get("given"),
        since=site.get("since"),
        until=site.get("until"),
        of=of,
    )


def _find(among: Iterable[Choice], code: str | None) -> Choice | None:
    return next((each for each in among if each.code == code), None)


def _outgoing(kind: Kind, payload: Mapping[str, Any]) -> Iterable[Ties]:
    by_role: dict[str, list[Mapping[str, Any]]] = {}
    for each in payload.get("relations", []):
        by_role.setdefault(each["role"], []).append(each)
    for field in kind.fields:
        if field.type in PARTY_TYPES and field.role in by_role:
            entries = tuple(_tie(each) for each in by_role[field.role])
            yield Ties(field.zh, field.en, False, entries)


def _incoming(relations: Iterable[Mapping[str, Any]]) -> Iterable[Ties]:
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in relations:
        groups.setdefault((each["kind"], each["role"]), []).append(each)
    for (kind, role), some in sorted(groups.items(), key=lambda each: kind_of(each[0][0]).code):
        named = next((f for f in kind_of(kind).fields if f.role == role), None)
        declared = kind_of(kind)
        as_zh, as_en = (named.zh, named.en) if named else (role, role)
        yield Ties(
            f"{declared.zh}（作为{as_zh}）",
            f"{declared.en_plural} (as {as_en[:1].lower()}{as_en[1:]})",
            True,
            tuple(_tie(each) for each in some),
        )


def _tie(relation: Mapping[str, Any]) -> Tie:
    return Tie(
        id=relation["id"],
        kind=kind_of(relation["kind"]),
        name=relation["name"],
        share=relation.get("share"),
        since=relation.get("since"),
        until=relation.get("until"),
    )
