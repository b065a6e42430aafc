"""The only way a journal line or an outbox line comes into being."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction

from chuangtu.apps.journal.facts import Line, digest
from chuangtu.apps.journal.models import Entry, Head, Outbox
from chuangtu.apps.journal.rows import insert_rows
from chuangtu.apps.journal.signals import act_lost, act_written

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; `None` before is a new row, `None` after a removed one.

    `resource` is the record of the register that readers must look at again, if there is one.
    Values are JSON: texts, numbers as decimal texts, days in ISO form.
    """

    table: str
    row: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    resource: int | None = None


@transaction.atomic
def write(
    *,
    changes: Iterable[Change],
    why: str,
    act: str,
    by: str,
    at: datetime,
    also: Iterable[int] = (),
) -> int:
    """Append the changes to the chain and the outbox; return how many lines were written.

    `also` are records that did not change but show something that did (a holder's new name).

    Must be called in the transaction that makes the changes: either all of it stays or none.
    The chain's head is locked until that transaction ends, so call it late.
    """
    head = _locked_head()
    written = 0
    for part in _parts(changes):
        _append(head, part, why=why, act=act, by=by, at=at)
        written += len(part)
    _tell(head, dict.fromkeys(also), at)
    head.save(update_fields=["last_hash", "last_sequence"])
    return written


def announce(*, since: int) -> None:
    """Tell that an act is written whole, so that what readers need of it is prepared.

    To be called last in the transaction of an act that may be large; `since` is the newest outbox
    line before it.
    """
    with transaction.atomic():
        head = _locked_head()
        if head.last_sequence > since:
            act_written.send(sender=Head, since=since)


@contextmanager
def withdrawn_if_lost() -> Iterator[None]:
    """Tell if the act inside was not committed: what was prepared of it keeps a full disk full."""
    try:
        yield
    except BaseException:
        # Where that cannot be told now, the next large act takes it away.
        with suppress(DatabaseError), transaction.atomic():
            _locked_head()
            act_lost.send(sender=Head)
        raise


def _locked_head() -> Head:
    Head.objects.get_or_create(pk=1, defaults={"last_hash": "0" * 64})
    return Head.objects.select_for_update().get(pk=1)


def _parts(changes: Iterable[Change]) -> Iterable[Sequence[Change]]:
    part: list[Change] = []
    for change in changes:
        part.append(change)
        if len(part) == BATCH:
            yield part
            part = []
    if part:
        yield part


def _append(
    head: Head, changes: Sequence[Change], *, why: str, act: str, by: str, at: datetime
) -> None:
    lines = []
    touched = dict.fromkeys(c.resource for c in changes if c.resource is not None)
    for each in changes:
        line = Line(
            at, by, why, act, each.table, each.row, each.before, each.after, head.last_hash
        )
        head.last_hash = digest(line)
        lines.append(Line(*line[:-1], head.last_hash))
    insert_rows(Entry, Line._fields, lines)
    _tell(head, touched, at)


def _tell(head: Head, resources: Iterable[int], at: datetime) -> None:
    first = head.last_sequence
    lines = [(first + n, resource, at) for n, resource in enumerate(resources, start=1)]
    insert_rows(Outbox, ("sequence", "resource", "at"), lines)
    head.last_sequence += len(lines)
