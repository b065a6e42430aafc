"""What a file's rows would do to the register: new, changed, same, doubtful or wrong."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Any

import orjson

from chuangtu.apps.registry.facts.check import Cleaned, check_state, clean
from chuangtu.apps.registry.facts.finding import Finding, Findings, has_fatal
from chuangtu.apps.registry.facts.identity import Key, keys_of
from chuangtu.apps.registry.facts.merge import merge
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.state import State
from chuangtu.apps.registry.facts.values import NOWHERE, Surroundings
from chuangtu.apps.registry.resolve import doubts
from chuangtu.apps.registry.resolve.acquaintance import Acquaintance
from chuangtu.apps.registry.resolve.candidates import find_candidates, former_bearers
from chuangtu.apps.registry.resolve.states import Held
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer


class Outcome(StrEnum):
    """What becomes of one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what it would do.

    Attributes:
        row: its number among the rows given, from 0.
        outcome: what becomes of it.
        id: the record meant, or the one it may be when doubtful; `None` for a new one.
        version: that record's version.
        before: its state now; `None` for a new record.
        after: the state that would follow; its statements are those before.
        values: the row as it is meant.
        findings: what is wrong, doubtful or worth a warning.
        duplicate_of: the earlier row that speaks of the same record, if there is one.
        keys: by what a new record is known.
    """

    row: int
    outcome: Outcome
    id: int | None = None
    version: int = 0
    before: State | None = None
    after: State = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    findings: Findings = ()
    duplicate_of: int | None = None
    keys: Sequence[Key] = ()


@dataclass(slots=True)
class _Row:
    """One row on its way: what it says by itself, before it is laid over a record."""

    number: int
    cleaned: Cleaned
    parties: Mapping[str, Sequence[int]]
    findings: Findings
    own: State
    keys: Sequence[Key]


@dataclass
class Planner:
    """Plans one file's rows, batch after batch; remembers what the rows before have said.

    Attributes:
        kind: name of the kind.
        people: who the parties are; unknown ones are made known to it before `plan`.
        around: what places are judged against.
        viewer: who gives the rows.
        said_on: day the file speaks of, where a row does not say its own.
        blanks_clear: see `merge`.
        decisions: row number → id of the record meant, or `None` for a new one, where somebody
            has looked at a doubtful row.
        locks: the records found stay as they are until the transaction ends.
    """

    kind: str
    people: Acquaintance
    around: Surroundings = NOWHERE
    viewer: Viewer = ADMINISTRATOR
    said_on: date | None = None
    blanks_clear: bool = False
    decisions: Mapping[int, int | None] = field(default_factory=dict)
    locks: bool = False
    _fresh: dict[Key, tuple[int, bytes]] = field(default_factory=dict)
    _met: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    _hidden: Collection[Key] = ()

    def read(self, rows: Iterable[Mapping[str, Any]]) -> list[Cleaned]:
        """The rows as they are meant; their parties are looked up."""
        cleaned = [
            clean(self.kind, each, viewer=self.viewer, around=self.around, is_whole=False)
            for each in rows
        ]
        self.people.meet(self.kind, [each.values for each in cleaned])
        return cleaned

    def plan(self, cleaned: Sequence[Cleaned], numbers: Iterable[int]) -> list[Planned]:
        """What these rows, of these numbers, would do."""
        rows = [self._row(n, each) for n, each in zip(numbers, cleaned, strict=True)]
        fit = [each for each in rows if not has_fatal(each.findings)]
        decided = {d for each in fit if (d := self.decisions.get(each.number)) is not None}
        keys = chain.from_iterable(each.keys for each in fit)
        candidates = find_candidates(
            self.kind, keys, decided, viewer=self.viewer, locks=self.locks
        )
        found, self._hidden = candidates.seen, candidates.numbers
        self.people.learn(self.kind, (state for _, state in found.values()))
        index: dict[Key, list[int]] = defaultdict(list)
        for resource, (_, state) in found.items():
            for key in keys_of(self.kind, state):
                index[key].append(resource)
        former = self._former(fit, index)
        return [
            Planned(each.number, Outcome.WRONG, values=each.cleaned.values, findings=each.findings)
            if has_fatal(each.findings)
            else self._settle(each, found, index, former)
            for each in rows
        ]

    def remember(self, planned: Iterable[Planned], ids: Iterable[int]) -> None:
        """Take note of the ids that new rows were written under."""
        for each, number in zip(planned, ids, strict=True):
            for key in each.keys:
                if key in self._fresh:
                    self._met.setdefault(number, self._fresh[key])

    def _row(self, number: int, cleaned: Cleaned) -> _Row:
        parties, unknown = self.people.recognise(self.kind, cleaned.values)
        findings = (*cleaned.findings, *unknown)
        own = {} if has_fatal(findings) else self._merged(None, cleaned, parties)
        return _Row(number, cleaned, parties, findings, own, tuple(keys_of(self.kind, own)))

    def _merged(
        self, before: State | None, cleaned: Cleaned, parties: Mapping[str, Sequence[int]]
    ) -> State:
        return merge(
            self.kind,
            before,
            cleaned.values,
            parties,
            said_on=cleaned.values.get("source_date") or self.said_on,
            blanks_clear=self.blanks_clear,
            names=self.people.names,
            viewer=self.viewer,
            hidden=self.people.hidden,
        )

    def _former(self, rows: list[_Row], index: Mapping[Key, list[int]]) -> Mapping[str, int]:
        """Rows without a credit code whose name only a former name answers to."""
        if self.kind != "organization":
            return {}
        names = {
            name_key(each.own["name"])
            for each in rows
            if each.own.get("name")
            and not each.own.get("uscc")
            and not any(key in index for key in each.keys)
        }
        return former_bearers(self.kind, names, self.viewer) if names else {}

    def _settle(
        self,
        row: _Row,
        found: Mapping[int, Held],
        index: Mapping[Key, list[int]],
        former: Mapping[str, int],
    ) -> Planned:
        if hidden := doubts.not_yours(self.kind, row.own, row.keys, self._hidden):
            findings = (*row.findings, hidden)
            return Planned(row.number, Outcome.WRONG, values=row.cleaned.values, findings=findings)
        if row.number in self.decisions:
            meant = self.decisions[row.number]
            doubt = doubts.taken(self.kind, row.own, row.keys, index, meant)
        else:
            meant, doubt = doubts.who_is_meant(self.kind, row.own, row.keys, found, index, former)
        if doubt is not None:
            return self._doubtful(row, meant, doubt)
        if meant is not None and meant not in found:
            return self._doubtful(row, None, doubts.gone())
        earlier = self._earlier(row, meant)
        if earlier is not None:
            return self._again(row, meant, found, *earlier)
        if meant is None:
            return self._new(row)
        return self._known(row, meant, *found[meant])

    def _doubtful(self, row: _Row, meant: int | None, doubt: Finding) -> Planned:
        return Planned(
            row.number,
            Outcome.DOUBTFUL,
            id=meant,
            values=row.cleaned.values,
            findings=(*row.findings, doubt),
        )

    def _earlier(self, row: _Row, meant: int | None) -> tuple[int, bool] | None:
        """The earlier row about the same record, and whether it says the same."""
        digest = hashlib.blake2b(
            orjson.dumps(row.own, option=orjson.OPT_SORT_KEYS), digest_size=12
        ).digest()
        if meant is not None:
            before = self._met.setdefault(meant, (row.number, digest))
        elif row.number in self.decisions:
            before = (row.number, digest)
        else:
            before = min(
                (self._fresh.setdefault(key, (row.number, digest)) for key in row.keys),
                default=(row.number, digest),
            )
        return None if before[0] == row.number else (before[0], before[1] == digest)

    def _again(
        self, row: _Row, meant: int | None, found: Mapping[int, Held], earlier: int, is_same: bool
    ) -> Planned:
        if not is_same:
            planned = self._doubtful(row, meant, doubts.said_twice())
            return replace(planned, duplicate_of=earlier)
        return Planned(
            row.number,
            Outcome.SAME,
            id=meant,
            before=found[meant][1] if meant is not None else None,
            values=row.cleaned.values,
            findings=row.findings,
            duplicate_of=earlier,
        )

    def _new(self, row: _Row) -> Planned:
        findings = (*row.findings, *check_state(self.kind, row.own))
        outcome = Outcome.WRONG if has_fatal(findings) else Outcome.NEW
        return Planned(
            row.number,
            outcome,
            after=row.own,
            values=row.cleaned.values,
            findings=findings,
            keys=row.keys,
        )

    def _known(self, row: _Row, meant: int, version: int, before: State) -> Planned:
        parties = _said(row)
        if refusal := doubts.replaces_hidden(self.kind, before, parties, self.people.hidden):
            findings = (*row.findings, refusal)
            return Planned(row.number, Outcome.WRONG, values=row.cleaned.values, findings=findings)
        after = self._merged(before, row.cleaned, row.parties)
        findings = row.findings
        outcome = Outcome.SAME
        if after != before:
            findings = (*findings, *check_state(self.kind, after))
            outcome = Outcome.WRONG if has_fatal(findings) else Outcome.CHANGED
        return Planned(
            row.number,
            outcome,
            id=meant,
            version=version,
            before=before,
            after=after,
            values=row.cleaned.values,
            findings=findings,
        )


def _said(row: _Row) -> dict[str, Sequence[int]]:
    """The parties that a row names; a blank says nothing."""
    return {name: ids for name, ids in row.parties.items() if ids}
