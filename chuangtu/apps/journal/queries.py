"""Reading the journal and the outbox."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef

from chuangtu.apps.journal.facts import UNDO, digest
from chuangtu.apps.journal.models import Entry, Head, Outbox

_AT_ONCE = 10_000
"""Numbers handed to the database in one question."""


def list_of_row(*, table: str, row: str, limit: int = 200) -> list[Entry]:
    """The changes of one row, newest first."""
    return list(Entry.objects.filter(table=table, row=row).order_by("-id")[:limit])


def last_lines(*, table: str, rows: Collection[str]) -> list[Entry]:
    """The newest change of each of these rows; a row that never changed has none."""
    of_them = Entry.objects.filter(table=table, row__in=rows).order_by()
    newest = of_them.values("row").annotate(newest=Max("id")).values("newest")
    return list(Entry.objects.filter(id__in=newest))


def rows_of(*, table: str) -> set[str]:
    """All rows of a table that ever changed, those that are gone too."""
    return set(
        Entry.objects.filter(table=table).order_by().values_list("row", flat=True).distinct()
    )


def list_of_act(*, act: str) -> Iterator[Entry]:
    """The changes of one act, in the order they were made."""
    return Entry.objects.filter(act=act).order_by("id").iterator(chunk_size=2_000)


def tables_of_act(*, act: str) -> set[str]:
    """The tables whose rows an act changed."""
    return set(Entry.objects.filter(act=act).order_by().values_list("table", flat=True).distinct())


def list_standing_after(*, act: str, limit: int = 20) -> list[Entry]:
    """Changes made after an act on the rows it changed, that were not undone since.

    An act and its undoing (`undo:` and the act's name) cancel each other.
    """
    first = Entry.objects.filter(act=act).order_by("id").values_list("id", flat=True).first()
    if first is None:
        return []
    same_row = Entry.objects.filter(
        act=act, table=OuterRef("table"), row=OuterRef("row"), id__lt=OuterRef("id")
    )
    later = Entry.objects.filter(id__gt=first).exclude(act=act).filter(Exists(same_row))
    acts = set(later.order_by().values_list("act", flat=True).distinct())
    standing = {
        each
        for each in acts
        if UNDO + each not in acts and not (each.startswith(UNDO) and each[len(UNDO) :] in acts)
    }
    return list(later.filter(act__in=standing).order_by("id")[:limit])


def was_undone(*, act: str) -> bool:
    """Say whether the act was undone and its undoing still stands."""
    undoing = UNDO + act
    return Entry.objects.filter(act=undoing).exists() and not was_undone(act=undoing)


def last_sequence() -> int:
    """The newest outbox line's number; 0 when there is none."""
    head = Head.objects.filter(pk=1).values_list("last_sequence", flat=True).first()
    return head or 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a moment.

    Attributes:
        resources: the records, each once.
        sequence: the newest outbox line among them.
        at: when that line was written; None where nothing changed.
    """

    resources: list[int]
    sequence: int
    at: datetime | None


def changed_since(sequence: int, until: int | None = None) -> Changes:
    """The records changed after `sequence`, up to `until`."""
    lines = Outbox.objects.filter(sequence__gt=sequence)
    rows = list(
        (lines if until is None else lines.filter(sequence__lte=until))
        .order_by("sequence")
        .values_list("resource", "sequence", "at")
    )
    _, newest, at = rows[-1] if rows else (0, sequence, None)
    return Changes(list(dict.fromkeys(resource for resource, _, _ in rows)), newest, at)


def list_changed_among(resources: Sequence[int], since: int, until: int) -> list[int]:
    """Those of these records that changed after `since`, up to `until`."""
    lines = Outbox.objects.filter(sequence__gt=since, sequence__lte=until).order_by()
    found: set[int] = set()
    for start in range(0, len(resources), _AT_ONCE):
        some = lines.filter(resource__in=resources[start : start + _AT_ONCE])
        found.update(some.values_list("resource", flat=True))
    return sorted(found)


def last_entry() -> tuple[int, str]:
    """Number and hash of the newest line, which stand for all before it; 0 where there is none."""
    found = Entry.objects.order_by("-id").values_list("id", "hash").first()
    return found or (0, "")


def holds(*, entry: int, hashed: str) -> bool:
    """Say whether the line of this number is there and is the one of this hash."""
    return Entry.objects.filter(pk=entry, hash=hashed).exists()


def is_quiet_since(entry: int, hashed: str, *, apart_from: str) -> bool:
    """Say whether no line was written since this one, but those about one table."""
    later = Entry.objects.filter(pk__gt=entry).exclude(table=apart_from)
    return (entry == 0 or holds(entry=entry, hashed=hashed)) and not later.exists()


def last_line_of(table: str) -> int:
    """The number of the newest line about any row of a table; 0 when there is none."""
    return Entry.objects.filter(table=table).aggregate(newest=Max("id"))["newest"] or 0


def find_broken() -> Entry | None:
    """The first line whose hash does not follow from its content and the line before."""
    previous = "0" * 64
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2_000):
        if entry.previous_hash != previous or entry.hash != digest(entry):
            return entry
        previous = entry.hash
    return None


def is_head_right() -> bool:
    """Say whether the one head is there and holds the last line's hash; none is due without lines.

    The chain alone cannot tell that its last lines were removed.
    """
    heads = list(Head.objects.values_list("pk", "last_hash")[:2])
    last = Entry.objects.order_by("-id").values_list("hash", flat=True).first()
    if last is None:
        return heads in ([], [(1, "0" * 64)])
    return heads == [(1, last)]
