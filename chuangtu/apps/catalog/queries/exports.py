"""The pieces of an exported file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chuangtu.apps.catalog.columns import Sheet, sheet
from chuangtu.apps.snapshots.queries import Answers, describe
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
        with_geometry=kind in _WITH_GEOMETRY,
    )
    return File(
        answers.count(selection).total,
        kind.media_type,
        write(kind, page.columns, _rows(answers, selection, page)),
    )


def _rows(answers: Answers, selection: Selection, page: Sheet) -> Iterator[list[list[Any]]]:
    for items in answers.batches(selection):
        yield [page.row(each) for each in items]
