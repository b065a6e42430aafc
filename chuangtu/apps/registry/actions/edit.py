"""One record at a time: created, changed, removed by a person or a program."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localtime

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.journal.actions import announce
from chuangtu.apps.registry.actions.areas import going_with, refuse_named_areas
from chuangtu.apps.registry.actions.refusing import RefusedError, refuse_named
from chuangtu.apps.registry.actions.renaming import Update
from chuangtu.apps.registry.actions.sources import Statements
from chuangtu.apps.registry.actions.writing import TABLE, Writer, lock_register
from chuangtu.apps.registry.facts.check import check_state, clean
from chuangtu.apps.registry.facts.deriving import FLAG
from chuangtu.apps.registry.facts.finding import Finding, has_fatal
from chuangtu.apps.registry.facts.identity import keys_of
from chuangtu.apps.registry.facts.merge import merge, set_statements
from chuangtu.apps.registry.facts.state import State, part_seen, visibility_of_name
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.registry.resolve import doubts
from chuangtu.apps.registry.resolve.acquaintance import Acquaintance
from chuangtu.apps.registry.resolve.candidates import find_candidates
from chuangtu.apps.registry.resolve.plan import Outcome, Planner
from chuangtu.apps.registry.resolve.states import Held, load_states, visibility_of
from chuangtu.apps.registry.resolve.surroundings import look_around
from chuangtu.terms.errors import ChuangtuError, NotVisibleError
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer


class StaleError(ChuangtuError):
    """Somebody changed the record since it was read.

    `changed` maps each field that differs to (what was seen, what stands now).
    """

    def __init__(self, by: str, at: datetime, changed: Mapping[str, tuple[Any, Any]]) -> None:
        self.by, self.at, self.changed = by, at, changed
        day = f"{localtime(at):%Y-%m-%d %H:%M}"
        super().__init__(
            f"您打开以后，{by} 在 {day} 改过这条记录。请看过不同之处，再保存一次。",
            f"{by} changed this record at {day}, after you opened it. "
            "Look at the differences and save again.",
        )


def create(
    *,
    kind: str,
    values: Mapping[str, Any],
    source: str,
    source_date: date | None,
    by: str,
    at: datetime,
    act: str = "",
    source_url: str = "",
    viewer: Viewer = ADMINISTRATOR,
    is_certainly_new: bool = False,
    why: str = "edit",
) -> int:
    """Register one new record and return its id.

    Raises:
        RefusedError: a value is wrong, or the record is there already, or may be
            (`is_certainly_new` says that somebody has looked).
    """
    act = act or uuid4().hex
    with transaction.atomic(), Writer(why, act, by, at) as writer:
        lock_register()
        planner = Planner(
            kind=kind,
            people=Acquaintance(viewer),
            around=look_around(),
            viewer=viewer,
            said_on=source_date,
            decisions={0: None} if is_certainly_new else {},
        )
        (planned,) = planner.plan(planner.read([values]), [0])
        if planned.outcome in (Outcome.SAME, Outcome.CHANGED):
            raise RefusedError((_already(planned.id),))
        if planned.outcome is not Outcome.NEW:
            raise RefusedError(planned.findings)
        refuse_taken_code(kind, None, planned.after, viewer)
        statements = Statements(source, source_date, source_url, act, by, at)
        said = statements.id_of(planned.values.get("source"), planned.values.get("source_date"))
        set_statements(None, planned.after, said)
        (number,) = writer.insert(kind, [planned.after])
        writer.finish()
    return number


def change(
    *,
    id: int,  # noqa: A002 - the record's id, as everywhere in the register
    values: Mapping[str, Any],
    version: int,
    source: str,
    source_date: date | None,
    by: str,
    at: datetime,
    act: str = "",
    source_url: str = "",
    viewer: Viewer = ADMINISTRATOR,
    opens: Collection[str] = (),
    why: str = "edit",
) -> int:
    """Change the given fields of one record, a blank takes a value away; return its version.

    `version` is the one that was seen when the values were entered. `opens` are names that the
    record bore while it was hidden, which everybody may see from now on.

    Raises:
        NotVisibleError: there is no such record for this viewer.
        StaleError: it was changed since.
        RefusedError: a value is wrong.
    """
    act = act or uuid4().hex
    with transaction.atomic(), Writer(why, act, by, at) as writer:
        kind, (held_version, before) = hold(id, viewer)
        if held_version != version:
            raise stale(id, held_version - version, viewer, kind)
        after = _opened(_changed(kind, before, values, source_date, viewer), opens, viewer)
        if after == before:
            return version
        refuse_taken_code(kind, id, after, viewer)
        statements = Statements(source, source_date, source_url, act, by, at)
        said = statements.id_of(values.get("source"), values.get("source_date"))
        set_statements(before, after, said)
        since = journal.last_sequence()
        writer.update(kind, [Update(id, version, before, after)])
        writer.finish()
        # One edit may change what very many show: a zone's name, or that it is not on the map.
        announce(since=since)
    return version + 1


def remove(
    *,
    id: int,  # noqa: A002 - the record's id, as everywhere in the register
    version: int,
    by: str,
    at: datetime,
    act: str = "",
    viewer: Viewer = ADMINISTRATOR,
    why: str = "edit",
) -> None:
    """Take one record out of the register; the journal keeps it, and `undo` brings it back.

    Raises:
        NotVisibleError: there is no such record for this viewer.
        StaleError: it was changed since it was seen.
        RefusedError: other records name it.
    """
    act = act or uuid4().hex
    with transaction.atomic(), Writer(why, act, by, at) as writer:
        lock_register()
        kind, (held_version, state) = hold(id, viewer)
        if held_version != version:
            raise stale(id, held_version - version, viewer, kind)
        refuse_named([id], {id}, viewer)
        refuse_named_areas(going_with(id, kind, state), {id}, viewer)
        writer.delete(kind, [(id, state)])
        writer.finish()


def hold(number: int, viewer: Viewer) -> tuple[str, Held]:
    """Lock one record until the transaction ends; its kind, version and state."""
    row = Resource.objects.select_for_update().filter(id=number).first()
    if row is None or not viewer.can_see(visibility_of(row)):
        raise NotVisibleError(
            "没有这条记录，或您无权查看。请检查编号。",
            "There is no such record for you. Check the number.",
        )
    return row.kind, load_states(row.kind, [number])[number]


def stale(number: int, behind: int, viewer: Viewer, kind: str) -> StaleError:
    lines = journal.list_of_row(table=TABLE, row=str(number), limit=max(behind, 1))
    seen: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for line in reversed(lines):
        for name, value in (line.before or {}).items():
            seen.setdefault(name, value)
        now.update(line.after or {})
    hidden = {each.name for each in KINDS[kind].fields if not viewer.can_see(each.visibility)}
    changed = {
        name: (part_seen(name, value, viewer), part_seen(name, now.get(name), viewer))
        for name, value in seen.items()
        if name not in ("statements", FLAG) and name not in hidden
    }
    return StaleError(lines[0].by, lines[0].at, changed)


def _changed(
    kind: str,
    before: State,
    values: Mapping[str, Any],
    source_date: date | None,
    viewer: Viewer,
) -> State:
    cleaned = clean(kind, values, viewer=viewer, around=look_around(), is_whole=False)
    people = Acquaintance(viewer)
    people.keep(kind, before)
    people.meet(kind, [cleaned.values])
    parties, unknown = people.recognise(kind, cleaned.values)
    findings = (*cleaned.findings, *unknown)
    if has_fatal(findings):
        raise RefusedError(findings)
    if refusal := doubts.replaces_hidden(kind, before, parties, people.hidden):
        raise RefusedError((refusal,))
    after = merge(
        kind,
        before,
        cleaned.values,
        parties,
        said_on=cleaned.values.get("source_date") or source_date,
        blanks_clear=True,
        names=people.names,
        viewer=viewer,
        hidden=people.hidden,
    )
    wrong = check_state(kind, after)
    if has_fatal(wrong):
        raise RefusedError(wrong)
    return after


def _opened(state: State, texts: Collection[str], viewer: Viewer) -> State:
    """The state with these names open to everybody, as far as they are open to the viewer."""
    if not texts:
        return state
    names = [
        each[:4] if each[1] in texts and viewer.can_see(visibility_of_name(each)) else each
        for each in state.get("names", ())
    ]
    return {**state, "names": names} if names else state


def refuse_taken_code(kind: str, number: int | None, state: State, viewer: Viewer) -> None:
    """Raise when another record bears the surest key this one would bear, or a hidden one any."""
    keys = tuple(keys_of(kind, state))
    candidates = find_candidates(kind, keys, viewer=viewer)
    if hidden := doubts.not_yours(kind, state, keys, candidates.numbers):
        raise RefusedError((hidden,))
    key = next(iter(keys), None)
    if key is None or KINDS[kind].identity[key[0]] == ("name",):
        return
    for other, (_, theirs) in candidates.seen.items():
        if other != number and key in keys_of(kind, theirs):
            raise RefusedError((_already(other),))


def _already(number: int | None) -> Finding:
    return Finding(
        "",
        str(number),
        f"名录中已有这条记录（编号 {number}）。请修改原有记录。",
        f"The register has this record already (number {number}). Change that one.",
    )
