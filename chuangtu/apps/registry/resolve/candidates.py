"""The records that a file's rows may mean, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chuangtu.apps.registry.facts.identity import Key, numbers_in, pivot
from chuangtu.apps.registry.facts.merge import PARTY_TYPES
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Name, Relation, Resource, detail_model
from chuangtu.apps.registry.resolve.states import Held, load_states, visible_ids
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer


@dataclass(frozen=True, slots=True)
class Candidates:
    """The records that some rows may mean.

    Attributes:
        seen: id → version and state of those that there are for the viewer.
        numbers: codes and numbers that a record hidden from the viewer bears: nobody makes a
            second record of them. Names are not among them: a hidden one stays unknown.
    """

    seen: Mapping[int, Held]
    numbers: Collection[Key]


def find_candidates(
    kind: str,
    keys: Iterable[Key],
    also: Collection[int] = (),
    *,
    viewer: Viewer = ADMINISTRATOR,
    locks: bool = False,
) -> Candidates:
    """The records that share a key's pivot with one of these keys, and those of the ids.

    With `locks` those seen stay as they are until the transaction ends.
    """
    wanted: dict[str, set[Any]] = defaultdict(set)
    for key in keys:
        name, value = pivot(kind, key)
        wanted[name].add(value)
    ids: set[int] = set(also)
    for name, values in wanted.items():
        ids |= set(_ids_by(kind, name, values))
    seen = visible_ids(ids, viewer)
    if locks and seen:
        rows = Resource.objects.filter(kind=kind, id__in=seen).order_by("id")
        list(rows.select_for_update().values_list("id", flat=True))
    hidden = load_states(kind, ids - seen).values()
    numbers = {key for _, state in hidden for key in numbers_in(kind, state)}
    return Candidates(load_states(kind, seen), numbers)


def _ids_by(kind: str, name: str, values: set[Any]) -> Iterable[int]:
    if name == "name":
        rows = Resource.objects.filter(kind=kind, name_key__in=values)
        return rows.values_list("id", flat=True)
    field = KINDS[kind].by_name.get(name)
    if field is not None and field.type in PARTY_TYPES:
        parties = {each for value in values for each in value}
        related = Relation.objects.filter(
            subject__kind=kind, role=field.role, object_id__in=parties
        )
        return related.values_list("subject_id", flat=True)
    if field is None:
        common = Resource.objects.filter(kind=kind, **{f"{name}__in": values})
        return common.values_list("id", flat=True)
    rows = detail_model(kind).objects.filter(**{f"{name}__in": values})
    return rows.values_list("resource_id", flat=True)


def former_bearers(kind: str, keys: Collection[str], viewer: Viewer) -> Mapping[str, int]:
    """Name key → a record of the kind that bears or bore it beside its present name."""
    rows = Name.objects.filter(
        resource__kind=kind,
        text_key__in=keys,
        kind__in=("former", "legal"),
        visibility__lte=viewer.sees,
    )
    bearers = dict(rows.values_list("text_key", "resource_id"))
    seen = visible_ids(bearers.values(), viewer)
    return {key: number for key, number in bearers.items() if number in seen}
