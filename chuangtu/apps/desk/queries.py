"""A record as its form needs it: the values as texts, parties by their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chuangtu.apps.desk.facts import JOINER, written
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.kinds import all_fields
from chuangtu.apps.registry.queries import Record
from chuangtu.terms.kind import Field, FieldType
from chuangtu.terms.viewer import Viewer

ABOUT_SOURCE = ("source", "source_date")


@dataclass(frozen=True, slots=True)
class Editable:
    """A record and what stands in the boxes of its form."""

    record: Record
    values: dict[str, str]


def list_fields(kind: str, viewer: Viewer) -> list[Field]:
    """What a person may fill in; the source of a change is asked for apart."""
    return [
        each
        for each in all_fields(kind)
        if viewer.can_see(each.visibility) and each.name not in ABOUT_SOURCE
    ]


def get_editable(number: int, viewer: Viewer) -> Editable:
    """One record for its form.

    Raises:
        NotVisibleError: there is none for this viewer.
    """
    record = registry.get_record(number, viewer)
    values = {
        field.name: _party_names(record, field)
        if field.type in (FieldType.PARTY, FieldType.PARTIES)
        else written(field, record.values.get(field.name))
        for field in list_fields(record.kind, viewer)
    }
    return Editable(record, values)


def _party_names(record: Record, field: Field) -> str:
    names: Sequence[str] = [each.name for each in record.relations if each.role == field.role]
    return JOINER.join(names)
