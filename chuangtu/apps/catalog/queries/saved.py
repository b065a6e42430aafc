"""The selections a person keeps."""

from __future__ import annotations

from dataclasses import dataclass

from chuangtu.apps.catalog.models import SavedSelection


@dataclass(frozen=True, slots=True)
class Saved:
    """A selection kept by its owner; `query` stands in the explorer's address."""

    number: int
    name: str
    query: str


def list_saved(owner: int) -> list[Saved]:
    """What one person keeps, by name."""
    kept = SavedSelection.objects.filter(owner_id=owner)
    return [Saved(each.pk, each.name, each.query) for each in kept]
