"""Many rows of one file, written in one transaction as one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from chuangtu.apps.registry.actions.sources import Statements
from chuangtu.apps.registry.actions.writing import BATCH, Update, Writer, lock_register
from chuangtu.apps.registry.facts.finding import Findings
from chuangtu.apps.registry.facts.merge import set_statements
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.resolve.acquaintance import Acquaintance
from chuangtu.apps.registry.resolve.plan import Outcome, Planned, Planner
from chuangtu.apps.registry.resolve.surroundings import look_around
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer

Progress = Callable[[int], None]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of an act.

    Attributes:
        is_written: whether anything was kept; a strict act with a bad row keeps nothing.
        counts: rows by outcome; a changed record counts once.
        created_parties: parties that were unknown and were created by their names.
        findings: row number → what was found, warnings included.
        ids: row number → record, for rows written or found the same.
    """

    is_written: bool
    counts: Mapping[Outcome, int]
    created_parties: int
    findings: Mapping[int, Findings]
    ids: Mapping[int, int]


@dataclass
class _Tally:
    counts: Counter[Outcome] = field(default_factory=Counter)
    findings: dict[int, Findings] = field(default_factory=dict)
    ids: dict[int, int] = field(default_factory=dict)
    created_parties: int = 0

    @property
    def bad(self) -> int:
        return self.counts[Outcome.WRONG] + self.counts[Outcome.DOUBTFUL]


def apply_rows(
    *,
    kind: str,
    rows: Iterable[Row],
    source: str,
    source_date: date | None,
    act: str,
    by: str,
    at: datetime,
    progress: Progress | None = None,
    source_url: str = "",
    creates_parties: bool = False,
    decisions: Mapping[int, int | None] | None = None,
    viewer: Viewer = ADMINISTRATOR,
    is_strict: bool = True,
    why: str = "import",
) -> Applied:
    """Write a file's rows: create what is new, change what differs, leave what is the same.

    A blank says nothing. Everything happens in one transaction; with `is_strict` a wrong or
    doubtful row keeps the whole file out, otherwise such rows are left out and named in
    `findings`. `creates_parties` registers unknown parties by their names alone. `decisions`
    settles doubtful rows: row number → id, or `None` for a new record.
    """
    statements = Statements(source, source_date, source_url, act, by, at)
    tally = _Tally()
    with transaction.atomic(), Writer(why, act, by, at) as writer:
        lock_register()
        planner = Planner(
            kind=kind,
            people=Acquaintance(),
            around=look_around(),
            viewer=viewer,
            said_on=source_date,
            decisions=decisions or {},
            locks=True,
        )
        for first, batch in _batches(rows):
            _apply_batch(planner, batch, first, statements, writer, tally, creates_parties)
            if progress is not None:
                progress(first + len(batch))
        is_written = not (is_strict and tally.bad)
        if is_written:
            writer.finish()
        else:
            transaction.set_rollback(True)
    return Applied(
        is_written,
        dict(tally.counts),
        tally.created_parties if is_written else 0,
        tally.findings,
        tally.ids if is_written else {},
    )


def _batches(rows: Iterable[Row]) -> Iterator[tuple[int, Sequence[Row]]]:
    waiting, first = iter(rows), 0
    while batch := list(islice(waiting, BATCH)):
        yield first, batch
        first += len(batch)


def _apply_batch(
    planner: Planner,
    batch: Sequence[Row],
    first: int,
    statements: Statements,
    writer: Writer,
    tally: _Tally,
    creates_parties: bool,
) -> None:
    cleaned = planner.read(batch)
    if creates_parties:
        tally.created_parties += _create_strangers(planner.people, statements, writer)
    planned = planner.plan(cleaned, first)
    for each in planned:
        tally.counts[each.outcome] += 1
        if each.findings:
            tally.findings[each.row] = each.findings
        if each.id is not None and each.outcome in (Outcome.CHANGED, Outcome.SAME):
            tally.ids[each.row] = each.id
    fresh = [each for each in planned if each.outcome is Outcome.NEW]
    for each in fresh:
        set_statements(None, each.after, _statement(statements, each))
    made = writer.insert(planner.kind, [each.after for each in fresh]) if fresh else []
    planner.remember(fresh, made)
    tally.ids.update(zip([each.row for each in fresh], made, strict=True))
    changed = [each for each in planned if each.outcome is Outcome.CHANGED]
    if changed:
        writer.update(planner.kind, [_update(statements, each) for each in changed])


def _statement(statements: Statements, planned: Planned) -> int:
    return statements.id_of(planned.values.get("source"), planned.values.get("source_date"))


def _update(statements: Statements, planned: Planned) -> Update:
    assert planned.id is not None
    assert planned.before is not None
    set_statements(planned.before, planned.after, _statement(statements, planned))
    return Update(planned.id, planned.version, planned.before, planned.after)


def _create_strangers(people: Acquaintance, statements: Statements, writer: Writer) -> int:
    """Register unknown parties by their names; spellings of one name are one party."""
    by_name: dict[tuple[str, str], list[tuple[str, str | int]]] = {}
    for stranger in people.strangers():
        by_name.setdefault((stranger[0], name_key(str(stranger[1]))), []).append(stranger)
    for kind in sorted({kind for kind, _ in by_name}):
        spellings = [said for (of, _), said in by_name.items() if of == kind]
        states = [{"name": str(said[0][1])} for said in spellings]
        for state in states:
            set_statements(None, state, statements.id_of(None, None))
        for said, number in zip(spellings, writer.insert(kind, states), strict=True):
            for each in said:
                people.introduce(each, number)
    return len(by_name)
