"""What a file would do to the register, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.access import fields_for, judging
from chuangtu.apps.imports.actions.bringing import (
    ImportRefusedError,
    State,
    hold,
)
from chuangtu.apps.imports.actions.drawing import Shapes, look_at_shapes
from chuangtu.apps.imports.actions.judging import Keeper
from chuangtu.apps.imports.actions.reading import load
from chuangtu.apps.imports.actions.systems import Systems
from chuangtu.apps.imports.collecting import seldom
from chuangtu.apps.imports.facts import MARKS, Row, jsonable, place_of, rows
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.registry import actions as registry
from chuangtu.apps.registry import queries as register
from chuangtu.apps.registry.actions import Outcome, Planned
from chuangtu.apps.registry.facts import Surroundings, validate
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.engines.tables.model import Table, Untrusted
from chuangtu.terms.viewer import Viewer

REPORT_EVERY = 500
_NOT_SHOWN = frozenset({"statements", "has_derived_name"})


def preview(*, batch: int, viewer: Viewer, by: str, at: datetime) -> Mapping[str, int]:
    """Say for each row whether it is new, changed, same, doubtful or wrong; write nothing.

    Returns:
        Counts by outcome.

    Raises:
        ImportRefusedError: another process works on it, or no column is understood.
        TableError: the file cannot be read any more.
    """
    with shelf.working_on(batch) as is_ours:
        if not is_ours:
            raise busy()
        try:
            with transaction.atomic():
                held = hold(batch, viewer, State.READ, State.PREVIEWED)
            return look(held, viewer)
        finally:
            shelf.note_progress(batch, None)


def busy() -> ImportRefusedError:
    """The refusal of work that another process does already."""
    return ImportRefusedError(
        "另一个进程正在处理这个文件。请稍候刷新。",
        "Another process is working on this file. Reload in a moment.",
    )


@seldom()
def look(batch: ImportBatch, viewer: Viewer) -> Mapping[str, int]:
    """Judge every row against the register and keep what was found beside the import."""
    shelf.note_progress(batch.pk, shelf.Progress("reading", 0, batch.row_count))
    tables = load(batch)
    sight = _Sight.of(batch, tables, judging(viewer, batch.role))
    counts: Counter[str] = Counter()
    with (
        closing(shelf.LineWriter(batch.pk, "rows")) as good,
        closing(shelf.LineWriter(batch.pk, "preview")) as lines,
        closing(shelf.LineWriter(batch.pk, "areas")) as areas,
        closing(Keeper(batch)) as judged,
    ):
        for line in sight.lines(good, judged):
            counts[line["outcome"]] += 1
            lines.write(line, MARKS[Outcome(line["outcome"])])
            if line["number"] % REPORT_EVERY == 0:
                done = shelf.Progress("matching", line["number"], batch.row_count)
                shelf.note_progress(batch.pk, done)
        for each in sight.shapes.lines():
            areas.write(each)
        good.keep()
        lines.keep()
        areas.keep()
        judged.keep()
    found = {each.value: counts[each.value] for each in Outcome}
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=State.PREVIEWED,
        counts=found,
        row_count=sum(counts.values()),
        reading={**batch.reading, "told": sight.systems.told()},
    )
    return found


@dataclass
class _Sight:
    """Everything needed to look at one file's rows."""

    batch: ImportBatch
    tables: Sequence[Table]
    viewer: Viewer
    headers: Mapping[str, str]
    around: Surroundings
    shapes: Shapes
    systems: Systems

    @classmethod
    def of(cls, batch: ImportBatch, tables: Sequence[Table], viewer: Viewer) -> _Sight:
        headers = {name: header for header, name in batch.mapping.items() if name}
        if not headers:
            raise ImportRefusedError(
                "没有一列对应到字段，无法预览。请先选择每一列的含义。",
                "No column is given to a field. Say what the columns mean first.",
            )
        shapes = look_at_shapes(batch, tables, viewer)
        systems = Systems.chosen(tables, batch.crs)
        return cls(batch, tables, viewer, headers, register.look_around(), shapes, systems)

    def lines(self, good: shelf.LineWriter, judged: Keeper) -> Iterator[dict[str, Any]]:
        """One line for each row, in order; fit rows are kept in `good` for the writing."""
        fields = {each.name: each for each in fields_for(self.batch.kind, self.viewer)}
        waiting: deque[Row] = deque()
        decided = {int(n): record for n, record in self.batch.decisions.items()}
        # By number among the fit rows, known only as they are read; no row has the number -1.
        decisions: dict[int, int | None] = {-1: None}
        fit_count = 0

        def fit() -> Iterator[Mapping[str, Any]]:
            nonlocal fit_count
            kind = KINDS[self.batch.kind]
            for said in rows(self.tables, self.batch.mapping, fields, kind, self.batch.crs):
                row = self.shapes.lay_over(said)
                self.systems.meet(row)
                waiting.append(row)
                if not row.faults:
                    if row.number in decided:
                        decisions[fit_count] = decided[row.number]
                    fit_count += 1
                    values = {name: jsonable(value) for name, value in row.values.items()}
                    good.write({"row": row.number, "values": values})
                    yield row.values

        planned = registry.match_rows(
            self.batch.kind,
            fit(),
            source_date=self.batch.source_date,
            creates_parties=self.batch.creates_parties,
            decisions=decisions,
            viewer=self.viewer,
        )
        for plan in planned:
            while waiting[0].faults:
                yield self._faulty(waiting.popleft())
            judged.add(plan)
            yield self._line(waiting.popleft(), plan)
        for row in waiting:
            yield self._faulty(row)

    def _faulty(self, row: Row) -> dict[str, Any]:
        """A row with a cell that cannot be used; the register still judges the others."""
        findings = [
            self._finding(row, name, self._shown(row, name), each.zh, each.en, True)
            for name, each in row.faults.items()
        ]
        judged = validate(self.batch.kind, row.values, self.viewer, self.around)
        findings += [
            self._finding(row, each.field, each.value, each.zh, each.en, each.is_fatal)
            for each in judged
            if each.field not in row.faults
        ]
        return self._whole(row, Outcome.WRONG, findings)

    def _line(self, row: Row, plan: Planned) -> dict[str, Any]:
        findings = [
            self._finding(row, each.field, each.value, each.zh, each.en, each.is_fatal)
            for each in plan.findings
        ]
        line = self._whole(row, plan.outcome, findings)
        line["id"] = plan.id
        if plan.outcome is Outcome.CHANGED:
            line["changes"] = _changes(plan.before or {}, plan.after, self.viewer)
            line["version"] = plan.version
        note = self.shapes.note_of(row)
        if note is not None:
            line["findings"].append(self._finding(row, "", "", note.zh, note.en, False))
        return line | self.shapes.change_of(row, line)

    def _whole(self, row: Row, outcome: Outcome, findings: list[dict[str, Any]]) -> dict[str, Any]:
        place = self.tables[row.table].place(row.index)
        return {
            "number": row.number,
            "place": {"sheet": place.sheet, "row": place.row, "zh": place.zh, "en": place.en},
            "outcome": outcome.value,
            "id": None,
            "values": {name: str(jsonable(value))[:200] for name, value in row.values.items()},
            "findings": findings,
        }

    def _finding(
        self, row: Row, field: str, value: str, zh: str, en: str, is_fatal: bool
    ) -> dict[str, Any]:
        table = self.tables[row.table]
        place = place_of(table, row.index, self.headers, field)
        return {
            "field": field,
            "table": row.table,
            "place": {
                "sheet": place.sheet,
                "row": place.row,
                "column": place.column,
                "header": place.header,
                "cell": place.cell if place.is_sheet and place.column else "",
                "zh": place.zh,
                "en": place.en,
            },
            "value": value,
            "zh": zh,
            "en": en,
            "is_fatal": is_fatal,
        }

    def _shown(self, row: Row, field: str) -> str:
        table = self.tables[row.table]
        header = self.headers.get(field)
        if header is None:
            return ""
        cell = table.rows[row.index][table.headers.index(header)]
        return cell.shown if isinstance(cell, Untrusted) else str(cell)[:60]


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any], viewer: Viewer
) -> dict[str, list[Any]]:
    names = [*after, *(each for each in before if each not in after)]
    return {
        name: [register.part_seen(name, each.get(name), viewer) for each in (before, after)]
        for name in names
        if name not in _NOT_SHOWN and before.get(name) != after.get(name)
    }
