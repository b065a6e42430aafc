"""Looking for pairs, and deciding on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import combinations

from django.db import transaction

from chuangtu.apps.duplicates.facts import GROUP, reasons_of
from chuangtu.apps.duplicates.models import Pair, Search
from chuangtu.apps.journal import actions as journal
from chuangtu.apps.journal import queries as journaled
from chuangtu.apps.registry import actions as registry
from chuangtu.apps.registry import queries as registered
from chuangtu.engines.resolve.cluster import cluster
from chuangtu.engines.resolve.find_pairs import find_pairs
from chuangtu.engines.resolve.model import Pair as Found
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Viewer

TABLE = "duplicates.pair"
_AT_ONCE = 500


class DecidedError(ChuangtuError):
    """A pair is no longer to be decided; the sentence says what to do."""


def search(*, by: str, at: datetime) -> Search:
    """Compare all organizations and bring the queue up to date.

    What somebody decided stays decided. An open pair that is no longer alike is settled. Reading
    and comparing hold no lock; numbers that went meanwhile are settled by the next search.
    """
    entry, _ = journaled.last_entry()
    parties = registered.list_parties()
    pairs = find_pairs(parties)
    clusters = cluster(pairs, parties)
    doubtful = {(each.first, each.second) for each in clusters.doubtful}
    known = {(each.first, each.second): each for each in (*pairs, *clusters.doubtful)}
    wanted = [known[each] for each in sorted(doubtful | _sure(clusters.merged, known))]
    with transaction.atomic():
        _settle(wanted)
        _add(wanted, at)
        found = Pair.objects.filter(state=Pair.State.OPEN).count()
        return Search.objects.create(entry=entry, compared=len(parties), found=found, by=by, at=at)


def _sure(
    merged: Iterable[tuple[str, ...]], known: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """The pairs that were found in each group of records that are one organization."""
    return {pair for group in merged for pair in combinations(sorted(group), 2) if pair in known}


def _numbers(found: Found) -> tuple[int, int]:
    one, other = sorted((int(found.first), int(found.second)))
    return one, other


def _settle(wanted: Collection[Found]) -> None:
    alike = {_numbers(each) for each in wanted}
    open_pairs = Pair.objects.filter(state=Pair.State.OPEN)
    gone = [
        number
        for number, first, second in open_pairs.values_list("id", "first", "second")
        if (first, second) not in alike
    ]
    for start in range(0, len(gone), _AT_ONCE):
        some = Pair.objects.filter(id__in=gone[start : start + _AT_ONCE])
        some.update(state=Pair.State.SETTLED)


def _add(wanted: Collection[Found], at: datetime) -> None:
    """New pairs, and those that were settled by themselves and are alike again."""
    held = {
        (first, second): (number, state)
        for number, first, second, state in Pair.objects.values_list(
            "id", "first", "second", "state"
        )
    }
    new: list[Pair] = []
    again: list[Pair] = []
    for each in wanted:
        first, second = _numbers(each)
        number, state = held.get((first, second), (None, None))
        if state in (Pair.State.APART, Pair.State.UNITED):
            continue
        row = Pair(
            pk=number,
            first=first,
            second=second,
            verdict=each.judgement.verdict.value,
            reasons=reasons_of(each.judgement),
            state=Pair.State.OPEN,
            found_at=at,
        )
        (new if number is None else again).append(row)
    Pair.objects.bulk_create(new, batch_size=_AT_ONCE)
    Pair.objects.bulk_update(again, ["verdict", "reasons", "state"], batch_size=_AT_ONCE)


@transaction.atomic
def keep_apart(*, pair: int, note: str, by: str, at: datetime, viewer: Viewer) -> None:
    """Say that the two are different organizations; no search asks again.

    Raises:
        NotVisibleError: one of the two is not there for this viewer.
        DecidedError: somebody decided it before.
    """
    row = _open(pair, viewer)
    _decide(row, Pair.State.APART, note=note, by=by, at=at)


@transaction.atomic
def unite(
    *,
    pair: int,
    keep: int,
    versions: tuple[int, int],
    takes: Collection[str],
    name_kind: str,
    note: str,
    by: str,
    at: datetime,
    viewer: Viewer,
) -> None:
    """Make one record of the two; see `registry.actions.unite_records`.

    Raises:
        NotVisibleError: one of the two is not there for this viewer.
        DecidedError: somebody decided it before, or `keep` is neither of the two.
        StaleError: one was changed since it was seen.
        RefusedError: the two cannot become one.
    """
    row = _open(pair, viewer)
    if keep not in (row.first, row.second):
        raise DecidedError("请选择保留哪一条。", "Choose which of the two stays.")
    act = registry.unite_records(
        keep=keep,
        drop=row.second if keep == row.first else row.first,
        versions=versions,
        takes=takes,
        name_kind=name_kind,
        by=by,
        at=at,
        viewer=viewer,
    )
    row.act = act
    _decide(row, Pair.State.UNITED, note=note, by=by, at=at)


@transaction.atomic
def reopen(*, pair: int, by: str, at: datetime, viewer: Viewer) -> None:
    """Take a decision back; records that became one are two again, exactly as they were.

    Raises:
        DecidedError: there is nothing to take back.
        UndoError: what was merged has been changed since.
    """
    row = Pair.objects.select_for_update().filter(pk=pair).first()
    if row is None or row.state not in (Pair.State.APART, Pair.State.UNITED):
        raise DecidedError(
            "这一对没有可以收回的决定。请刷新列表。",
            "There is no decision on this pair to take back. Load the list again.",
        )
    if row.state == Pair.State.UNITED:
        registry.undo(act=row.act, by=by, at=at, viewer=viewer)
        row.act = ""
    registered.get_record(row.first, viewer)
    registered.get_record(row.second, viewer)
    _decide(row, Pair.State.OPEN, note="", by=by, at=at)


def _open(pair: int, viewer: Viewer) -> Pair:
    """The pair, locked, if it waits for a decision and both records are there for the viewer."""
    row = Pair.objects.select_for_update().filter(pk=pair).first()
    if row is None or row.state != Pair.State.OPEN:
        raise DecidedError(
            "这一对已经有人处理，或已不相似。请刷新列表。",
            "This pair was decided by somebody, or is no longer alike. Load the list again.",
        )
    for number in (row.first, row.second):
        registered.get_record(number, viewer)
    return row


def _decide(row: Pair, state: str, *, note: str, by: str, at: datetime) -> None:
    before = {"state": row.state, "note": row.note, "act": row.act}
    row.state, row.note, row.decided_by, row.decided_at = state, note[:500], by, at
    row.save()
    after = {"state": row.state, "note": row.note, "act": row.act}
    change = journal.Change(TABLE, str(row.pk), before, after)
    journal.write(changes=[change], why="action", act=f"{GROUP}{row.pk}", by=by, at=at)
