"""New records as they were judged before, while nobody has changed anything since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry.actions.apply import Applied, Progress
from chuangtu.apps.registry.actions.sources import Statements
from chuangtu.apps.registry.actions.writing import Writer, batches, lock_register
from chuangtu.apps.registry.facts.merge import set_statements
from chuangtu.apps.registry.facts.state import State
from chuangtu.apps.registry.resolve.plan import Outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """A row that `match_rows` found to be new.

    Attributes:
        after: the state that follows, without statements.
        source: what it says of its own source; `None`: that of the file.
        source_date: and of its day.
    """

    after: State
    source: str | None = None
    source_date: date | None = None


def insert_judged(
    *,
    kind: str,
    rows: Iterable[Judged],
    since: tuple[int, str],
    apart_from: str,
    statements: Statements,
    progress: Progress | None = None,
) -> Applied | None:
    """Write rows that are all new, as `apply_rows` would, without judging them once more.

    Args:
        kind: name of the kind.
        rows: in their order.
        since: the journal's last line (number, hash) when their judging began.
        apart_from: a table that may have changed since: nothing is judged by it.
        statements: whose act it is, and on whose word.
        progress: told how many rows are in.

    Returns:
        What came of it; `None`, with nothing written, where something was changed since.
    """
    ids: dict[int, int] = {}
    with (
        transaction.atomic(),
        Writer("import", statements.act, statements.by, statements.at) as writer,
    ):
        lock_register()
        # Behind the lock: no other writer of records is under way.
        if not journal.is_quiet_since(*since, apart_from=apart_from):
            return None
        for some in batches(rows):
            for each in some:
                statement = statements.id_of(each.source, each.source_date)
                set_statements(None, each.after, statement)
            made = writer.insert(kind, [each.after for each in some])
            ids.update(zip(range(len(ids), len(ids) + len(made)), made, strict=True))
            if progress is not None:
                progress(len(ids))
        writer.finish()
    counts = {Outcome.NEW: len(ids)}
    return Applied(True, counts, 0, {}, ids, dict.fromkeys(ids, Outcome.NEW))
