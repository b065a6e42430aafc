"""Records with an address and without a position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Resource, Site
from chuangtu.apps.registry.resolve.states import visible_ids
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import Viewer

_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Unlocated:
    """A record that waits to be placed; `address` is its own, else that of its registered site."""

    id: int
    kind: str
    name: str
    address: str
    town: str
    version: int


def list_unlocated(viewer: Viewer, *, after: int = 0, limit: int = 20) -> list[Unlocated]:
    """Records to be placed with a number above `after`, as far as the viewer sees them."""
    found: list[Unlocated] = []
    while len(found) < limit:
        rows = list(
            _waiting(viewer)
            .filter(id__gt=after)
            .order_by("id")
            .values_list("id", "kind", "name", "address", "town", "version")[:_LOOKED_AT]
        )
        there = visible_ids([each[0] for each in rows], viewer)
        elsewhere = _registered([each[0] for each in rows if each[0] in there and not each[3]])
        found += [
            Unlocated(number, kind, name, address or elsewhere.get(number, ""), town, version)
            for number, kind, name, address, town, version in rows
            if number in there
        ]
        if len(rows) < _LOOKED_AT:
            break
        after = rows[-1][0]
    return found[:limit]


def get_unlocated(number: int, viewer: Viewer) -> Unlocated:
    """One record that waits to be placed.

    Raises:
        NotVisibleError: it has a position, no address, or is not there for this viewer.
    """
    found = list_unlocated(viewer, after=number - 1, limit=1)
    if not found or found[0].id != number:
        raise NotVisibleError(
            "这条记录不在待定位之列：已有位置、没有地址，或您无权查看。请回到列表。",
            "This record does not wait to be placed: it has a position, no address, or is not"
            " yours to see. Go back to the list.",
        )
    return found[0]


def count_unlocated(viewer: Viewer) -> int:
    """How many records wait to be placed; of those named after a hidden one all are counted."""
    return _waiting(viewer).count()


def _waiting(viewer: Viewer) -> Any:
    kinds = [each.name for each in KINDS.values() if viewer.can_see(each.visibility)]
    sites = Site.objects.filter(resource=OuterRef("pk"), role="registered")
    return Resource.objects.filter(
        ~Q(address="") | Exists(sites.exclude(address="")),
        longitude__isnull=True,
        kind__in=kinds,
        visibility__lte=viewer.sees,
    )


def _registered(numbers: list[int]) -> dict[int, str]:
    sites = Site.objects.filter(resource_id__in=numbers, role="registered").exclude(address="")
    return dict(sites.values_list("resource_id", "address"))
