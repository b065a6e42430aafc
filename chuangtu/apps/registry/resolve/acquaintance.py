"""Who the parties of a file are: looked up once, remembered for the rows that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.finding import Finding, shown
from chuangtu.apps.registry.facts.merge import PARTY_TYPES
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.resolve.parties import Wanted, find_parties, is_code, names_of
from chuangtu.terms.kind import Field


@dataclass
class Acquaintance:
    """Parties by what rows call them.

    Attributes:
        names: id → name of every party met.
    """

    names: dict[int, str] = field(default_factory=dict)
    _ids: dict[Wanted, tuple[int, ...]] = field(default_factory=dict)
    _strangers: set[Wanted] = field(default_factory=set)

    def meet(self, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Look up every party of these rows that is not known yet."""
        wanted: set[Wanted] = set()
        for each in party_fields(kind):
            for row in rows:
                wanted.update((each.of, said) for said in said_parties(row.get(each.name)))
        wanted -= self._ids.keys()
        if not wanted:
            return
        found = find_parties(wanted)
        self.names |= names_of({one for ids in found.values() for one in ids} - self.names.keys())
        self._ids |= found
        self._strangers = {each for each in wanted if not found[each]}

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
        findings: list[Finding] = []
        for each in party_fields(kind):
            if each.name not in values:
                continue
            ids = parties[each.name] = []
            for said in said_parties(values[each.name]):
                known = self._ids.get((each.of, said), ())
                if len(known) == 1:
                    ids.append(known[0])
                else:
                    findings.append(_unclear(each, said, len(known)))
            parties[each.name] = list(dict.fromkeys(ids))
        return parties, findings


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
