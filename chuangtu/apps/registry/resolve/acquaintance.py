"""Who the parties of a file are: looked up once, remembered for the rows that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.finding import Finding, shown
from chuangtu.apps.registry.facts.merge import PARTY_TYPES
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.parts import read_part
from chuangtu.apps.registry.facts.payload import naming_roles
from chuangtu.apps.registry.facts.reading import MeaningError
from chuangtu.apps.registry.facts.state import State
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.resolve.parties import Wanted, find_parties, is_code, names_of
from chuangtu.apps.registry.resolve.states import visible_ids
from chuangtu.terms.kind import Field
from chuangtu.terms.viewer import Viewer


@dataclass
class Acquaintance:
    """Parties by what rows call them.

    Attributes:
        viewer: who names them; a record hidden from this viewer is unknown.
        names: id → name of every party met.
        hidden: parties of records met that are hidden from the viewer.
    """

    viewer: Viewer
    names: dict[int, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    _ids: dict[Wanted, tuple[int, ...]] = field(default_factory=dict)
    _strangers: set[Wanted] = field(default_factory=set)
    _promised: dict[tuple[str, str], int] = field(default_factory=dict)
    _real: set[int] = field(default_factory=set)

    def promise(self, kind: str, called: str, resource: int) -> None:
        """Take note that a later row of the file will be this record."""
        self._promised.setdefault((kind, name_key(called)), resource)
        self.names.setdefault(resource, called)

    def meet(self, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Look up every party of these rows that is not known yet."""
        wanted: set[Wanted] = set()
        for each in party_fields(kind):
            for row in rows:
                wanted.update((each.of, said) for said in said_parties(row.get(each.name)))
        self._check_ids(rows)
        wanted -= self._ids.keys()
        if not wanted:
            return
        found = find_parties(wanted, self.viewer)
        self.names |= names_of({one for ids in found.values() for one in ids} - self.names.keys())
        self._ids |= {said: ids for said, ids in found.items() if ids}
        self._strangers = {each for each in wanted if not found[each]}

    def _check_ids(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """See which records the rows' own lists of relations name."""
        said = {each["id"] for row in rows for each in _relations(row)} - self._real
        if said:
            names = names_of(visible_ids(said, self.viewer))
            self.names |= names
            self._real |= names.keys()

    def keep(self, kind: str, state: State) -> None:
        """Know the parties that a record has already, hidden ones too: they may stay."""
        for each in party_fields(kind):
            for role, party, *_ in state.get("relations", ()):
                if role == each.role:
                    self._ids.setdefault((each.of, party), (party,))
        self.learn(kind, [state])

    def learn(self, kind: str, states: Iterable[State]) -> None:
        """Learn which parties of these records are hidden, and the names that stand in theirs."""
        roles = naming_roles(kind)
        met = [each for state in states for each in state.get("relations", ())]
        related = {each[1] for each in met}
        self.hidden |= related - visible_ids(related, self.viewer)
        unknown = {party for role, party, *_ in met if role in roles} - self.names.keys()
        if unknown:
            self.names |= names_of(unknown)

    def strangers(self) -> list[Wanted]:
        """Unknown parties of the rows last met that have a name to be created by."""
        named = (each for each in self._strangers if isinstance(each[1], str))
        return sorted(each for each in named if not is_code(each[1]))

    def introduce(self, stranger: Wanted, resource: int) -> None:
        """Take note of the id that an unknown party has now, for good or provisionally."""
        self._ids[stranger] = (resource,)
        self.names[resource] = str(stranger[1])
        self._strangers.discard(stranger)

    def recognise(
        self, kind: str, values: Mapping[str, Any]
    ) -> tuple[dict[str, list[int]], list[Finding]]:
        """Field → ids of the parties a row names, and what is wrong with those it names."""
        parties: dict[str, list[int]] = {}
        findings = [_gone(each["id"]) for each in _relations(values) if self._is_gone(each)]
        for each in party_fields(kind):
            if each.name not in values:
                continue
            ids = parties[each.name] = []
            for said in said_parties(values[each.name]):
                known = self._known(each.of, said)
                if len(known) == 1:
                    ids.append(known[0])
                else:
                    findings.append(_unclear(each, said, len(known)))
            parties[each.name] = list(dict.fromkeys(ids))
        return parties, findings

    def _known(self, of: str, said: str | int) -> Sequence[int]:
        known: Sequence[int] = self._ids.get((of, said), ())
        promised = self._promised.get((of, name_key(str(said))))
        return known if known or promised is None else (promised,)

    def _is_gone(self, relation: Mapping[str, Any]) -> bool:
        return relation["id"] not in self._real


def _relations(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The row's own list of relations; none when it cannot be read, which is found elsewhere."""
    try:
        return read_part("relations", row.get("relations", ()))
    except MeaningError:
        return []


def _gone(number: int) -> Finding:
    return Finding(
        "relations",
        str(number),
        f"关系所指的记录 {number} 不在名录中。请核对编号。",
        f"Record {number}, named in a relation, is not in the register. Check the number.",
    )


@cache
def party_fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind that name other records."""
    return tuple(each for each in KINDS[kind].fields if each.type in PARTY_TYPES)


def said_parties(value: Any) -> Iterable[str | int]:
    """What a PARTY or PARTIES value calls its parties."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _unclear(field: Field, said: str | int, count: int) -> Finding:
    kind = KINDS[field.of]
    if count:
        return Finding(
            field.name,
            shown(said),
            f"“{field.zh}”的“{shown(said)}”在名录中有 {count} 个同名{kind.zh}。"
            "请改填统一社会信用代码。",
            f"{count} records of kind {kind.en.lower()} bear the name '{shown(said)}' "
            f"('{field.en}'). Give the credit code instead.",
        )
    return Finding(
        field.name,
        shown(said),
        f"“{field.zh}”的“{shown(said)}”不在名录中。请核对名称或代码，或先登记这个{kind.zh}。",
        f"'{shown(said)}' of '{field.en}' is not in the register. "
        f"Check the name or code, or register that {kind.en.lower()} first.",
    )


def names_its_own_kind(kind: str) -> bool:
    """Say whether records of a kind may name others of it: a parent, a mother fund."""
    return any(each.of == kind for each in party_fields(kind))


def may_come_later(kind: str, findings: Sequence[Finding]) -> bool:
    """Say whether a row would be right if a later row of its file were written first."""
    own = {each.name for each in party_fields(kind) if each.of == kind}
    fatal = [each for each in findings if each.is_fatal]
    return bool(fatal) and all(each.field in own for each in fatal)
