"""A file is read: at once where that is quick, else in the background, and never without end."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.access import fields_for, judging
from chuangtu.apps.imports.facts import chosen_crs, targets, usable
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.apps.registry.kinds.borrowed import BORROWED
from chuangtu.engines.tables.glance import glance
from chuangtu.engines.tables.model import Cell, Glance, Place, Table, TableError
from chuangtu.engines.tables.read import read
from chuangtu.engines.tables.read_apart import read_apart
from chuangtu.engines.tables.suggest import suggest
from chuangtu.terms.viewer import Viewer

State = ImportBatch.State
WITHIN_S = 20
"""The longest that somebody waits at a page, and that a small file may take to be read."""
_BYTES_A_SECOND = 1_000_000
"""The slowest that an honest file is read: sheets of one-letter cells are read at twice this."""

READ_FIELDS = (
    *("state", "refusal_zh", "refusal_en", "reading", "counts", "columns", "row_count"),
    *("wish", "wished_by", "wished_role", "attempts"),
)
"""What reading may change of an import."""


def load(batch: ImportBatch) -> Sequence[Table]:
    """The tables of the file, read again: only of a file that was read within its time before.

    Raises:
        TableError: the file cannot be read.
    """
    path = shelf.path_of(batch.content_hash)
    return read(path, name=batch.file_name, crs=batch.crs or None)


def read_into(batch: ImportBatch, viewer: Viewer, *, by: str, is_awaited: bool) -> None:
    """Read the file into the import, or refuse it with the reader's sentence; nothing is saved.

    Where somebody waits it is left to the background if it takes too long for its size, or if
    others are being read: the threads that answer people are few.
    """
    try:
        tables = _promptly(batch) if is_awaited else tuple(map(glance, load(batch)))
        if tables is not None:
            _keep(batch, tables, viewer)
            return
    except TableError as error:
        _refuse(batch, error)
        return
    batch.state = State.REFUSED
    batch.refusal_zh = batch.refusal_en = ""
    batch.wish, batch.attempts = ImportBatch.Wish.READ, 0
    batch.wished_by, batch.wished_role = by, viewer.role.value


def read_later(batch: ImportBatch, viewer: Viewer) -> None:
    """Read the file in the background, within the time its size deserves; nothing is saved."""
    batch.wish, batch.attempts = "", 0
    try:
        _keep(batch, _apart(batch, patience_s(batch.size_bytes)), viewer)
    except TableError as error:
        _refuse(batch, error)


def patience_s(size_bytes: int) -> int:
    """How long a file of this size may take."""
    return WITHIN_S + size_bytes // _BYTES_A_SECOND


def _promptly(batch: ImportBatch) -> Sequence[Glance] | None:
    """What the file holds, or `None` if that is for the background to find out."""
    with shelf.reading_slot() as is_free:
        if not is_free:
            return None
        try:
            return _apart(batch, WITHIN_S)
        except TableError as error:
            if error.code == "too_slow" and patience_s(batch.size_bytes) > WITHIN_S:
                return None
            raise


def _apart(batch: ImportBatch, seconds: int) -> Sequence[Glance]:
    path = shelf.path_of(batch.content_hash)
    return read_apart(
        path,
        name=batch.file_name,
        crs=batch.crs or None,
        seconds=seconds,
        memory_mb=settings.READER_MEMORY_MB,
    )


def _refuse(batch: ImportBatch, error: TableError) -> None:
    batch.state = State.REFUSED
    batch.refusal_zh, batch.refusal_en = error.zh, error.en
    batch.reading = {"refusal": error.code}


def _keep(batch: ImportBatch, tables: Sequence[Glance], viewer: Viewer) -> None:
    """Keep what was found, and suggest what the columns mean.

    Raises:
        TableError: the system chosen for columns of degrees is none of the four.
    """
    if batch.crs:
        chosen_crs(tables[0], batch.crs)
    used = usable(tables)
    known = targets(KINDS[batch.kind], fields_for(batch.kind, judging(viewer, batch.role)))
    headers = tables[0].headers
    found = suggest([each for each in headers if each not in BORROWED], known)
    meant = {each.header: each.target for each in found}
    batch.state = State.READ
    batch.refusal_zh = batch.refusal_en = ""
    batch.counts = {}
    batch.mapping = {each: meant.get(each) for each in headers}
    batch.row_count = sum(tables[n].row_count for n in used)
    batch.reading = {
        "tables": [
            {"sheet": t.sheet, "rows": t.row_count, "is_used": n in used, "crs": t.crs}
            for n, t in enumerate(tables)
        ],
        "suggestions": [
            {"header": s.header, "field": s.target, "confidence": str(s.confidence), "how": s.how}
            for s in found
        ],
        "notices": [
            *({"zh": p.zh, "en": p.en} for t in tables for p in t.notices),
            *(_unused_notice(t, tables[0]) for n, t in enumerate(tables) if n not in used),
            *(_borrowed_notice(each) for each in headers if each in BORROWED),
            *(_shape_notice(batch.kind, each) for each in tables if each.drawn_count),
        ],
        "samples": _samples(tables[0]),
    }


def _unused_notice(table: Glance, first: Glance) -> dict[str, str]:
    """No row is left out without a word."""
    name, read = (each.sheet or each.file for each in (table, first))
    return {
        "zh": f"工作表“{name}”的列与“{read}”不同，其中 {table.row_count} 行不会导入。"
        "请改成同样的列，或另存为一个文件再导入。",
        "en": f"Sheet '{name}' has other columns than '{read}' and is not imported (rows:"
        f" {table.row_count}). Give it the same columns, or import it as a file of its own.",
    }


def _borrowed_notice(header: str) -> dict[str, str]:
    fields = [field for field in COMMON if field.name in BORROWED[header].fields]
    zh, en = "、".join(each.zh for each in fields), ", ".join(each.en for each in fields)
    return {
        "zh": f"“{header}”不为空的行，其{zh}取自别的记录，不作为本记录的内容导入。",
        "en": f"In rows where '{header}' is filled in, these are another record's and are not"
        f" imported: {en}.",
    }


def _shape_notice(kind: str, table: Glance) -> dict[str, str]:
    said = Place(table.file, table.shape, table.sheet)
    count = table.drawn_count
    areas = table.area_count if KINDS[kind].drawn else 0
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


def _samples(table: Glance) -> dict[str, list[str]]:
    """A few values of each column, so that a person sees what is in it."""
    columns = zip(*table.samples, strict=True)
    return {
        header: [_shown(each) for each in values if each is not None][:3]
        for header, values in zip(table.headers, columns, strict=False)
    }


def _shown(cell: Cell) -> str:
    return "".join(each for each in str(cell) if each.isprintable())[:40]
