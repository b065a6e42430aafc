"""Two records of one kind, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chuangtu.apps.registry.facts.deriving import FLAG
from chuangtu.apps.registry.facts.state import part_seen
from chuangtu.apps.registry.facts.uniting import differences
from chuangtu.apps.registry.kinds import all_fields
from chuangtu.apps.registry.models import Relation
from chuangtu.apps.registry.queries.records import visible_row
from chuangtu.apps.registry.resolve.states import load_states, visible_ids
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import Viewer

_PARTS = ("names", "sites", "relations")


@dataclass(frozen=True, slots=True)
class Beside:
    """What two records say, as far as the viewer may see it.

    Attributes:
        kind: of both.
        versions: of the two.
        values: field or part → what each says, as it stands in a state; absent is `None`.
        differing: fields of which both speak, differently: one of the values has to go.
        parties: those of `differing` that name one record each: its two numbers.
        named_by: how many records name each of them.
    """

    kind: str
    versions: tuple[int, int]
    values: Mapping[str, tuple[Any, Any]]
    differing: frozenset[str]
    parties: Mapping[str, tuple[int, int]]
    named_by: tuple[int, int]


def side_by_side(one: int, other: int, viewer: Viewer) -> Beside:
    """Two records to be compared by a person.

    Raises:
        NotVisibleError: one of them is not there for this viewer, or they are of two kinds.
    """
    kind = visible_row(one, viewer).kind
    visible_row(other, viewer)
    held = load_states(kind, [one, other])
    if len(held) < 2:
        raise NotVisibleError(
            "这两条记录不是同一类，无法比较。请另选。",
            "The two are not records of one kind. Choose others.",
        )
    (version, first), (other_version, second) = held[one], held[other]
    seen = [each.name for each in all_fields(kind) if viewer.can_see(each.visibility)]
    values = {
        name: (part_seen(name, first.get(name), viewer), part_seen(name, second.get(name), viewer))
        for name in (*seen, *_PARTS)
        if name != FLAG and (name in first or name in second)
    }
    found = [
        each for each in differences(kind, first, second) if viewer.can_see(each.field.visibility)
    ]
    return Beside(
        kind=kind,
        versions=(version, other_version),
        values=values,
        differing=frozenset(each.field.name for each in found),
        parties={each.field.name: (each.kept, each.dropped) for each in found if each.field.role},
        named_by=(_count_naming(one, viewer), _count_naming(other, viewer)),
    )


def _count_naming(number: int, viewer: Viewer) -> int:
    naming = Relation.objects.filter(object_id=number).values_list("subject_id", flat=True)
    return len(visible_ids(set(naming), viewer))
