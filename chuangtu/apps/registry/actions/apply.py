"""Many rows of one file, written in one transaction as one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chuangtu.apps.registry.actions.renaming import Update
from chuangtu.apps.registry.actions.sources import Statements
from chuangtu.apps.registry.actions.writing import Writer, batches, lock_register
from chuangtu.apps.registry.facts.finding import Findings
from chuangtu.apps.registry.facts.merge import set_statements
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.resolve import doubts
from chuangtu.apps.registry.resolve.acquaintance import Acquaintance, may_come_later
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
        outcomes: row number → what became of it.
        changed_since: rows left out because what they change was changed after somebody looked.
    """

    is_written: bool
    counts: Mapping[Outcome, int]
    created_parties: int
    findings: Mapping[int, Findings]
    ids: Mapping[int, int]
    outcomes: Mapping[int, Outcome]
    changed_since: int = 0


@dataclass
class _Tally:
    creates_parties: bool
    seen: Mapping[int, tuple[int | None, int]] | None = None
    findings: dict[int, Findings] = field(default_factory=dict)
    ids: dict[int, int] = field(default_factory=dict)
    created_parties: int = 0
    _outcomes: dict[int, Outcome] = field(default_factory=dict)

    def note(self, planned: Planned) -> None:
        """Take note of what became of a row; of one that waited, the last word counts."""
        row = planned.row
        self._outcomes[row] = planned.outcome
        self.findings.pop(row, None)
        if planned.findings:
            self.findings[row] = planned.findings
        if planned.id is not None and planned.outcome in (Outcome.CHANGED, Outcome.SAME):
            self.ids[row] = planned.id

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(self._outcomes.values())

    def applied(self, is_written: bool) -> Applied:
        """What came of it all."""
        return Applied(
            is_written,
            dict(self.counts),
            self.created_parties if is_written else 0,
            self.findings,
            self.ids if is_written else {},
            self._outcomes,
            sum(doubts.changed_since() in each for each in self.findings.values()),
        )


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
    seen: Mapping[int, tuple[int | None, int]] | None = None,
    why: str = "import",
) -> Applied:
    """Write a file's rows: create what is new, change what differs, leave what is the same.

    A blank says nothing. Everything happens in one transaction; with `is_strict` a wrong or
    doubtful row keeps the whole file out, otherwise such rows are left out and named in
    `findings`. `creates_parties` registers unknown parties by their names alone. `decisions`
    settles doubtful rows: row number → id, or `None` for a new record. `seen` says which record of
    which version each row would have changed when somebody looked: a row that would now change
    another, or one that was changed since, is doubtful; `None`: nobody has looked.
    """
    statements = Statements(source, source_date, source_url, act, by, at)
    tally = _Tally(creates_parties, seen)
    with transaction.atomic(), Writer(why, act, by, at) as writer:
        lock_register()
        planner = Planner(
            kind=kind,
            people=Acquaintance(viewer),
            around=look_around(),
            viewer=viewer,
            said_on=source_date,
            decisions=decisions or {},
            locks=True,
        )
        waiting = _Waiting(kind)
        done = 0
        for numbered in batches(enumerate(rows)):
            waiting.keep(numbered, _apply_batch(planner, numbered, statements, writer, tally))
            done += len(numbered)
            if progress is not None:
                progress(done)
        for numbered in waiting.rounds():
            waiting.keep(numbered, _apply_batch(planner, numbered, statements, writer, tally))
        counts = tally.counts
        is_bad = counts[Outcome.WRONG] + counts[Outcome.DOUBTFUL] > 0
        is_written = not (is_strict and is_bad)
        if is_written:
            writer.finish()
        else:
            transaction.set_rollback(True)
    return tally.applied(is_written)


Numbered = list[tuple[int, Row]]


@dataclass
class _Waiting:
    """Rows that name a record of their own kind which a later row may bring."""

    kind: str
    _rows: Numbered = field(default_factory=list)

    def keep(self, numbered: Numbered, waiting: Collection[int]) -> None:
        self._rows += [each for each in numbered if each[0] in waiting]

    def rounds(self) -> Iterator[Numbered]:
        """Those rows again, as long as each round leaves fewer of them."""
        before = None
        while self._rows and before != len(self._rows):
            before, again = len(self._rows), self._rows
            self._rows = []
            yield from batches(again)


def _apply_batch(
    planner: Planner,
    numbered: Numbered,
    statements: Statements,
    writer: Writer,
    tally: _Tally,
) -> set[int]:
    """Write some rows; return the numbers of those that may have to wait for later ones."""
    cleaned = planner.read([row for _, row in numbered])
    if tally.creates_parties:
        tally.created_parties += _create_strangers(planner.people, statements, writer)
    planned = [
        _looked_at(each, tally.seen)
        for each in planner.plan(cleaned, [number for number, _ in numbered])
    ]
    for each in planned:
        tally.note(each)
    fresh = [each for each in planned if each.outcome is Outcome.NEW]
    for each in fresh:
        set_statements(None, each.after, _statement(statements, each))
    made = writer.insert(planner.kind, [each.after for each in fresh]) if fresh else []
    planner.remember(fresh, made)
    tally.ids.update(zip([each.row for each in fresh], made, strict=True))
    changed = [each for each in planned if each.outcome is Outcome.CHANGED]
    if changed:
        writer.update(planner.kind, [_update(statements, each) for each in changed])
    return {
        each.row
        for each in planned
        if each.outcome is Outcome.WRONG and may_come_later(planner.kind, each.findings)
    }


def _looked_at(planned: Planned, seen: Mapping[int, tuple[int | None, int]] | None) -> Planned:
    """A change that nobody has seen in this form is doubtful."""
    is_known = seen is None or seen.get(planned.row) == (planned.id, planned.version)
    if planned.outcome is not Outcome.CHANGED or is_known:
        return planned
    findings = (*planned.findings, doubts.changed_since())
    return replace(planned, outcome=Outcome.DOUBTFUL, findings=findings)


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
