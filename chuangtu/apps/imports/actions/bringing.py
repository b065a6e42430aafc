"""A file is brought and read; a person says what its columns and its doubtful rows mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.access import fields_for, may_see, no_such, refuse_strangers
from chuangtu.apps.imports.facts import polygons_of, shape_count, targets, usable
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.journal import actions as journal
from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.apps.registry.kinds.borrowed import BORROWED
from chuangtu.engines.tables.model import Cell, Place, Table, TableError
from chuangtu.engines.tables.read import read
from chuangtu.engines.tables.suggest import suggest
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Viewer

State = ImportBatch.State


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
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Keep a file, read it, and suggest what its columns mean; return the import's number.

    A file that cannot be read is kept as a refused import with the sentence that says why.

    Raises:
        NotVisibleError: the viewer may not import.
        ImportRefusedError: the kind is unknown, or the source is missing.
    """
    refuse_strangers(viewer)
    _check(kind, source)
    stored = shelf.store(chunks)
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
    _read(batch, viewer)
    with transaction.atomic():
        batch.save()
        note(batch, "upload", by=by, at=at, after=_said(batch))
    return batch.pk


def choose(
    *,
    batch: int,
    mapping: Mapping[str, str | None] | None = None,
    crs: str | None = None,
    creates_parties: bool | None = None,
    skips_bad_rows: bool | None = None,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> None:
    """Say what the columns mean, or another choice; an earlier preview no longer holds.

    Args:
        batch: number of the import.
        mapping: header → field, or `None` to leave the column out; columns not named stay.
        crs: the coordinate system of a geographic file; it is read again.
        creates_parties: register unknown parties by their names.
        skips_bad_rows: leave wrong and doubtful rows out instead of refusing the file.
        viewer: who chooses.
        by: who chooses, for the journal.
        at: when.

    Raises:
        ImportRefusedError: an unknown header or field, or one field for two columns.
    """
    with transaction.atomic():
        held = hold(batch, viewer, State.READ, State.PREVIEWED, State.REFUSED)
        before = _said(held)
        if crs is not None and crs != held.crs:
            held.crs = crs
            _read(held, viewer)
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
        note(held, "choose", by=by, at=at, before=before, after=_said(held))


def decide(
    *, batch: int, row: int, record: int | None, viewer: Viewer, by: str, at: datetime
) -> None:
    """Say which record a doubtful row means, `None` for a new one; preview again afterwards."""
    with transaction.atomic():
        held = hold(batch, viewer, State.PREVIEWED)
        before = _said(held)
        held.decisions = {**held.decisions, str(row): record}
        held.save()
        note(held, "decide", by=by, at=at, before=before, after=_said(held))


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
        changes=[journal.Change("imports.batch", str(batch.pk), before, after)],
        why="import",
        act=f"batch:{batch.pk}:{verb}",
        by=by,
        at=at,
    )


def load(batch: ImportBatch) -> Sequence[Table]:
    """The tables of the file, read again.

    Raises:
        TableError: the file cannot be read.
    """
    path = shelf.path_of(batch.content_hash)
    return read(path, name=batch.file_name, crs=batch.crs or None)


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


def _read(batch: ImportBatch, viewer: Viewer) -> None:
    """Read the file into the import, or refuse it with the reader's sentence."""
    try:
        tables = load(batch)
    except TableError as error:
        batch.state = State.REFUSED
        batch.refusal_zh, batch.refusal_en = error.zh, error.en
        batch.reading = {"refusal": error.code}
        return
    used = usable(tables)
    known = targets(KINDS[batch.kind], fields_for(batch.kind, viewer))
    headers = tables[0].headers
    found = suggest([each for each in headers if each not in BORROWED], known)
    meant = {each.header: each.target for each in found}
    batch.state = State.READ
    batch.refusal_zh = batch.refusal_en = ""
    batch.counts = {}
    batch.mapping = {each: meant.get(each) for each in headers}
    batch.row_count = sum(len(tables[n].rows) for n in used)
    batch.reading = {
        "tables": [
            {"sheet": t.sheet, "rows": len(t.rows), "is_used": n in used, "crs": t.crs}
            for n, t in enumerate(tables)
        ],
        "suggestions": [
            {"header": s.header, "field": s.target, "confidence": str(s.confidence), "how": s.how}
            for s in found
        ],
        "notices": [
            *({"zh": p.zh, "en": p.en} for t in tables for p in t.notices),
            *(_borrowed_notice(each) for each in headers if each in BORROWED),
            *(_shape_notice(batch.kind, t, count) for t in tables if (count := shape_count(t))),
        ],
        "samples": _samples(tables[0]),
    }


def _borrowed_notice(header: str) -> dict[str, str]:
    fields = [field for field in COMMON if field.name in BORROWED[header].fields]
    zh, en = "、".join(each.zh for each in fields), ", ".join(each.en for each in fields)
    return {
        "zh": f"“{header}”不为空的行，其{zh}取自别的记录，不作为本记录的内容导入。",
        "en": f"In rows where '{header}' is filled in, these are another record's and are not"
        f" imported: {en}.",
    }


def _shape_notice(kind: str, table: Table, count: int) -> dict[str, str]:
    said = Place(table.file, table.shape, table.sheet)
    areas = len(polygons_of(table)) if KINDS[kind].drawn else 0
    if areas == count:
        return {
            "zh": f"{said.zh}：有 {count} 个面图形，导入后作为边界保存，在地图上显示。",
            "en": f"{said.en}: {count} geometries are areas; they are kept as boundaries and shown"
            " on the map.",
        }
    return {
        "zh": f"{said.zh}：有 {count - areas} 个线或面图形，记录只取其中一点（精度：道路）。"
        "要让街镇、区的边界上图，请由管理员运行 chuangtu init 区划代码 --areas 文件。",
        "en": f"{said.en}: {count - areas} geometries are lines or areas; a record keeps one point"
        " of each (precision: road). For boundaries of towns and the district, an administrator"
        " runs chuangtu init CODE --areas FILE.",
    }


def _name(given: str) -> str:
    """The name without folders and without signs that nobody sees."""
    name = "".join(each for each in given if each.isprintable())
    return name.replace("\\", "/").rpartition("/")[2].strip()[-255:] or "file"


def _samples(table: Table) -> dict[str, list[str]]:
    """A few values of each column, so that a person sees what is in it."""
    columns = zip(*table.rows[:200], strict=True)
    return {
        header: [_shown(each) for each in values if each is not None][:3]
        for header, values in zip(table.headers, columns, strict=False)
    }


def _shown(cell: Cell) -> str:
    return "".join(each for each in str(cell) if each.isprintable())[:40]


def _checked(
    batch: ImportBatch, mapping: Mapping[str, str | None], viewer: Viewer
) -> dict[str, str | None]:
    known = {each.name for each in fields_for(batch.kind, viewer)}
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


def _said(batch: ImportBatch) -> dict[str, Any]:
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
