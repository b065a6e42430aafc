"""Two records of one thing become one; `undo` makes them two again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.journal.actions import announce
from chuangtu.apps.registry.actions.edit import hold, refuse_taken_code, stale
from chuangtu.apps.registry.actions.refusing import RefusedError
from chuangtu.apps.registry.actions.renaming import Update, named_as_now
from chuangtu.apps.registry.actions.writing import Writer, lock_register
from chuangtu.apps.registry.facts.check import check_state
from chuangtu.apps.registry.facts.finding import Finding, has_fatal
from chuangtu.apps.registry.facts.identity import keys_of
from chuangtu.apps.registry.facts.state import State
from chuangtu.apps.registry.facts.succession import act_of
from chuangtu.apps.registry.facts.uniting import point_to, unite
from chuangtu.apps.registry.models import Relation, Resource
from chuangtu.apps.registry.resolve.states import Held, load_states
from chuangtu.rulebook.lists import choices
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer


def unite_records(
    *,
    keep: int,
    drop: int,
    versions: tuple[int, int],
    by: str,
    at: datetime,
    takes: Collection[str] = (),
    name_kind: str = "variant",
    viewer: Viewer = ADMINISTRATOR,
) -> str:
    """Make one record of two that mean the same thing; return the act, by which it is undone.

    What only the one that goes says stays with its source, its name leads to the one that stays,
    and whatever named it names the other. Records of the two that thereby become the same by the
    register's own keys (a title that both held) are made one in the same way. The journal keeps
    every row as it was.

    Args:
        keep: number of the record that stays.
        drop: number of the one that goes.
        versions: of the two as they were seen.
        by: who decided it.
        at: the moment.
        takes: fields of which the dropped one's value holds, where both speak.
        name_kind: what the dropped one's name is from now on, a code of `name_kind`.
        viewer: who may see both.

    Raises:
        NotVisibleError: one of them is not there for this viewer.
        StaleError: one of them was changed since it was seen.
        RefusedError: the two cannot become one.
    """
    act = act_of(gone=drop, into=keep, unique=uuid4().hex[:12])
    with transaction.atomic(), Writer("merge", act, by, at) as writer:
        lock_register()
        since = journal.last_sequence()
        pair = {number: hold(number, viewer) for number in sorted({keep, drop})}
        _refuse_unlike(keep, drop, pair)
        if name_kind not in {each.code for each in choices("name_kind")}:
            raise _refused(
                "请选择不保留的名称今后算作哪一类名称。",
                "Choose what the name that is not kept is from now on.",
            )
        for number, version in zip((keep, drop), versions, strict=True):
            kind, (held_version, _) = pair[number]
            if held_version != version:
                raise stale(number, held_version - version, viewer, kind)
        kind = pair[keep][0]
        held = (pair[keep][1], pair[drop][1])
        moved = _join(writer, kind, (keep, drop), held, takes, name_kind)
        _check_whole(kind, keep, viewer)
        _join_those_of(writer, keep, moved)
        writer.finish()
        announce(since=since)
    return act


def _refuse_unlike(keep: int, drop: int, pair: Mapping[int, tuple[str, Held]]) -> None:
    kinds = {kind for kind, _ in pair.values()}
    classes = {state.get("visibility") for _, (_, state) in pair.values()}
    if keep == drop:
        raise _refused("这是同一条记录。请另选一条。", "This is one record. Choose another.")
    if len(kinds) > 1 or "zone" in kinds:
        raise _refused(
            "只有同类记录可以合并，园区区域不能合并。请改正类别。",
            "Only records of one kind are merged, and zones are not. Correct the kind.",
        )
    if len(classes) > 1:
        raise _refused(
            "两条记录的公开范围不同。请先改成一致，再合并。",
            "The two are not open to the same people. Make that alike, then merge.",
        )


def _join(
    writer: Writer,
    kind: str,
    ids: tuple[int, int],
    held: tuple[Held, Held],
    takes: Collection[str] = (),
    name_kind: str = "variant",
) -> set[int]:
    """Write the one record; those that named the other name it, and are returned."""
    keep, drop = ids
    (version, kept), (_, dropped) = held
    moved: set[int] = set()
    for other_kind, updates in _pointing(drop, keep):
        writer.update(other_kind, named_as_now(other_kind, updates))
        moved.update(each.id for each in updates)
    writer.delete(kind, [(drop, dropped)])
    after = unite(kind, kept, dropped, ids=ids, takes=takes, name_kind=name_kind)
    (update,) = named_as_now(kind, [Update(keep, version, kept, after)])
    if update.after != kept:
        writer.update(kind, [update])
    return moved


def _pointing(gone: int, instead: int) -> Iterator[tuple[str, list[Update]]]:
    """Those that name the record that goes, naming the other, by kind."""
    rows = Relation.objects.filter(object_id=gone).exclude(subject_id__in=(gone, instead))
    by_kind: dict[str, set[int]] = defaultdict(set)
    for number, kind in rows.values_list("subject_id", "subject__kind"):
        by_kind[kind].add(number)
    for kind in sorted(by_kind):
        yield (
            kind,
            [
                Update(number, version, state, point_to(state, gone, instead))
                for number, (version, state) in sorted(load_states(kind, by_kind[kind]).items())
            ],
        )


def _check_whole(kind: str, number: int, viewer: Viewer) -> None:
    """Raise when the one that stays contradicts itself or bears another's code."""
    ((_, state),) = load_states(kind, [number]).values()
    wrong = check_state(kind, state)
    if has_fatal(wrong):
        raise RefusedError(wrong)
    refuse_taken_code(kind, number, state, viewer)


def _join_those_of(writer: Writer, keep: int, moved: set[int]) -> None:
    """What came to name the one that stays and is now the same as another by its surest key."""
    rows = Relation.objects.filter(object_id=keep).order_by("subject_id")
    by_kind: dict[str, list[int]] = defaultdict(list)
    for number, kind in rows.values_list("subject_id", "subject__kind").distinct():
        by_kind[kind].append(number)
    for kind in sorted(by_kind):
        list(Resource.objects.filter(id__in=by_kind[kind]).select_for_update())
        first: dict[object, int] = {}
        for number, (_, state) in sorted(load_states(kind, by_kind[kind]).items()):
            key = _surest(kind, state)
            other = first.setdefault(key or number, number)
            if other != number and not moved.isdisjoint((other, number)):
                held = load_states(kind, [other, number])
                _join(writer, kind, (other, number), (held[other], held[number]))


def _surest(kind: str, state: State) -> object:
    """The key by which a record is known, with the class of people it is open to."""
    key = next(iter(keys_of(kind, state)), None)
    return None if key is None else (key, state.get("visibility"))


def _refused(zh: str, en: str) -> RefusedError:
    return RefusedError((Finding("", "", zh, en),))
