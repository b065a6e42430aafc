"""The pieces of an exported file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chuangtu.apps.catalog.columns import Sheet, sheet
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.snapshots.queries import Answers, describe
from chuangtu.engines.tables.model import ValueType
from chuangtu.engines.tables.write import Format, write
from chuangtu.terms.selection import Selection

FORMATS = tuple(each.value for each in Format)
_WITH_GEOMETRY = (Format.GEOJSON, Format.GPKG, Format.PARQUET)


@dataclass(frozen=True, slots=True)
class File:
    """A file on its way: how many records, and its bytes piece by piece."""

    total: int
    media_type: str
    pieces: Iterator[bytes]


def export(answers: Answers, selection: Selection, form: str, *, language: str) -> File:
    """Every record of a Selection as a file."""
    kind = Format(form)
    with_geometry = kind in _WITH_GEOMETRY
    names = {
        facet.name: {each.code: each.zh if language == "zh" else each.en for each in facet.values}
        for facet in describe(selection.viewer).facets
        if facet.values is not None
    }
    page = sheet(
        selection.kinds,
        selection.viewer,
        names,
        language=language,
        with_geometry=with_geometry,
    )
    # Read before the first byte is sent, once for the whole file.
    shapes = _Shapes(selection.kinds, page) if with_geometry else None
    return File(
        answers.count(selection).total,
        kind.media_type,
        write(kind, page.columns, _rows(answers, selection, page, shapes)),
    )


def _rows(
    answers: Answers, selection: Selection, page: Sheet, shapes: _Shapes | None
) -> Iterator[list[list[Any]]]:
    for items in answers.batches(selection):
        rows = [page.row(each) for each in items]
        if shapes is not None:
            shapes.lay_over(items, rows)
        yield rows


class _Shapes:
    """The kept shapes of records whose kind is drawn, for one file."""

    def __init__(self, kinds: Collection[str], page: Sheet) -> None:
        self._column = [each.type for each in page.columns].index(ValueType.GEOMETRY)
        drawn = {
            each.name: each.drawn
            for each in KINDS.values()
            if each.drawn is not None and (not kinds or each.name in kinds)
        }
        self._codes = {name: each.code for name, each in drawn.items()}
        self._of_kind = {
            name: places.list_shapes({*each.kinds.values(), each.otherwise})
            for name, each in drawn.items()
        }

    def lay_over(self, items: Sequence[Mapping[str, Any]], rows: Sequence[list[Any]]) -> None:
        """Put the shape of its area in place of a record's point."""
        for item, row in zip(items, rows, strict=True) if self._codes else ():
            code = item["values"].get(self._codes.get(item["kind"], ""))
            shape = self._of_kind[item["kind"]].get(code) if code else None
            if shape is not None:
                row[self._column] = shape
