"""Areas that leave the map with the records they were drawn for, and come back with them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from chuangtu.apps.journal import actions as journal
from chuangtu.apps.journal import queries
from chuangtu.apps.places import facts
from chuangtu.apps.places.actions.keeping import TABLE, keep_area
from chuangtu.apps.places.facts import RESTORE, WITHDRAW
from chuangtu.apps.places.models import Area


@transaction.atomic
def withdraw(
    *, codes: Collection[str], kinds: Collection[str], act: str, by: str, at: datetime
) -> int:
    """Take these areas off the map; return how many were there. Other kinds of areas stay.

    The journal keeps what they were, and `restore` brings them back from it.
    """
    going = list(Area.objects.filter(code__in=codes, kind__in=kinds).order_by("code"))
    changes = [journal.Change(TABLE, each.code, facts.area_values(each), None) for each in going]
    if changes:
        Area.objects.filter(pk__in=[each.pk for each in going]).delete()
        journal.write(changes=changes, why=WITHDRAW, act=act, by=by, at=at)
    return len(changes)


@transaction.atomic
def restore(*, codes: Collection[str], act: str, by: str, at: datetime) -> int:
    """Bring back those of these areas that were withdrawn, as they were; return how many."""
    there = set(Area.objects.filter(code__in=codes).values_list("code", flat=True))
    changes = []
    for line in queries.last_lines(table=TABLE, rows=sorted(set(codes) - there)):
        if line.why == WITHDRAW and line.before is not None:
            day = date.fromisoformat(line.before["source_date"])
            changes.append(keep_area(line.row, {**line.before, "source_date": day}))
    done = [each for each in changes if each is not None]
    if done:
        journal.write(changes=done, why=RESTORE, act=act, by=by, at=at)
    return len(done)
