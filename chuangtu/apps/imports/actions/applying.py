"""A file's rows enter the register as one act, and leave it as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.access import judging
from chuangtu.apps.imports.actions.bringing import ImportRefusedError, State, hold, note
from chuangtu.apps.imports.actions.drawing import keep_shapes
from chuangtu.apps.imports.actions.judging import write_judged
from chuangtu.apps.imports.actions.previewing import busy
from chuangtu.apps.imports.actions.recounting import keep_result
from chuangtu.apps.imports.collecting import seldom
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.journal import queries as journal
from chuangtu.apps.journal.actions import announce, withdrawn_if_lost
from chuangtu.apps.places import actions as places
from chuangtu.apps.registry import actions as registry
from chuangtu.apps.registry.actions import Outcome
from chuangtu.terms.viewer import Viewer


def apply(*, batch: int, viewer: Viewer, by: str, at: datetime) -> Mapping[str, int]:
    """Write the previewed rows into the register: all of them in one transaction, or nothing.

    Returns:
        Counts by outcome, as they were found while writing.

    Raises:
        ImportRefusedError: it is not previewed, another process works on it, or rows are wrong
            or doubtful and were not to be left out.
    """
    with shelf.working_on(batch) as is_ours:
        if not is_ours:
            raise busy()
        try:
            with withdrawn_if_lost(), transaction.atomic():
                # Held until the rows are in: a second worker finds it applied.
                held = hold(batch, viewer, State.PREVIEWED)
                return write(held, viewer, by=by, at=at)
        finally:
            shelf.note_progress(batch, None)


@seldom()
def write(batch: ImportBatch, viewer: Viewer, *, by: str, at: datetime) -> Mapping[str, int]:
    """Write the rows; the caller holds the import in a transaction of its own."""
    bad = batch.counts[Outcome.WRONG] + batch.counts[Outcome.DOUBTFUL]
    if bad and not batch.skips_bad_rows:
        raise _unfit(bad)
    since = journal.last_sequence()
    progress = _Report(batch.pk, batch.row_count)
    applied = write_judged(batch, progress, by=by, at=at) or registry.apply_rows(
        kind=batch.kind,
        rows=_rows(batch.pk),
        source=batch.source,
        source_date=batch.source_date,
        source_url=batch.source_url,
        act=batch.act,
        by=by,
        at=at,
        progress=progress,
        creates_parties=batch.creates_parties,
        decisions=_decisions(batch),
        viewer=judging(viewer, batch.role),
        is_strict=not batch.skips_bad_rows,
        # Most files bring what is new: their preview need not be read again.
        seen=_seen(batch.pk) if batch.counts[Outcome.CHANGED] else {},
    )
    if applied.changed_since and not applied.is_written:
        raise _stale(applied.changed_since)
    if not applied.is_written:
        raise _unfit(
            applied.counts.get(Outcome.WRONG, 0) + applied.counts.get(Outcome.DOUBTFUL, 0)
        )
    redrawn = keep_shapes(batch, applied, by=by, at=at)
    if redrawn is None:
        raise _stale(1)
    batch.counts = keep_result(batch.pk, applied, redrawn)
    batch.state, batch.applied_by, batch.applied_at = State.APPLIED, by, at
    batch.wish, batch.attempts = "", 0
    batch.refusal_zh = batch.refusal_en = ""
    batch.save()
    after = {"state": State.APPLIED.value, "counts": batch.counts}
    note(batch, "apply", by=by, at=at, before={"state": State.PREVIEWED.value}, after=after)
    shelf.note_progress(batch.pk, shelf.Progress("showing", batch.row_count, batch.row_count))
    announce(since=since)
    return dict(batch.counts)


def undo(*, batch: int, viewer: Viewer, by: str, at: datetime) -> int:
    """Take an applied file back as one act, exactly; return how many records and shapes.

    Raises:
        ImportRefusedError: it is not applied, or another process works on it.
        UndoError, RefusedError, AreaUndoError: later changes stand on its rows or shapes, which
            are named.
    """
    with shelf.working_on(batch) as is_ours:
        if not is_ours:
            raise busy()
        with withdrawn_if_lost(), transaction.atomic():
            return take_back(hold(batch, viewer, State.APPLIED), viewer, by=by, at=at)


@seldom()
def take_back(batch: ImportBatch, viewer: Viewer, *, by: str, at: datetime) -> int:
    """Undo the writing; the caller holds the import in a transaction of its own.

    A refusal names only what everybody may see who sees the import.
    """
    since = journal.last_sequence()
    touched = 0
    if registry.TABLE in journal.tables_of_act(act=batch.act):
        touched = registry.undo(act=batch.act, by=by, at=at, viewer=judging(viewer, batch.role))
    touched += places.undo(act=batch.act, by=by, at=at)
    batch.state, batch.undone_by, batch.undone_at = State.UNDONE, by, at
    batch.wish, batch.attempts = "", 0
    batch.refusal_zh = batch.refusal_en = ""
    batch.save()
    before, after = {"state": State.APPLIED.value}, {"state": State.UNDONE.value}
    note(batch, "undo", by=by, at=at, before=before, after=after)
    announce(since=since)
    return touched


class _Report:
    """Says how far the writing is, to every process at once."""

    def __init__(self, batch: int, total: int) -> None:
        self._batch, self._total = batch, total

    def __call__(self, done: int) -> None:
        shelf.note_progress(self._batch, shelf.Progress("writing", done, self._total))


def _rows(batch: int) -> Iterator[Mapping[str, Any]]:
    for line in shelf.read_lines(batch, "rows"):
        yield line["values"]


def _decisions(batch: ImportBatch) -> dict[int, int | None]:
    """The decisions by the number among the fit rows, which are the ones written."""
    if not batch.decisions:
        return {}
    decided = {int(number): record for number, record in batch.decisions.items()}
    return {
        place: decided[line["row"]]
        for place, line in enumerate(shelf.read_lines(batch.pk, "rows"))
        if line["row"] in decided
    }


def _seen(batch: int) -> dict[int, tuple[int | None, int]]:
    """What each row would have changed in the preview, by its number among the fit rows."""
    previewed = {
        line["number"]: (line["id"], line["version"])
        for line in shelf.read_lines(batch, "preview")
        if "version" in line
    }
    if not previewed:
        return {}
    return {
        place: previewed[line["row"]]
        for place, line in enumerate(shelf.read_lines(batch, "rows"))
        if line["row"] in previewed
    }


def _stale(count: int) -> ImportRefusedError:
    return ImportRefusedError(
        f"预览之后，文件涉及的 {count} 条记录又被改过，整个文件没有写入。"
        "请重新预览，核对后再导入。",
        f"{count} records of the file were changed after the preview, so nothing was written."
        " Preview again, look, and then apply.",
    )


def _unfit(bad: int) -> ImportRefusedError:
    return ImportRefusedError(
        f"有 {bad} 行有误或存疑，整个文件没有写入。请改正后重新上传，或选择略过这些行。",
        f"{bad} rows are wrong or doubtful, so nothing was written. Mend them and upload the file"
        " again, or choose to leave those rows out.",
    )
