"""Bring every column into base order, one after another, through a place to keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.model import (
    UNLOCATED,
    VISIBILITIES,
    Array,
    Codes,
    Columns,
    FacetColumn,
    Floats,
    Integers,
    ListColumn,
    NumberColumn,
    Order,
    Records,
)
from chuangtu.engines.atlas.ragged import ragged

_CHUNK = 1 << 20
_NO_ROWS = np.empty(0, np.uint32)

Keep = Callable[[str, type[np.generic], int, Iterator[Array]], Array]
"""Keep a column: its name, type, length and chunks in order; gives back the whole column."""


def gather(records: Records, codes: Codes, order: Integers, keep: Keep) -> Columns:
    """Take each column in base order, a chunk at a time.

    Args:
        records: checked columns.
        codes: Morton codes in base order.
        order: for each base position its row in `records`.
        keep: called once a column; writes it to a file or holds it in memory.

    Returns:
        The columns as `keep` gave them back; the rows of each order are not sorted yet.
    """
    move = _Mover(order, keep)
    located = int(np.searchsorted(codes, np.uint64(UNLOCATED)))
    return Columns(
        kinds=records.kinds,
        located=located,
        codes=keep("code", np.uint64, len(order), _chunked(codes)),
        ids=move.column("id", records.ids, np.int64),
        group=keep("group", np.uint8, len(order), _groups(records, order)),
        longitude=move.degrees("longitude", records.longitude, located),
        latitude=move.degrees("latitude", records.latitude, located),
        valid_from=move.column("valid_from", records.valid_from, np.int32),
        valid_until=move.column("valid_until", records.valid_until, np.int32),
        facets={
            name: move.facet(f"facet.{place}", facet)
            for place, (name, facet) in enumerate(records.facets.items())
        },
        lists={
            name: move.listed(f"list.{place}", listed)
            for place, (name, listed) in enumerate(records.lists.items())
        },
        numbers={
            name: NumberColumn(
                move.column(f"number.{place}", number.values, np.int64), number.scale
            )
            for place, (name, number) in enumerate(records.numbers.items())
        },
        orders={
            name: Order(move.column(f"order.{place}.keys", keys, np.int64), _NO_ROWS)
            for place, (name, keys) in enumerate(records.orders.items())
        },
    )


@dataclass(frozen=True, slots=True)
class _Mover:
    order: Integers
    keep: Keep

    def column(self, name: str, column: Array, kind: type[np.generic]) -> Array:
        chunks = (column[rows].astype(kind, copy=False) for rows in _chunked(self.order))
        return self.keep(name, kind, len(self.order), chunks)

    def facet(self, name: str, facet: FacetColumn) -> FacetColumn:
        return FacetColumn(facet.values, self.column(name, facet.codes, _width(facet.values)))

    def degrees(self, name: str, column: Floats, located: int) -> Floats:
        def chunks() -> Iterator[Array]:
            for start, rows in zip(
                range(0, len(self.order), _CHUNK), _chunked(self.order), strict=True
            ):
                part = np.array(column[rows], np.float64)
                # Half a position is none: areas must not meet it.
                part[max(located - start, 0) :] = np.nan
                yield part

        return self.keep(name, np.float64, len(self.order), chunks())

    def listed(self, name: str, listed: ListColumn) -> ListColumn:
        kind = _width(listed.values)
        starts = np.asarray(listed.offsets[:-1], np.int64)[self.order]
        ends = np.asarray(listed.offsets[1:], np.int64)[self.order]
        sizes = ends - starts
        offsets = np.zeros(len(self.order) + 1, np.uint32)
        np.cumsum(sizes, out=offsets[1:])

        def chunks() -> Iterator[Array]:
            for start in range(0, len(self.order), _CHUNK):
                part = slice(start, start + _CHUNK)
                yield listed.codes[ragged(starts[part], sizes[part])].astype(kind, copy=False)

        return ListColumn(
            listed.values,
            self.keep(f"{name}.offsets", np.uint32, len(offsets), _chunked(offsets)),
            self.keep(f"{name}.codes", kind, int(offsets[-1]), chunks()),
        )


def _chunked(column: Array) -> Iterator[Array]:
    for start in range(0, len(column), _CHUNK):
        yield column[start : start + _CHUNK]


def _groups(records: Records, order: Integers) -> Iterator[Array]:
    for rows in _chunked(order):
        kinds = records.kind[rows].astype(np.uint8)
        yield kinds * np.uint8(VISIBILITIES) + records.visibility[rows].astype(np.uint8)


def _width(values: tuple[str, ...]) -> type[np.generic]:
    return np.uint16 if len(values) <= 1 << 16 else np.uint32
