"""Whole records in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.deriving import FLAG
from chuangtu.apps.registry.facts.payload import naming_roles
from chuangtu.apps.registry.facts.state import (
    RESOURCE_STATE,
    State,
    as_json,
    name_class,
    read_state,
    stored_fields,
)
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Name, Relation, Resource, Site, detail_model
from chuangtu.terms.viewer import Viewer, Visibility

Held = tuple[int, State]
"""A record's version and state."""


def load_states(kind: str, ids: Collection[int]) -> dict[int, Held]:
    """Version and state of records of one kind; those that do not exist are absent."""
    if not ids:
        return {}
    keys, columns = _columns(kind)
    rows = Resource.objects.filter(kind=kind, id__in=ids).values_list(*columns)
    parts = load_parts(ids)
    found: dict[int, Held] = {}
    for row in rows:
        named = dict(zip(keys, row, strict=True))
        found[row[0]] = (row[1], read_state(kind, named, parts.get(row[0], {})))
    return found


@cache
def _columns(kind: str) -> tuple[Sequence[str], Sequence[str]]:
    own = ["id", "version", "visibility", FLAG, *(column for _, column in RESOURCE_STATE)]
    detail = [each.name for each in stored_fields(kind)]
    table = f"as_{detail_model(kind)._meta.model_name}"
    return [*own, *detail], [*own, *(f"{table}__{each}" for each in detail)]


def visibility_of(row: Resource) -> Visibility:
    """The widest class that may see a record, as readers are told it."""
    named_after = Relation.objects.filter(subject=row, role__in=naming_roles(row.kind))
    classes = [row.visibility, KINDS[row.kind].visibility]
    for visibility, kind in named_after.values_list("object__visibility", "object__kind"):
        classes += [visibility, KINDS[kind].visibility]
    return Visibility(max(classes))


def visible_ids(ids: Collection[int], viewer: Viewer) -> set[int]:
    """Of these records, those that there are for this viewer."""
    known = set(ids)
    if viewer.sees == max(Visibility) or not known:
        return known
    kinds = [each.name for each in KINDS.values() if viewer.can_see(each.visibility)]
    rows = Resource.objects.filter(id__in=known, kind__in=kinds, visibility__lte=viewer.sees)
    there = set(rows.values_list("id", flat=True))
    for kind in kinds:
        if roles := naming_roles(kind):
            named_after = Relation.objects.filter(
                subject_id__in=there,
                subject__kind=kind,
                role__in=roles,
                object__visibility__gt=viewer.sees,
            )
            there -= set(named_after.values_list("subject_id", flat=True))
    return there


def load_parts(ids: Collection[int]) -> dict[int, dict[str, list[Any]]]:
    """Names, sites and relations of records, as they stand in a state."""
    parts: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for resource, *name, visibility in (
        Name.objects.filter(resource_id__in=ids)
        .order_by("resource_id", "id")
        .values_list("resource_id", "kind", "text", "since", "until", "visibility")
    ):
        entry = [as_json(each) for each in name]
        parts[resource]["names"].append([*entry, *name_class(visibility)])
    for resource, *site in (
        Site.objects.filter(resource_id__in=ids)
        .order_by("resource_id", "id")
        .values_list(
            "resource_id",
            "role",
            "address",
            "given_longitude",
            "given_latitude",
            "crs",
            "precision",
            "since",
            "until",
        )
    ):
        role, address, x, y, crs, precision, since, until = site
        parts[resource]["sites"].append(
            [role, address, x, y, crs or None, precision, as_json(since), as_json(until)]
        )
    for resource, *relation in (
        Relation.objects.filter(subject_id__in=ids)
        .order_by("subject_id", "id")
        .values_list("subject_id", "role", "object_id", "share", "since", "until")
    ):
        parts[resource]["relations"].append([as_json(each) for each in relation])
    return parts
