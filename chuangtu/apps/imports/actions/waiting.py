"""What people ask for is done in the background, once, whatever happens to the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.actions.applying import take_back, write
from chuangtu.apps.imports.actions.bringing import State, hold, note, said
from chuangtu.apps.imports.actions.previewing import look
from chuangtu.apps.imports.actions.reading import READ_FIELDS, read_later
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.journal.actions import withdrawn_if_lost
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Role, Viewer

Wish = ImportBatch.Wish
MOST_ATTEMPTS = 3
"""A file at which the worker failed or was killed so often is not tried again by itself."""

_NEEDED = {
    Wish.PREVIEW: (State.READ, State.PREVIEWED),
    Wish.APPLY: (State.PREVIEWED,),
    Wish.UNDO: (State.APPLIED,),
}


def ask(*, batch: int, wish: str, viewer: Viewer, by: str) -> None:
    """Ask the background to `preview`, `apply` or `undo` an import.

    Raises:
        ImportRefusedError: it is being worked on already, or is not in the state for it.
    """
    wanted = Wish(wish)
    with transaction.atomic():
        held = hold(batch, viewer, *_NEEDED[wanted])
        held.wish, held.wished_by, held.wished_role = wanted, by, viewer.role.value
        held.attempts = 0
        held.refusal_zh = held.refusal_en = ""
        held.save()


def work_on(*, batch: int, at: Callable[[], datetime]) -> bool:
    """Do what an import waits for; say whether it was done here.

    The wish stays until it is fulfilled or refused, in the transaction that does it: a worker
    that is killed, or fails in a way nobody foresaw, leaves it, and the next one finds it. After
    some attempts it is refused. What another process is at is left alone.
    """
    with shelf.working_on(batch) as is_ours:
        if is_ours:
            try:
                _fulfil(batch, at)
            finally:
                shelf.note_progress(batch, None)
        return is_ours


def _fulfil(number: int, at: Callable[[], datetime]) -> None:
    ImportBatch.objects.filter(pk=number).update(attempts=F("attempts") + 1)
    batch = ImportBatch.objects.get(pk=number)
    if batch.attempts > MOST_ATTEMPTS:
        _refuse(
            number,
            f"后台处理失败或中断了 {MOST_ATTEMPTS} 次，没有写入任何内容。"
            "请管理员查看日志，或把文件拆小后再试。",
            f"The background work failed or was cut off {MOST_ATTEMPTS} times; nothing was"
            " written. Ask the administrator to read the log, or split the file.",
        )
        return
    viewer = Viewer(Role(batch.wished_role))
    try:
        _WORK[Wish(batch.wish)](number, viewer, batch.wished_by, at())
    except ChuangtuError as error:
        _refuse(number, error.zh, error.en)


def _read(number: int, viewer: Viewer, by: str, at: datetime) -> None:
    batch = ImportBatch.objects.get(pk=number)
    read_later(batch, viewer)
    with transaction.atomic():
        if _locked(number, Wish.READ) is not None:
            batch.save(update_fields=READ_FIELDS)
            note(batch, "read", by=by, at=at, after=said(batch))


def _preview(number: int, viewer: Viewer, by: str, at: datetime) -> None:
    look(ImportBatch.objects.get(pk=number), viewer)
    ImportBatch.objects.filter(pk=number).update(wish="", attempts=0)


def _apply(number: int, viewer: Viewer, by: str, at: datetime) -> None:
    with withdrawn_if_lost(), transaction.atomic():
        held = _locked(number, Wish.APPLY)
        if held is not None:
            write(held, viewer, by=by, at=at)


def _undo(number: int, viewer: Viewer, by: str, at: datetime) -> None:
    with withdrawn_if_lost(), transaction.atomic():
        held = _locked(number, Wish.UNDO)
        if held is not None:
            take_back(held, viewer, by=by, at=at)


def _locked(number: int, wish: str) -> ImportBatch | None:
    """The import, if the wish still stands: another machine may have fulfilled it."""
    held = ImportBatch.objects.select_for_update().get(pk=number)
    return held if held.wish == wish else None


def _refuse(number: int, zh: str, en: str) -> None:
    ImportBatch.objects.filter(pk=number).update(wish="", attempts=0, refusal_zh=zh, refusal_en=en)


_WORK: dict[str, Callable[[int, Viewer, str, datetime], Any]] = {
    Wish.READ: _read,
    Wish.PREVIEW: _preview,
    Wish.APPLY: _apply,
    Wish.UNDO: _undo,
}
