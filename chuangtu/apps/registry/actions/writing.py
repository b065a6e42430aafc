"""Rows of records in bulk, with a journal line for each record and an outbox line for readers."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Self, TypeVar

import orjson
from django.db import connection

from chuangtu.apps.journal import actions as journal
from chuangtu.apps.journal.rows import insert_rows, new_ids
from chuangtu.apps.registry.actions.areas import Bearers
from chuangtu.apps.registry.actions.renaming import Update, renamed_after
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.position import shown_places, to_wgs84
from chuangtu.apps.registry.facts.state import (
    WRITTEN,
    State,
    detail_row,
    difference,
    resource_row,
    stored_fields,
    visibility_of_name,
)
from chuangtu.apps.registry.models import Name, Relation, Resource, Site, detail_model

TABLE = "registry.resource"
"""The journal's name for a record with all that belongs to it."""
BATCH = 2_000
_SHOWN_ELSEWHERE = frozenset(
    {"name", "visibility", "longitude", "latitude", "crs", "precision", "town", "zone", "sites"}
)
"""What records related to this one show of it."""


@dataclass
class Writer:
    """Writes records of one act; `finish` writes the journal, in the same transaction.

    Journal lines wait in a file: the chain's head is locked only when all rows are written.
    """

    why: str
    act: str
    by: str
    at: datetime
    _also: set[int] = field(default_factory=set)
    _bearers: Bearers = field(default_factory=Bearers)
    _count: int = 0

    def __enter__(self) -> Self:
        # The writer itself is the context of its file.
        self._spool: Any = tempfile.SpooledTemporaryFile(max_size=16_000_000)
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def insert(
        self, kind: str, states: Sequence[State], ids: Sequence[int] | None = None
    ) -> list[int]:
        """Write new records; with `ids`, removed ones return under the number they had."""
        made = list(ids) if ids else new_ids(Resource, len(states))
        rows = zip(made, self._rows(kind, states), strict=True)
        insert_rows(Resource, _COLUMNS, ((number, *row, 1, self.at) for number, row in rows))
        names = [each.name for each in stored_fields(kind)]
        insert_rows(
            detail_model(kind),
            ["resource_id", *names],
            (
                (number, *detail_row(kind, state))
                for number, state in zip(made, states, strict=True)
            ),
        )
        self._write_parts(list(zip(made, states, strict=True)))
        for number, state in zip(made, states, strict=True):
            self._note(number, None, {"kind": kind, **state})
            self._bearers.note(kind, None, state)
        return made

    def update(self, kind: str, updates: Sequence[Update]) -> None:
        """Write the records' new states over the old ones."""
        rows = zip(updates, self._rows(kind, [each.after for each in updates]), strict=True)
        insert_rows(
            Resource,
            _COLUMNS,
            ((each.id, *row, each.version + 1, self.at) for each, row in rows),
            over=True,
        )
        self._update_detail(kind, updates)
        parts = ("names", "sites", "relations")
        moved = [each for each in updates if any(_differs(each, part) for part in parts)]
        for part, model in zip(parts, (Name, Site, Relation), strict=True):
            changed = [each.id for each in moved if _differs(each, part)]
            _delete_parts(model, changed)
            self._write_parts(
                [(each.id, each.after) for each in moved if _differs(each, part)], only=part
            )
        self._touch([each.id for each in updates if _is_shown_elsewhere(each)])
        for each in updates:
            before, after = difference(each.before, each.after)
            self._note(each.id, before, after)
            self._bearers.note(kind, each.before, each.after)
        for named_kind, renamed in renamed_after(updates):
            self.update(named_kind, renamed)

    def delete(self, kind: str, held: Sequence[tuple[int, State]]) -> None:
        """Take records away; nothing that stays may name them."""
        self.note_removed(kind, held)
        self.erase({kind: [number for number, _ in held]})

    def note_removed(self, kind: str, held: Iterable[tuple[int, State]]) -> None:
        """Write down what is about to be erased."""
        for number, state in held:
            self._note(number, {"kind": kind, **state}, None)
            self._bearers.note(kind, state, None)

    def erase(self, by_kind: Mapping[str, Sequence[int]]) -> None:
        """Take the rows of records away, parts first: they may name one another."""
        for ids in by_kind.values():
            for some in in_batches(ids):
                for model in (Name, Site, Relation):
                    _delete_parts(model, some)
        for kind, ids in by_kind.items():
            for some in in_batches(ids):
                detail_model(kind).objects.filter(resource_id__in=some).delete()
                Resource.objects.filter(id__in=some).delete()

    def finish(self) -> int:
        """Write the journal and the outbox; return how many records were written."""
        moved = self._bearers.settle(act=self.act, by=self.by, at=self.at)
        if moved:
            naming = Resource.objects.filter(zone__in=moved)
            self._also.update(naming.values_list("id", flat=True))
        journal.write(
            changes=self._changes(),
            why=self.why,
            act=self.act,
            by=self.by,
            at=self.at,
            also=sorted(self._also),
        )
        return self._count

    def _update_detail(self, kind: str, updates: Sequence[Update]) -> None:
        names = [each.name for each in stored_fields(kind)]
        rows = [
            (each.id, *detail_row(kind, each.after))
            for each in updates
            if detail_row(kind, each.before) != detail_row(kind, each.after)
        ]
        insert_rows(detail_model(kind), ["resource_id", *names], rows, over=True)

    @staticmethod
    def _rows(kind: str, states: Sequence[State]) -> Iterator[tuple[Any, ...]]:
        for state, shown in zip(states, shown_places(states), strict=True):
            yield resource_row(kind, state, shown)

    def _write_parts(self, states: Sequence[tuple[int, State]], only: str | None = None) -> None:
        if only in (None, "names"):
            insert_rows(Name, _NAME_COLUMNS, _names(states))
        if only in (None, "sites"):
            insert_rows(Site, _SITE_COLUMNS, _sites(states))
        if only in (None, "relations"):
            insert_rows(Relation, _RELATION_COLUMNS, _relations(states))

    def _touch(self, ids: Collection[int]) -> None:
        """Records that show something of these must be looked at again."""
        related = Relation.objects.filter(object_id__in=ids)
        self._also.update(related.values_list("subject_id", flat=True))

    def _note(self, number: int, before: State | None, after: State | None) -> None:
        self._spool.write(orjson.dumps([number, before, after]) + b"\n")
        self._count += 1

    def _changes(self) -> Iterator[journal.Change]:
        self._spool.seek(0)
        for line in self._spool:
            number, before, after = orjson.loads(line)
            yield journal.Change(TABLE, str(number), before, after, number)


T = TypeVar("T")


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows, a bounded number at a time, taken as they are needed."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def in_batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids, a bounded number at a time."""
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def lock_register() -> None:
    """One writer of new records at a time: two must not create the same one.

    SQLite has one writer anyway; readers and editors of existing records do not wait.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('chuangtu.registry'))")


def _differs(update: Update, part: str) -> bool:
    return bool(update.before.get(part) != update.after.get(part))


def _is_shown_elsewhere(update: Update) -> bool:
    return any(_differs(update, each) for each in _SHOWN_ELSEWHERE)


def _delete_parts(model: Any, ids: Collection[int]) -> None:
    owner = "subject_id" if model is Relation else "resource_id"
    if ids:
        model.objects.filter(**{f"{owner}__in": ids}).delete()


_COLUMNS = ("id", *WRITTEN, "version", "changed_at")
_NAME_COLUMNS = ("resource_id", "kind", "text", "text_key", "since", "until", "visibility")
_SITE_COLUMNS = (
    "resource_id",
    "role",
    "address",
    "given_longitude",
    "given_latitude",
    "crs",
    "longitude",
    "latitude",
    "precision",
    "since",
    "until",
)
_RELATION_COLUMNS = ("subject_id", "role", "object_id", "share", "since", "until")


def _names(states: Iterable[tuple[int, State]]) -> Iterator[tuple[Any, ...]]:
    for number, state in states:
        for name in state.get("names", ()):
            kind, text, since, until = name[:4]
            seen_by = visibility_of_name(name).value
            yield number, kind, text[:300], name_key(text), since, until, seen_by


def _sites(states: Iterable[tuple[int, State]]) -> list[tuple[Any, ...]]:
    given = [(number, site) for number, state in states for site in state.get("sites", ())]
    positions = to_wgs84([(site[2], site[3], site[4]) for _, site in given])
    made = []
    for (number, site), position in zip(given, positions, strict=True):
        role, address, x, y, crs, precision, since, until = site
        made.append((number, role, address, x, y, crs or "", *position, precision, since, until))
    return made


def _relations(states: Iterable[tuple[int, State]]) -> Iterator[tuple[Any, ...]]:
    for number, state in states:
        for relation in state.get("relations", ()):
            yield (number, *relation)
