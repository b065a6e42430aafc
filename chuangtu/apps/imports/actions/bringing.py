"""A file is brought and read; a person says what its columns and its doubtful rows mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.access import (
    fields_for,
    judging,
    may_see,
    no_such,
    refuse_strangers,
)
from chuangtu.apps.imports.actions.reading import READ_FIELDS, read_into
from chuangtu.apps.imports.facts import crs_code
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.journal import actions as journal
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.engines.tables.model import TableError
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Viewer

State = ImportBatch.State
TABLE = "imports.batch"
"""How the journal calls an import."""
_CHOOSING = (State.READ, State.PREVIEWED, State.REFUSED)


class ImportRefusedError(ChuangtuError):
    """What was asked of an import cannot be done now; the message says why and what to do."""


def upload(
    *,
    chunks: Iterable[bytes],
    file_name: str,
    kind: str,
    source: str,
    source_date: date,
    crs: str = "",
    source_url: str = "",
    is_awaited: bool = False,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Keep a file, read it, and suggest what its columns mean; return the import's number.

    A file that cannot be read is kept as a refused import with the sentence that says why. Where
    somebody waits for an answer (`is_awaited`), a file that takes long is read in the background.

    Raises:
        NotVisibleError: the viewer may not import.
        ImportRefusedError: the kind is unknown, or the source is missing.
    """
    refuse_strangers(viewer)
    _check(kind, source)
    with shelf.bringing(_is_named) as store:
        stored = store(chunks)
        batch = ImportBatch(
            file_name=_name(file_name),
            content_hash=stored.content_hash,
            size_bytes=stored.size_bytes,
            kind=kind,
            crs=crs,
            source=source.strip()[:300],
            source_date=source_date,
            source_url=source_url[:500],
            by=by,
            role=viewer.role.value,
            at=at,
        )
        read_into(batch, viewer, by=by, is_awaited=is_awaited)
        with transaction.atomic():
            batch.save()
            note(batch, "upload", by=by, at=at, after=said(batch))
    return batch.pk


def _is_named(content_hash: str) -> bool:
    return ImportBatch.objects.filter(content_hash=content_hash).exists()


def choose(
    *,
    batch: int,
    mapping: Mapping[str, str | None] | None = None,
    crs: str | None = None,
    creates_parties: bool | None = None,
    skips_bad_rows: bool | None = None,
    is_awaited: bool = False,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> None:
    """Say what the columns mean, or another choice; an earlier preview no longer holds.

    Args:
        batch: number of the import.
        mapping: header → field, or `None` to leave the column out; columns not named stay.
        crs: the coordinate system where the file names none; a geographic file is read again.
        creates_parties: register unknown parties by their names.
        skips_bad_rows: leave wrong and doubtful rows out instead of refusing the file.
        is_awaited: somebody waits for an answer: reading that takes long is left for later.
        viewer: who chooses.
        by: who chooses, for the journal.
        at: when.

    Raises:
        ImportRefusedError: an unknown header or field, or one field for two columns.
    """
    if crs is not None:
        _reread(batch, crs, is_awaited=is_awaited, viewer=viewer, by=by, at=at)
        if mapping is creates_parties is skips_bad_rows is None:
            return
    with transaction.atomic():
        held = hold(batch, viewer, *_CHOOSING)
        before = said(held)
        if mapping is not None:
            held.mapping = {**held.mapping, **_checked(held, mapping, viewer)}
            _refuse_twice(held)
        if creates_parties is not None:
            held.creates_parties = creates_parties
        if skips_bad_rows is not None:
            held.skips_bad_rows = skips_bad_rows
        if held.state == State.PREVIEWED and (mapping is not None or creates_parties is not None):
            held.state, held.counts = State.READ, {}
        held.save()
        note(held, "choose", by=by, at=at, before=before, after=said(held))


def _reread(
    number: int, crs: str, *, is_awaited: bool, viewer: Viewer, by: str, at: datetime
) -> None:
    """Take another system; a file of shapes is read again in it, while nothing is locked."""
    with transaction.atomic():
        batch = hold(number, viewer, *_CHOOSING)
        if crs == batch.crs:
            return
        before = said(batch)
        batch.crs = crs
        if batch.state != State.REFUSED and not any(
            each["crs"] for each in batch.reading["tables"]
        ):
            _refuse_unknown(batch)
            batch.state, batch.counts = State.READ, {}
            batch.save()
            note(batch, "choose", by=by, at=at, before=before, after=said(batch))
            return
    read_into(batch, viewer, by=by, is_awaited=is_awaited)
    with transaction.atomic():
        hold(number, viewer, *_CHOOSING)
        batch.save(update_fields=[*READ_FIELDS, "crs"])
        note(batch, "choose", by=by, at=at, before=before, after=said(batch))


def _refuse_unknown(batch: ImportBatch) -> None:
    """Columns of degrees are in one of the four systems."""
    if batch.crs:
        try:
            crs_code(batch.crs, batch.file_name)
        except TableError as error:
            raise ImportRefusedError(error.zh, error.en) from error


def decide(
    *, batch: int, row: int, record: int | None, viewer: Viewer, by: str, at: datetime
) -> None:
    """Say which record a doubtful row means, `None` for a new one; preview again afterwards."""
    with transaction.atomic():
        held = hold(batch, viewer, State.PREVIEWED)
        before = said(held)
        held.decisions = {**held.decisions, str(row): record}
        held.save()
        note(held, "decide", by=by, at=at, before=before, after=said(held))


def hold(number: int, viewer: Viewer, *states: str) -> ImportBatch:
    """Lock an import that is in one of these states and that nobody is asked to work on."""
    refuse_strangers(viewer)
    held = ImportBatch.objects.select_for_update().filter(pk=number).first()
    if held is None or not may_see(viewer, held.role):
        raise no_such(number)
    if held.wish:
        raise ImportRefusedError(
            "这个文件正在后台处理。请等它完成后再操作。",
            "This file is being worked on in the background. Wait until that is done.",
        )
    if held.state not in states:
        raise ImportRefusedError(
            f"这个文件的状态是“{held.get_state_display()}”，不能这样操作。请刷新页面查看。",
            f"This file is '{held.state}', so this cannot be done. Reload to see where it is.",
        )
    return held


def note(
    batch: ImportBatch,
    verb: str,
    *,
    by: str,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None,
) -> None:
    """Write the import's own line in the journal."""
    journal.write(
        changes=[journal.Change(TABLE, str(batch.pk), before, after)],
        why="import",
        act=f"batch:{batch.pk}:{verb}",
        by=by,
        at=at,
    )


def _check(kind: str, source: str) -> None:
    if kind not in KINDS:
        known = "、".join(f"{each.name}（{each.zh}）" for each in KINDS.values())
        raise ImportRefusedError(
            f"没有“{kind[:40]}”这个类别。可选：{known}。",
            f"There is no kind '{kind[:40]}'. Choose from: {', '.join(KINDS)}.",
        )
    if not source.strip():
        raise ImportRefusedError(
            "缺少数据来源。请写明文件名称或发布单位。",
            "The source is missing. Give the document's title or publisher.",
        )


def _name(given: str) -> str:
    """The name without folders and without signs that nobody sees."""
    name = "".join(each for each in given if each.isprintable())
    return name.replace("\\", "/").rpartition("/")[2].strip()[-255:] or "file"


def _checked(
    batch: ImportBatch, mapping: Mapping[str, str | None], viewer: Viewer
) -> dict[str, str | None]:
    known = {each.name for each in fields_for(batch.kind, judging(viewer, batch.role))}
    for header, name in mapping.items():
        if header not in batch.mapping:
            raise ImportRefusedError(
                f"文件里没有“{header[:40]}”这一列。请刷新页面。",
                f"The file has no column '{header[:40]}'. Reload the page.",
            )
        if name is not None and name not in known:
            raise ImportRefusedError(
                f"没有“{name[:40]}”这个字段。请从列表中选取。",
                f"There is no field '{name[:40]}'. Choose one of the list.",
            )
    return dict(mapping)


def _refuse_twice(batch: ImportBatch) -> None:
    seen: dict[str, str] = {}
    for header, name in batch.mapping.items():
        if name is not None and name in seen:
            raise ImportRefusedError(
                f"“{seen[name]}”和“{header}”都对应了同一个字段。请只留一列。",
                f"'{seen[name]}' and '{header}' are both given to one field. Keep one of them.",
            )
        if name is not None:
            seen[name] = header


def said(batch: ImportBatch) -> dict[str, Any]:
    """What the journal keeps of an import: what people said, and where it stands."""
    return {
        "file_name": batch.file_name,
        "content_hash": batch.content_hash,
        "kind": batch.kind,
        "crs": batch.crs,
        "source": batch.source,
        "source_date": batch.source_date.isoformat(),
        "mapping": batch.mapping,
        "decisions": batch.decisions,
        "creates_parties": batch.creates_parties,
        "skips_bad_rows": batch.skips_bad_rows,
        "state": str(batch.state),
    }
