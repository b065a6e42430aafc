"""Every reading of imports; only officers and administrators may ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.access import (
    fields_for,
    judging,
    may_import,
    may_see,
    no_such,
    refuse_strangers,
    roles_seen,
)
from chuangtu.apps.imports.facts import MARKS, crs_code, problem_of, template_columns
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.imports.shelf import list_files
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.queries import Outcome
from chuangtu.engines.tables.mark import mark
from chuangtu.engines.tables.model import Place, Problem
from chuangtu.engines.tables.read import read
from chuangtu.engines.tables.template import template
from chuangtu.terms.errors import ChuangtuError, NotVisibleError, ParameterError
from chuangtu.terms.kind import Field
from chuangtu.terms.viewer import Viewer

__all__ = [
    "KINDS",
    "Batch",
    "PreviewPage",
    "UnreadError",
    "fields_for",
    "get_batch",
    "list_batches",
    "list_files",
    "list_preview",
    "list_waiting",
    "marked_file",
    "may_import",
    "original_file",
    "system_of",
    "targets_of",
    "template_file",
]


class UnreadError(ChuangtuError):
    """The rows of a file that was not read are asked for; the message says why it was not."""


MOST_LINES = 200
MOST_MARKED = 20_000
"""Errors written into a marked file; a file with more has one cause, seen in the first."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One import as it is shown.

    Attributes:
        role: of who brought it; the file is judged with the eyes of that role.
        state: read, previewed, applied, undone or refused.
        wish: what the background is asked to do: preview, apply, undo, or nothing.
        mapping: header → field or `None`, in the file's order.
        reading: tables, suggestions (with confidence and how), notices, samples.
        counts: rows by outcome; empty before a preview.
        progress: how far the work is; `None` when nobody works on it.
        refusal_zh: why the last thing asked for was not done; empty when it was.
        refusal_en: the same in English.
        act: the journal's name of the writing.
    """

    id: int
    file_name: str
    size_bytes: int
    kind: str
    role: str
    crs: str
    source: str
    source_date: date
    source_url: str
    state: str
    wish: str
    mapping: dict[str, str | None]
    reading: dict[str, Any]
    decisions: dict[str, int | None]
    creates_parties: bool
    skips_bad_rows: bool
    row_count: int
    counts: dict[str, int]
    progress: shelf.Progress | None
    refusal_zh: str
    refusal_en: str
    by: str
    at: datetime
    applied_by: str
    applied_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    act: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """Some rows of a preview; each line as `preview` kept it, and how many there are in all."""

    lines: Sequence[dict[str, Any]]
    total: int


def get_batch(number: int, *, viewer: Viewer) -> Batch:
    """One import.

    Raises:
        NotVisibleError: there is none, or this viewer may not see it.
    """
    refuse_strangers(viewer)
    row = ImportBatch.objects.filter(pk=number).first() if 0 < number < 2**63 else None
    if row is None or not may_see(viewer, row.role):
        raise no_such(number)
    return _batch(row)


def list_batches(*, viewer: Viewer, limit: int = 50, before: int | None = None) -> list[Batch]:
    """Imports, newest first; `before` is the number after which the next page begins."""
    refuse_strangers(viewer)
    chosen = ImportBatch.objects.filter(role__in=roles_seen(viewer)).order_by("-id")
    if before is not None:
        chosen = chosen.filter(pk__lt=before)
    return [_batch(each) for each in chosen[:limit]]


def targets_of(batch: Batch, *, viewer: Viewer) -> list[Field]:
    """The fields that the columns of an import may be given to."""
    return fields_for(batch.kind, judging(viewer, batch.role))


def system_of(batch: Batch) -> str | None:
    """The code of the system chosen for columns of degrees, empty for none.

    `None` for a file of shapes, whose system is settled when it is read.
    """
    if any(each["crs"] for each in batch.reading.get("tables", ())):
        return None
    return crs_code(batch.crs, batch.file_name) if batch.crs else ""


def list_waiting() -> list[int]:
    """Numbers of the imports that wait for the background, oldest first."""
    return list(ImportBatch.objects.exclude(wish="").order_by("id").values_list("id", flat=True))


def list_preview(
    number: int,
    *,
    viewer: Viewer,
    outcomes: Sequence[str] = (),
    offset: int = 0,
    limit: int = 50,
) -> PreviewPage:
    """Some rows, in the file's order; without outcomes, of all.

    Each line says what was found in the preview; of a file that was written, what became of it.
    """
    batch = get_batch(number, viewer=viewer)
    marks = [MARKS[_outcome(each)] for each in outcomes] or None
    span = min(max(limit, 0), MOST_LINES)
    name = _lines_of(number, batch.state)
    lines, total = shelf.read_page(number, name, marks, max(offset, 0), span)
    if batch.state == ImportBatch.State.UNDONE:
        # The records that it brought are gone.
        lines = [line | {"id": None} if line["outcome"] == Outcome.NEW else line for line in lines]
    return PreviewPage(lines, total)


def marked_file(
    number: int, *, viewer: Viewer, language: str = "zh"
) -> tuple[str, Iterator[bytes]]:
    """A name and the bytes of the file with what is wrong and doubtful written into it.

    Raises:
        NotVisibleError: as `get_batch`.
        UnreadError: the file was not read; the sentence says why.
    """
    get_batch(number, viewer=viewer)
    row = ImportBatch.objects.get(pk=number)
    if row.state == ImportBatch.State.REFUSED:
        # It may be one that nobody ends reading.
        raise UnreadError(
            row.refusal_zh or "文件还没有读完，暂无可标注的问题。请稍候刷新。",
            row.refusal_en or "The file is not read yet, so nothing is marked. Reload later.",
        )
    path = shelf.path_of(row.content_hash)
    tables = read(path, name=row.file_name, crs=row.crs or None)
    marks = [MARKS[Outcome.WRONG], MARKS[Outcome.DOUBTFUL]]
    lines, _ = shelf.read_page(number, _lines_of(number, row.state), marks, 0, MOST_MARKED)
    problems: list[Problem] = []
    for line in lines:
        for found in line["findings"]:
            place = Place(
                row.file_name,
                tables[0].shape,
                found["place"]["sheet"],
                found["place"]["row"],
                found["place"]["column"],
                found["place"]["header"],
            )
            problems.append(problem_of(place, found["value"], found["zh"], found["en"]))
    ending, pieces = mark(path, tables, problems, language=language)
    stem = row.file_name.rpartition(".")[0] or row.file_name
    told = "问题" if language.startswith("zh") else "problems"
    return f"{stem}-{told}.{ending}", pieces


def original_file(number: int, *, viewer: Viewer) -> tuple[str, Iterator[bytes]]:
    """The name and the bytes of the file as it was brought."""
    batch = get_batch(number, viewer=viewer)
    row = ImportBatch.objects.get(pk=number)
    return batch.file_name, _pieces(row.content_hash)


def template_file(kind: str, *, viewer: Viewer) -> tuple[str, bytes]:
    """The name and the bytes of a kind's template, with the fields this viewer may fill in.

    Raises:
        NotVisibleError: this viewer may not see the kind, or there is none of this name.
    """
    declared = KINDS.get(kind)
    if declared is None or not viewer.can_see(declared.visibility):
        known = "、".join(KINDS)
        raise NotVisibleError(
            f"没有“{kind[:40]}”这个类别。可选：{known}。",
            f"There is no kind '{kind[:40]}'. Choose from: {', '.join(KINDS)}.",
        )
    around = registry.look_around()
    columns = template_columns(fields_for(kind, viewer), around.towns, around.areas)
    return f"{declared.zh}-导入模板.xlsx", template(columns, title=declared.zh)


def _lines_of(number: int, state: str) -> str:
    """Where the lines lie; files written by earlier versions have only those of the preview."""
    is_written = state in (ImportBatch.State.APPLIED, ImportBatch.State.UNDONE)
    return "result" if is_written and shelf.has_lines(number, "result") else "preview"


def _outcome(text: str) -> Outcome:
    try:
        return Outcome(text)
    except ValueError:
        raise ParameterError(
            "outcome",
            f"没有“{text[:30]}”这种结果。可选：{'、'.join(Outcome)}。",
            f"'{text[:30]}' is not an outcome. Choose from: {', '.join(Outcome)}.",
        ) from None


def _pieces(content_hash: str) -> Iterator[bytes]:
    with shelf.path_of(content_hash).open("rb") as file:
        while piece := file.read(1024 * 1024):
            yield piece


def _batch(row: ImportBatch) -> Batch:
    shown = {
        name: getattr(row, name)
        for name in Batch.__dataclass_fields__
        if name not in ("id", "progress")
    }
    return Batch(id=row.pk, progress=shelf.read_progress(row.pk), **shown)
