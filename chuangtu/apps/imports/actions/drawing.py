"""The shapes of a file: looked at in the preview, kept as areas when the rows are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from chuangtu.apps.imports import shelf
from chuangtu.apps.imports.access import fields_for
from chuangtu.apps.imports.drawn import Drawer, Seen, digest_of
from chuangtu.apps.imports.facts import Row, rows
from chuangtu.apps.imports.models import ImportBatch
from chuangtu.apps.places import actions as places
from chuangtu.apps.places.queries import area_state, is_restored_by
from chuangtu.apps.registry import actions as registry
from chuangtu.apps.registry.actions import Applied, Outcome
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.engines.tables.model import Fault, Table
from chuangtu.terms.viewer import Viewer

LONGEST_URL = 300
_NOTHING = Seen()
_PLACE = ("longitude", "latitude", "crs", "precision")


@dataclass(frozen=True, slots=True)
class Shapes:
    """What becomes of the shapes of one file.

    Attributes:
        code_field: the field that holds an area's code; empty for kinds that keep no shapes.
        seen: number of a row that draws an area → what becomes of it.
    """

    code_field: str = ""
    seen: Mapping[int, Seen] = field(default_factory=dict)

    def lay_over(self, row: Row) -> Row:
        """The row with the code of the area its shape becomes, or what is wrong with the shape."""
        seen = self.seen.get(row.number, _NOTHING)
        if seen.is_fatal and seen.fault is not None:
            return replace(row, faults={**row.faults, "": seen.fault})
        if seen.drawing is not None:
            values = {**row.values, self.code_field: seen.drawing.code}
            if seen.places_nothing and _is_placed_by_shape(row):
                values = {name: each for name, each in values.items() if name not in _PLACE}
            return replace(row, values=values)
        return row

    def note_of(self, row: Row) -> Fault | None:
        """Why a fit row's shape is not kept."""
        return self.seen.get(row.number, _NOTHING).fault

    def change_of(self, row: Row, line: Mapping[str, Any]) -> dict[str, Any]:
        """What the row's shape adds to its line of the preview."""
        drawing = self.seen.get(row.number, _NOTHING).drawing
        if drawing is None or drawing.outcome is Outcome.SAME:
            return {}
        is_same = line["outcome"] == Outcome.SAME.value
        return {
            "outcome": Outcome.CHANGED.value if is_same else line["outcome"],
            "changes": {**line.get("changes", {}), "shape": drawing.corners},
        }

    def lines(self) -> Iterator[dict[str, Any]]:
        """What is to be kept, for the writing."""
        for number, seen in self.seen.items():
            if seen.drawing is not None:
                yield {"row": number, **asdict(seen.drawing)}


def look_at_shapes(batch: ImportBatch, tables: Sequence[Table], viewer: Viewer) -> Shapes:
    """See what becomes of each shape that a row of the file draws; write nothing."""
    drawn = KINDS[batch.kind].drawn
    if drawn is None:
        return Shapes()
    fields = {each.name: each for each in fields_for(batch.kind, viewer)}
    drawing = [
        (each, each.polygon)
        for each in rows(tables, batch.mapping, fields, KINDS[batch.kind], batch.crs)
        if each.polygon is not None and not each.faults
    ]
    decided = {int(number): record for number, record in batch.decisions.items()}
    plans = registry.match_rows(
        batch.kind,
        [each.values for each, _ in drawing],
        source_date=batch.source_date,
        creates_parties=batch.creates_parties,
        decisions={
            place: decided[each.number]
            for place, (each, _) in enumerate(drawing)
            if each.number in decided
        },
        viewer=viewer,
    )
    drawer = Drawer(drawn, _source(batch))
    seen = {
        row.number: drawer.look(polygon, tables[row.table].crs or "", plan)
        for (row, polygon), plan in zip(drawing, plans, strict=True)
    }
    return Shapes(drawn.code, seen)


def keep_shapes(batch: ImportBatch, applied: Applied, *, by: str, at: datetime) -> set[int] | None:
    """Keep the shapes of the rows that were written, in the same act.

    Returns:
        The numbers, among the fit rows, of those whose shape was kept; `None` when an area was
        changed, or its record hidden, after the preview.
    """
    lines = {line["row"]: line for line in shelf.read_lines(batch.pk, "areas")}
    redrawn: set[int] = set()
    if not lines:
        return redrawn
    for place, line in enumerate(shelf.read_lines(batch.pk, "rows")):
        drawn = lines.get(line["row"])
        if drawn is None or place not in applied.ids or drawn["outcome"] == Outcome.SAME:
            continue
        if not _is_as_seen(drawn["code"], drawn["digest"], batch.act):
            return None
        given = drawn["values"]
        values = {**given, "source_date": date.fromisoformat(given["source_date"])}
        places.save_area(
            code=drawn["code"], values=values, act=batch.act, by=by, at=at, for_record=True
        )
        redrawn.add(place)
    return redrawn


def _is_placed_by_shape(row: Row) -> bool:
    """Say whether the row's position is the point that stands for its shape."""
    point = shapely.point_on_surface(shapely.from_wkb(row.polygon))
    said = row.values.get("longitude"), row.values.get("latitude")
    return said == (Decimal(repr(point.x)), Decimal(repr(point.y)))


def _is_as_seen(code: str, digest: str, act: str) -> bool:
    """Say whether an area is as the preview saw it, and its record still one for everybody."""
    # What came back with its record in this very act was seen off the map.
    state = None if is_restored_by(code, act) else area_state(code)
    return digest_of(state) == digest and bool(registry.publicly_borne_codes([code]))


def _source(batch: ImportBatch) -> dict[str, Any]:
    return {
        "source": batch.source,
        "source_url": _address(batch.source_url),
        "source_date": batch.source_date.isoformat(),
    }


def _address(text: str) -> str:
    """The address, if an area may bear it."""
    try:
        URLValidator()(text)
    except ValidationError:
        return ""
    return text if len(text) <= LONGEST_URL else ""
