"""Records that bear a name made of somebody else's: earlier versions left some behind."""

from __future__ import annotations

from collections.abc import Iterator

from chuangtu.apps.registry.facts.deriving import DERIVING
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.payload import naming_roles
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Name, Relation, Resource

_BATCH = 2_000
_BETWEEN = " · "


def list_misnamed(limit: int = 20) -> list[int]:
    """Numbers of records named after a party that they do not have (any more), lowest first.

    A name that is not that of any registered party is taken for one that somebody gave.
    """
    found: list[int] = []
    for kind in DERIVING:
        for some in _batches(kind):
            found += _misnamed(kind, some)
            if len(found) >= limit:
                return sorted(found[:limit])
    return sorted(found)


def _batches(kind: str) -> Iterator[dict[int, str]]:
    last = 0
    named = Resource.objects.filter(kind=kind, has_derived_name=False, name__contains=_BETWEEN)
    while rows := list(
        named.filter(id__gt=last).order_by("id").values_list("id", "name")[:_BATCH]
    ):
        last = rows[-1][0]
        yield dict(rows)


def _misnamed(kind: str, names: dict[int, str]) -> list[int]:
    labels = {
        choice.zh for name in KINDS[kind].name_from for choice in KINDS[kind].by_name[name].choices
    }
    split = {number: name.rpartition(_BETWEEN) for number, name in names.items()}
    parties = {n: name_key(party) for n, (party, _, label) in split.items() if label in labels}
    related = Relation.objects.filter(subject_id__in=parties, role__in=naming_roles(kind))
    for number, key in related.values_list("subject_id", "object__name_key"):
        if parties.get(number) == key:
            del parties[number]
    keys = set(parties.values())
    known = set(Resource.objects.filter(name_key__in=keys).values_list("name_key", flat=True))
    known |= set(Name.objects.filter(text_key__in=keys).values_list("text_key", flat=True))
    return [number for number, key in parties.items() if key in known]
