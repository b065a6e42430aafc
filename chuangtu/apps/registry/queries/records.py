"""One record with everything that belongs to it, as a viewer may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chuangtu.apps.places import queries as places
from chuangtu.apps.registry.facts.citing import key_of, keys_of_field
from chuangtu.apps.registry.facts.merge import PUBLIC
from chuangtu.apps.registry.facts.payload import name_payload, naming_roles, site_payload
from chuangtu.apps.registry.facts.state import from_json, visibility_of_name
from chuangtu.apps.registry.kinds import KINDS, all_fields
from chuangtu.apps.registry.models import Name, Relation, Resource, Site, Statement
from chuangtu.apps.registry.resolve.states import load_states, visibility_of, visible_ids
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.kind import FieldType
from chuangtu.terms.viewer import Viewer, Visibility


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a value comes from: the document, its day, when it was recorded and by whom.

    `by` is "" for those who do not work here.
    """

    title: str
    url: str
    stated_on: date | None
    recorded_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation, as this record sees the other end, with the source that says so."""

    role: str
    id: int
    kind: str
    name: str
    share: str | None
    since: date | None
    until: date | None
    source: SourceNote | None


@dataclass(frozen=True, slots=True)
class Record:
    """One record as a viewer may see it.

    Attributes:
        id: the number over all kinds.
        kind: name of the kind.
        name: the name it bears.
        version: to be given back with a change.
        values: field → value; unknown fields are absent. PARTY fields give ids, names of TEXTS
            fields texts.
        sources: field → where its value comes from, of several the one told last.
        names: other names: kind, text, since, until.
        sites: sites, the shown one first: role, address, position, precision, since, until.
        relations: records that play a part in this one.
        roles: records in which this one plays a part.
        position: longitude and latitude (WGS 84), `None` without one.
        precision: how well the position is known.
        changed_at: when it was last changed.
    """

    id: int
    kind: str
    name: str
    version: int
    values: Mapping[str, Any]
    sources: Mapping[str, SourceNote]
    names: tuple[Mapping[str, Any], ...]
    sites: tuple[Mapping[str, Any], ...]
    relations: tuple[Link, ...]
    roles: tuple[Link, ...]
    position: tuple[float, float] | None
    precision: str
    changed_at: datetime


MOST_LINKS = 500
"""How many relations each way a record page shows; the rest is a Selection."""


def get_record(number: int, viewer: Viewer) -> Record:
    """One record.

    Raises:
        NotVisibleError: there is none, or this viewer may not see it.
    """
    row = visible_row(number, viewer)
    _, state = load_states(row.kind, [number])[number]
    values = _values(row.kind, state, viewer)
    names = Name.objects.filter(resource=row, visibility__lte=viewer.sees).order_by("id")
    return Record(
        id=row.pk,
        kind=row.kind,
        name=row.name,
        version=row.version,
        values=values,
        sources=_sources(row.kind, state, values, viewer),
        names=tuple(
            name_payload(each)
            for each in names.values_list("kind", "text", "since", "until", "visibility")
        ),
        sites=_sites(row),
        relations=_links(number, viewer, outward=True),
        roles=_links(number, viewer, outward=False),
        position=None
        if row.longitude is None or row.latitude is None
        else (row.longitude, row.latitude),
        precision=row.precision,
        changed_at=row.changed_at,
    )


def names_of(numbers: Iterable[int], viewer: Viewer) -> dict[int, str]:
    """The names of those of the records that there are for this viewer."""
    asked = {each for each in numbers if isinstance(each, int) and 0 < each < 2**63}
    there = Resource.objects.filter(id__in=visible_ids(asked, viewer))
    return dict(there.values_list("id", "name"))


def visible_row(number: int, viewer: Viewer) -> Resource:
    """The row of a record that there is for this viewer, or `NotVisibleError`."""
    row = Resource.objects.filter(id=number).first() if 0 < number < 2**63 else None
    if row is not None and viewer.can_see(visibility_of(row)):
        return row
    raise NotVisibleError(
        f"没有编号为 {number} 的记录，或您无权查看。请检查编号，或登录后再试。",
        f"There is no record {number} for you. Check the number, or sign in and try again.",
    )


def _values(kind: str, state: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    found: dict[str, Any] = {}
    sites = {each[0]: each for each in state.get("sites", ())}
    state = {"visibility": PUBLIC, **state}
    for field in all_fields(kind):
        if not viewer.can_see(field.visibility):
            continue
        value: Any
        if field.type is FieldType.AREA:
            value = _on_map(state.get(field.name))
        elif field.role is None:
            value = from_json(field, state.get(field.name))
        elif field.type in (FieldType.PARTY, FieldType.PARTIES):
            value = tuple(e[1] for e in state.get("relations", ()) if e[0] == field.role)
        elif field.type is FieldType.TEXTS:
            names = (e for e in state.get("names", ()) if e[0] == field.role)
            value = tuple(e[1] for e in names if viewer.can_see(visibility_of_name(e)))
        else:
            place = {"address": 1, "longitude": 2, "latitude": 3}
            site = sites.get(field.role)
            part = field.name.removeprefix(f"{field.role}_")
            value = from_json(field, site[place[part]]) if site else None
        if value not in (None, (), ""):
            found[field.name] = value
    return found


def _on_map(code: str | None) -> str | None:
    """The area, unless it left the map: then it is no value until it is back."""
    return None if code is None or places.left_the_map([code]) else code


def _sources(
    kind: str, state: Mapping[str, Any], values: Mapping[str, Any], viewer: Viewer
) -> dict[str, SourceNote]:
    statements: Mapping[str, int] = state["statements"]
    notes = _notes(statements.values(), viewer)
    lists = _as_listed(state, viewer)
    found = {}
    for field in all_fields(kind):
        if field.name in values:
            keys = keys_of_field(field, lists, statements)
            said = [statements[key] for key in keys if statements.get(key) in notes]
            if said:
                found[field.name] = notes[max(said)]
    return found


def _notes(statements: Iterable[int], viewer: Viewer) -> dict[int, SourceNote]:
    is_officer = viewer.can_see(Visibility.INTERNAL)
    rows = Statement.objects.filter(id__in=set(statements))
    columns: Any = rows.values_list(
        "id", "source__title", "source__url", "stated_on", "recorded_at", "by"
    )
    return {
        number: SourceNote(title, url, stated_on, recorded_at, by if is_officer else "")
        for number, title, url, stated_on, recorded_at, by in columns
    }


def _as_listed(state: Mapping[str, Any], viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """The lists of a state with what tells their entries apart."""
    names = (each for each in state.get("names", ()) if viewer.can_see(visibility_of_name(each)))
    return {
        "names": [{"kind": each[0], "text": each[1]} for each in names],
        "relations": [{"role": each[0], "id": each[1]} for each in state.get("relations", ())],
        "sites": [{"role": each[0], "address": each[1]} for each in state.get("sites", ())],
    }


def _sites(row: Resource) -> tuple[Mapping[str, Any], ...]:
    sites = Site.objects.filter(resource=row).order_by("id")
    listed = [
        site_payload(each)
        for each in sites.values_list(
            "role",
            "address",
            "longitude",
            "latitude",
            "precision",
            "given_longitude",
            "given_latitude",
            "crs",
            "since",
            "until",
        )
    ]
    if row.address or row.given_longitude is not None:
        is_placed = row.placed_by == "operating" and row.given_longitude is not None
        own = (
            "operating",
            row.address,
            row.longitude if is_placed else None,
            row.latitude if is_placed else None,
            row.precision if is_placed else "none",
            row.given_longitude,
            row.given_latitude,
            row.crs,
            None,
            None,
        )
        listed.insert(0, site_payload(own))
    return tuple(listed)


def _links(number: int, viewer: Viewer, *, outward: bool) -> tuple[Link, ...]:
    other = "object" if outward else "subject"
    mine = "subject_id" if outward else "object_id"
    rows = Relation.objects.filter(**{mine: number}).order_by("role", "id")
    hidden, secret = _hidden_roles(viewer), _named_after_hidden(rows, other, viewer)
    columns: Any = rows.values_list(
        "role",
        f"{other}_id",
        f"{other}__kind",
        f"{other}__name",
        "share",
        "since",
        "until",
        f"{other}__visibility",
        "subject__kind",
        "subject__statements",
        "object_id",
    )
    found = []
    for role, id_, kind, name, share, since, until, visibility, subject_kind, *of in columns:
        widest = Visibility(max(visibility, KINDS[kind].visibility))
        is_shown = viewer.can_see(widest) and id_ not in secret
        if is_shown and (subject_kind, role) not in hidden:
            said = None if share is None else f"{share:f}"
            statement = _of_relation(role, of[0], of[1], viewer)
            found.append((statement, (role, id_, kind, name, said, since, until)))
            if len(found) == MOST_LINKS:
                break
    notes = _notes([each for each, _ in found if each is not None], viewer)
    return tuple(Link(*link, source=notes.get(said or 0)) for said, link in found)


def _of_relation(
    role: str, statements: Mapping[str, int], number: int, viewer: Viewer
) -> int | None:
    """The statement of a relation; none where it may be that of a hidden one."""
    key = key_of(statements, ("relations", role, str(number)))
    is_everybodys = key != "relations" or viewer.can_see(Visibility.RESTRICTED)
    return statements.get(key) if is_everybodys else None


def _named_after_hidden(rows: Any, other: str, viewer: Viewer) -> set[int]:
    """Of the records at the other end, those whose name would give a hidden one away."""
    found: set[int] = set()
    for kind in KINDS:
        if naming_roles(kind):
            ends = rows.filter(**{f"{other}__kind": kind}).values(f"{other}_id")
            named_after = Relation.objects.filter(
                subject_id__in=ends,
                role__in=naming_roles(kind),
                object__visibility__gt=viewer.sees,
            )
            found |= set(named_after.values_list("subject_id", flat=True))
    return found


def _hidden_roles(viewer: Viewer) -> set[tuple[str, str | None]]:
    return {
        (kind.name, field.role)
        for kind in KINDS.values()
        for field in kind.fields
        if field.role and not viewer.can_see(field.visibility)
    }
