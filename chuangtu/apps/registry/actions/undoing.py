"""Taking an act back: every row as it was before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.journal.facts import UNDO
from chuangtu.apps.registry.actions.areas import made_by, refuse_named_areas
from chuangtu.apps.registry.actions.refusing import refuse_named
from chuangtu.apps.registry.actions.renaming import (
    Update,
    named_as_now,
    states_named_as_now,
)
from chuangtu.apps.registry.actions.standing import UndoError, refuse_standing
from chuangtu.apps.registry.actions.writing import TABLE, Writer, in_batches, lock_register
from chuangtu.apps.registry.facts.deriving import DERIVING
from chuangtu.apps.registry.facts.state import State, restore
from chuangtu.apps.registry.models import Relation, Resource
from chuangtu.apps.registry.resolve.states import Held, load_states
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer


@dataclass(slots=True)
class _Reversal:
    """What one row was before the act.

    Attributes:
        was_there: whether the row existed before.
        is_there: whether it exists after.
        before: the keys the act changed, as they were; all of them for a row the act removed.
    """

    was_there: bool
    is_there: bool = True
    before: State = field(default_factory=dict)


def undo(*, act: str, by: str, at: datetime, viewer: Viewer = ADMINISTRATOR) -> int:
    """Take back an act on the register; return how many records it touched.

    The undoing is an act itself, named `undo:` and the act, and can be undone in turn.

    Raises:
        UndoError: there is no such act, it was undone, or later changes stand on its rows.
        RefusedError: records made since name one that the act created.
    """
    with transaction.atomic(), Writer("undo", UNDO + act, by, at) as writer:
        lock_register()
        refuse_standing(act, viewer)
        reversals = _reversals(act)
        kinds = dict(
            Resource.objects.filter(id__in=[n for n, r in reversals.items() if r.is_there])
            .select_for_update()
            .values_list("id", "kind")
        )
        refuse_named_areas(made_by(act), reversals, viewer)
        naming = _let_go(reversals, kinds)
        _remove_created(reversals, kinds, writer, viewer)
        # A code that what stayed had taken over is free before its bearer comes back.
        _change_back(reversals, kinds, writer, naming)
        _bring_back(reversals, writer)
        return writer.finish()


def _reversals(act: str) -> dict[int, _Reversal]:
    found: dict[int, _Reversal] = {}
    for line in journal.list_of_act(act=act):
        if line.table != TABLE:
            continue
        number = int(line.row)
        held = found.setdefault(number, _Reversal(was_there=line.before is not None))
        held.is_there = line.after is not None
        for key, value in (line.before or {}).items():
            held.before.setdefault(key, value)
    if not found:
        raise UndoError(
            "名录中没有这次操作。请在导入记录中选择要撤销的一次。",
            "The register knows no such act. Choose one from the list of imports.",
        )
    return found


def _by_kind(numbers: list[int], kinds: dict[int, str]) -> dict[str, list[int]]:
    grouped: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        grouped[kinds[number]].append(number)
    return grouped


def _let_go(reversals: dict[int, _Reversal], kinds: dict[int, str]) -> dict[int, Held]:
    """What the act changed so that it names what the act created: its states, and it lets go.

    It is changed back after what was created is gone, for a code may go back to it from there.
    """
    created = {n for n, e in reversals.items() if e.is_there and not e.was_there and n in kinds}
    changed = {n for n, e in reversals.items() if e.is_there and e.was_there and n in kinds}
    held: dict[int, Held] = {}
    for some in in_batches(sorted(created)):
        rows = Relation.objects.filter(object_id__in=some)
        naming = set(rows.values_list("subject_id", flat=True)) & changed
        for kind, numbers in _by_kind(sorted(naming - held.keys()), kinds).items():
            held |= load_states(kind, numbers)
    for some in in_batches(sorted(created)):
        for subjects in in_batches(sorted(held)):
            Relation.objects.filter(object_id__in=some, subject_id__in=subjects).delete()
    return held


def _remove_created(
    reversals: dict[int, _Reversal], kinds: dict[int, str], writer: Writer, viewer: Viewer
) -> None:
    # One that was removed since is gone already.
    created = [n for n, e in reversals.items() if e.is_there and not e.was_there and n in kinds]
    going = set(created)
    for some in in_batches(created):
        refuse_named(some, going, viewer)
    grouped = _by_kind(created, kinds)
    for kind, numbers in grouped.items():
        for some in in_batches(numbers):
            states = [(number, state) for number, (_, state) in load_states(kind, some).items()]
            writer.note_removed(kind, states)
    writer.erase(grouped)


def _change_back(
    reversals: dict[int, _Reversal],
    kinds: dict[int, str],
    writer: Writer,
    known: Mapping[int, Held],
) -> None:
    changed = [n for n, each in reversals.items() if each.is_there and each.was_there]
    for kind, numbers in _by_kind(changed, kinds).items():
        for some in in_batches(numbers):
            # Of some the relations are gone already; they are changed back from what they were.
            held = load_states(kind, some) | {n: known[n] for n in some if n in known}
            back = [
                Update(number, version, state, restore(state, reversals[number].before))
                for number, (version, state) in held.items()
            ]
            again = [each for each in named_as_now(kind, back) if each.after != each.before]
            writer.update(kind, again)


def _bring_back(reversals: dict[int, _Reversal], writer: Writer) -> None:
    removed = {n: each.before for n, each in reversals.items() if not each.is_there}
    kinds = {number: state["kind"] for number, state in removed.items() if "kind" in state}
    grouped = _by_kind(list(kinds), kinds)
    # Those that others are named after come back first.
    for kind in sorted(grouped, key=DERIVING.__contains__):
        for some in in_batches(grouped[kind]):
            states = [
                {key: value for key, value in removed[number].items() if _is_kept(key, value)}
                for number in some
            ]
            writer.insert(kind, states_named_as_now(kind, states), some)


def _is_kept(key: str, value: Any) -> bool:
    return key != "kind" and value is not None
