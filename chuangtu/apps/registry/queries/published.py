"""The register as readers see it, many records in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from chuangtu.apps.places import queries as places
from chuangtu.apps.registry.facts.payload import Related, Whole
from chuangtu.apps.registry.facts.publish import (
    LOCATING,
    RESOURCE_COLUMNS,
    Published,
    located,
    publish,
)
from chuangtu.apps.registry.facts.state import stored_fields
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import (
    Name,
    Relation,
    Resource,
    Site,
    Statement,
    detail_model,
)

CHUNK = 5_000


def iter_published(chunk: int = CHUNK) -> Iterator[list[Published]]:
    """Every record, kind after kind, in order of id, `chunk` at a time."""
    sources: dict[int, Mapping[str, Any]] = {}
    for kind in KINDS:
        last = 0
        while True:
            rows = _rows(
                kind, Resource.objects.filter(kind=kind, id__gt=last).order_by("id")[:chunk]
            )
            if not rows:
                break
            last = rows[-1]["id"]
            yield _publish(kind, rows, sources)


def published(ids: Collection[int]) -> list[Published]:
    """These records, in no order; those that do not exist any more are absent."""
    found: list[Published] = []
    sources: dict[int, Mapping[str, Any]] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        some = Resource.objects.filter(id__in=wanted[start : start + CHUNK])
        for kind in sorted(set(some.order_by().values_list("kind", flat=True))):
            rows = _rows(kind, some.filter(kind=kind))
            found.extend(_publish(kind, rows, sources))
    return found


def count_all() -> int:
    """How many records there are, whoever asks."""
    return Resource.objects.count()


def _rows(kind: str, records: Any) -> list[dict[str, Any]]:
    keys, columns = _columns(kind)
    return [dict(zip(keys, row, strict=True)) for row in records.values_list(*columns)]


@cache
def _columns(kind: str) -> tuple[Sequence[str], Sequence[str]]:
    detail = [each.name for each in stored_fields(kind)]
    table = f"as_{detail_model(kind)._meta.model_name}"
    return [*RESOURCE_COLUMNS, *detail], [*RESOURCE_COLUMNS, *(f"{table}__{n}" for n in detail)]


def _publish(
    kind: str, rows: list[dict[str, Any]], sources: dict[int, Mapping[str, Any]]
) -> list[Published]:
    ids = [each["id"] for each in rows]
    _leave_out_areas_off_the_map(rows)
    names, sites, related = _names(ids), _sites(ids), _related(ids)
    _learn_sources(rows, sources)
    wholes = [
        Whole(row, names[row["id"]], sites[row["id"]], related[row["id"]], sources) for row in rows
    ]
    spots = [located(kind, each) for each in wholes]
    # A rough position lies in no area: it only stands for the town it was placed by.
    sure = [each[2] in LOCATING for each in spots]
    x = np.array([s[0] if k else np.nan for s, k in zip(spots, sure, strict=True)], dtype=float)
    y = np.array([s[1] if k else np.nan for s, k in zip(spots, sure, strict=True)], dtype=float)
    areas, towns = places.areas_containing(x, y), places.town_codes()
    home = places.get_district()
    code = home.code if home else ""
    outside = places.stands_outside(code, [each[0] for each in spots], [each[1] for each in spots])
    return [
        publish(kind, whole, spot, held, towns, code, is_outside)
        for whole, spot, held, is_outside in zip(wholes, spots, areas, outside, strict=True)
    ]


def _leave_out_areas_off_the_map(rows: list[dict[str, Any]]) -> None:
    """An area that left the map is no value for readers; the record has it back with the area."""
    left = places.left_the_map(row["zone"] for row in rows)
    for row in rows:
        if row["zone"] in left:
            row["zone"] = ""


_NAME_COLUMNS = ("resource_id", "kind", "text", "since", "until", "visibility")


def _names(ids: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = Name.objects.filter(resource_id__in=ids).order_by("id")
    for resource, *name in rows.values_list(*_NAME_COLUMNS):
        found[resource].append(tuple(name))
    return found


def _sites(ids: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = Site.objects.filter(resource_id__in=ids).order_by("id")
    for resource, *site in rows.values_list(
        "resource_id",
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
    ):
        found[resource].append(tuple(site))
    return found


def _related(ids: list[int]) -> dict[int, list[Related]]:
    found: dict[int, list[Related]] = defaultdict(list)
    rows = Relation.objects.filter(subject_id__in=ids).order_by("id")
    columns: Any = rows.values_list(
        "subject_id",
        "role",
        "object_id",
        "object__kind",
        "object__name",
        "object__visibility",
        "object__longitude",
        "object__latitude",
        "object__precision",
        "object__town",
        "share",
        "since",
        "until",
    )
    for subject, *other in columns:
        role, number, kind, name, visibility, *rest = other
        widest = max(visibility, KINDS[kind].visibility)
        found[subject].append(Related(role, number, kind, name, widest, *rest))
    return found


def _learn_sources(rows: list[dict[str, Any]], sources: dict[int, Mapping[str, Any]]) -> None:
    wanted = {each for row in rows for each in row["statements"].values()} - sources.keys()
    if not wanted:
        return
    said = Statement.objects.filter(id__in=wanted)
    for number, title, url, day in said.values_list(
        "id", "source__title", "source__url", "stated_on"
    ):
        sources[number] = {
            "title": title,
            "url": url,
            "date": None if day is None else day.isoformat(),
        }
