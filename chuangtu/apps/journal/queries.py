"""Reading the journal and the outbox."""

from __future__ import annotations

from collections.abc import Iterator

from chuangtu.apps.journal.facts import digest
from chuangtu.apps.journal.models import Entry, Head, Outbox


def list_of_row(*, table: str, row: str, limit: int = 200) -> list[Entry]:
    """The changes of one row, newest first."""
    return list(Entry.objects.filter(table=table, row=row).order_by("-id")[:limit])


def list_of_act(*, act: str) -> Iterator[Entry]:
    """The changes of one act, in the order they were made."""
    return Entry.objects.filter(act=act).order_by("id").iterator(chunk_size=2_000)


def last_sequence() -> int:
    """The newest outbox line's number; 0 when there is none."""
    head = Head.objects.filter(pk=1).values_list("last_sequence", flat=True).first()
    return head or 0


def changed_since(sequence: int) -> tuple[list[int], int]:
    """The records changed after `sequence`, each once, and the newest number among them."""
    rows = list(
        Outbox.objects.filter(sequence__gt=sequence)
        .order_by("sequence")
        .values_list("resource", "sequence")
    )
    newest = rows[-1][1] if rows else sequence
    return list(dict.fromkeys(resource for resource, _ in rows)), newest


def find_broken() -> Entry | None:
    """The first line whose hash does not follow from its content and the line before."""
    previous = "0" * 64
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2_000):
        if entry.previous_hash != previous or entry.hash != digest(entry):
            return entry
        previous = entry.hash
    return None
