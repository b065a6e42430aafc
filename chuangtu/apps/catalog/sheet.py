"""A record as a sheet people read: facts in words, each with its source, places and relations.

Everything comes from the payload the viewer may see, so nothing else can get onto the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chuangtu.apps.registry.facts.citing import (
    Cited,
    cited_name,
    cited_position,
    cited_relation,
    cited_site,
    key_of,
)
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
Source = Mapping[str, Any]
"""Title, address and day of what says something."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value in words, where it leads, and its source."""

    text: str
    address: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One field: its values (none: unknown) and their source, `None` where each has its own."""

    field: Field
    said: tuple[Said, ...]
    source: Source | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the record; `precision` is a code, its words are in `how_well`.

    `of` is the related record whose place it is, where the record has none of its own. A position
    has a `position_source` where it is not that of the address.
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
    address_source: Source | None = None
    position_source: Source | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """The other end of a relation."""

    id: int
    kind: Kind
    name: str
    share: str | None
    since: str | None
    until: str | None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """The other ends of one role: `is_incoming` where the others name this record.

    `source` is that of all of them, `None` where each has its own.
    """

    zh: str
    en: str
    is_incoming: bool
    entries: tuple[Tie, ...]
    source: Source | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the record is in force on a day: `code` is valid, ended, coming or undated."""

    code: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on a record's page but its history.

    `source` is that of all for which no other is told; `name_source` that of the name, if it has
    its own.
    """

    id: int
    kind: Kind
    name: str
    name_source: Source | None
    name_en: str
    name_en_source: Source | None
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
            facts.append(_fact(field, said))
        else:
            unknown.append(field)
    return Sheet(
        id=payload["id"],
        kind=kind,
        name=payload["name"],
        name_source=payload.get("sources", {}).get("name"),
        name_en=values.get("name_en", ""),
        name_en_source=payload.get("sources", {}).get("name_en"),
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


def _fact(field: Field, said: tuple[Said, ...]) -> Fact:
    if all(each.source == said[0].source for each in said):
        plain = tuple(replace(each, source=None) for each in said)
        return Fact(field, plain, said[0].source)
    return Fact(field, said, None)


def _source(payload: Mapping[str, Any], said: str | Cited) -> Source | None:
    """The source of a field or of one entry of a list."""
    sources = payload.get("sources", {})
    found: Source | None
    if isinstance(said, str):
        found = sources.get(said) or sources.get("")
    else:
        found = sources.get(key_of(sources, said))
    return found


def _said(
    field: Field, payload: Mapping[str, Any], areas: Mapping[str, Choice], label: Words
) -> tuple[Said, ...]:
    if field.role is not None:
        return tuple(_parts(field, payload))
    source = _source(payload, field.name)
    said = _words(field, payload["values"].get(field.name), areas, label)
    return tuple(replace(each, source=source) for each in said)


def _words(
    field: Field, value: Any, areas: Mapping[str, Choice], label: Words
) -> tuple[Said, ...]:
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


def _parts(field: Field, payload: Mapping[str, Any]) -> Iterable[Said]:
    if field.type is FieldType.TEXTS:
        for each in payload.get("names", []):
            if each["kind"] == field.role:
                yield Said(each["text"], source=_source(payload, cited_name(each)))
    elif field.type is FieldType.TEXT:
        for each in payload.get("sites", []):
            if each["role"] == field.role and each["address"]:
                yield Said(each["address"], source=_source(payload, cited_site(each)))


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
            _source(payload, "address"),
            _source_of_position(payload, place),
            _tie(lender) if lender else None,
        )
    for site in payload.get("sites", []):
        of_address = _source(payload, cited_site(site))
        yield _spot(site, of_address, _source(payload, cited_position(site)))


def _source_of_position(payload: Mapping[str, Any], place: Mapping[str, Any]) -> Source | None:
    """The source of the position shown; `None` where it is a related record's."""
    if "given" in place:
        return _source(payload, "longitude")
    sites = (
        each
        for each in payload.get("sites", [])
        if each["role"] == place.get("site") and each["longitude"] is not None
    )
    site = next(sites, None)
    return _source(payload, cited_position(site)) if site else None


def _spot(
    site: Mapping[str, Any],
    of_address: Source | None,
    of_position: Source | None,
    of: Tie | None = None,
) -> Spot:
    address = site.get("address") or ""
    of_address = of_address if address else None
    of_position = None if site.get("longitude") is None else of_position
    precision = site.get("precision") or "none"
    return Spot(
        role=_find(choices("site_role"), site.get("role")),
        address=address,
        longitude=site.get("longitude"),
        latitude=site.get("latitude"),
        precision=precision,
        how_well=_find(choices("precision"), precision),
        given=site.get("given"),
        since=site.get("since"),
        until=site.get("until"),
        of=of,
        address_source=of_address,
        position_source=None if of_position == of_address else of_position,
    )


def _find(among: Iterable[Choice], code: str | None) -> Choice | None:
    return next((each for each in among if each.code == code), None)


def _outgoing(kind: Kind, payload: Mapping[str, Any]) -> Iterable[Ties]:
    by_role: dict[str, list[Mapping[str, Any]]] = {}
    for each in payload.get("relations", []):
        by_role.setdefault(each["role"], []).append(each)
    for field in kind.fields:
        if field.type in PARTY_TYPES and field.role in by_role:
            entries = [
                _tie({**each, "source": _source(payload, cited_relation(each))})
                for each in by_role[field.role]
            ]
            yield _ties(field.zh, field.en, entries, is_incoming=False)


def _incoming(relations: Iterable[Mapping[str, Any]]) -> Iterable[Ties]:
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in relations:
        groups.setdefault((each["kind"], each["role"]), []).append(each)
    for (kind, role), some in sorted(groups.items(), key=lambda each: kind_of(each[0][0]).code):
        named = next((f for f in kind_of(kind).fields if f.role == role), None)
        declared = kind_of(kind)
        as_zh, as_en = (named.zh, named.en) if named else (role, role)
        yield _ties(
            f"{declared.zh}（作为{as_zh}）",
            f"{declared.en_plural} (as {as_en[:1].lower()}{as_en[1:]})",
            [_tie(each) for each in some],
            is_incoming=True,
        )


def _ties(zh: str, en: str, entries: Sequence[Tie], *, is_incoming: bool) -> Ties:
    source = entries[0].source
    if all(each.source == source for each in entries):
        plain = tuple(replace(each, source=None) for each in entries)
        return Ties(zh, en, is_incoming, plain, source)
    return Ties(zh, en, is_incoming, tuple(entries), None)


def _tie(relation: Mapping[str, Any]) -> Tie:
    return Tie(
        id=relation["id"],
        kind=kind_of(relation["kind"]),
        name=relation["name"],
        share=relation.get("share"),
        since=relation.get("since"),
        until=relation.get("until"),
        source=relation.get("source"),
    )
