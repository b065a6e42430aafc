"""The register's rows → columns and documents that the engines understand."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from chuangtu.apps.registry.queries import Published
from chuangtu.engines.atlas.model import (
    OPEN_END,
    UNKNOWN_NUMBER,
    UNKNOWN_START,
    FacetColumn,
    ListColumn,
    NumberColumn,
    Records,
)
from chuangtu.engines.search.model import Document
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.viewer import Visibility


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of every snapshot, derived from the declarations.

    Attributes:
        kinds: names of kinds, in the order of their codes.
        facets: names of facets with one value a record.
        lists: names of facets with several values a record.
        numbers: name → decimal places.
        days: names of days that take a range.
        orders: names of sort orders.
    """

    kinds: tuple[str, ...]
    facets: tuple[str, ...]
    lists: tuple[str, ...]
    numbers: tuple[tuple[str, int], ...]
    days: tuple[str, ...]
    orders: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Names the columns: a version with other columns is not read."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


class Gathering:
    """Collects rows into columns, a chunk at a time, in little memory."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._kind = {name: place for place, name in enumerate(layout.kinds)}
        self._ids, self._kinds = array("q"), array("B")
        self._longitude, self._latitude = array("d"), array("d")
        self._visibility = array("B")
        self._from, self._until = array("i"), array("i")
        self._facets = {name: _Coder() for name in layout.facets}
        self._lists = {name: _ListCoder() for name in layout.lists}
        self._numbers = {name: array("q") for name, _ in layout.numbers}
        self._days = {name: array("q") for name in layout.days}
        self._orders = {name: array("q") for name in layout.orders}

    def add(self, rows: Sequence[Published]) -> None:
        """Append rows."""
        self._ids.extend([each.id for each in rows])
        self._kinds.extend([self._kind[each.kind] for each in rows])
        self._longitude.extend([_degrees(each.longitude) for each in rows])
        self._latitude.extend([_degrees(each.latitude) for each in rows])
        self._visibility.extend([int(each.visibility) for each in rows])
        # Everything begins some day: where it is not known, the record counts as undated.
        self._from.extend([_day(each.valid_from, UNKNOWN_START) for each in rows])
        self._until.extend([_day(each.valid_until, OPEN_END) for each in rows])
        for name, coder in self._facets.items():
            coder.add([each.facets.get(name) for each in rows])
        for name, listed in self._lists.items():
            listed.add([_several(each, name) for each in rows])
        for name, scale in self._layout.numbers:
            self._numbers[name].extend([_number(each.numbers.get(name), scale) for each in rows])
        for name, days in self._days.items():
            days.extend([_day(each.days.get(name), UNKNOWN_NUMBER) for each in rows])
        for name, keys in self._orders.items():
            keys.extend([each.order_keys[name] for each in rows])

    def records(self) -> Records:
        """The columns of all rows so far; add no more while they are in use."""
        numbers = {
            name: NumberColumn(_array(self._numbers[name], np.int64), scale)
            for name, scale in self._layout.numbers
        }
        numbers |= {name: NumberColumn(_array(d, np.int64)) for name, d in self._days.items()}
        return Records(
            ids=_array(self._ids, np.int64),
            kinds=self._layout.kinds,
            kind=_array(self._kinds, np.uint8),
            longitude=_array(self._longitude, np.float64),
            latitude=_array(self._latitude, np.float64),
            visibility=_array(self._visibility, np.uint8),
            valid_from=_array(self._from, np.int32),
            valid_until=_array(self._until, np.int32),
            facets={name: coder.column() for name, coder in self._facets.items()},
            lists={name: coder.column() for name, coder in self._lists.items()},
            numbers=numbers,
            orders={name: _array(keys, np.int64) for name, keys in self._orders.items()},
        )


class _Coder:
    """One value a row, coded as it comes."""

    def __init__(self) -> None:
        self._code: dict[str | None, int] = {None: 0, "": 0, UNKNOWN: 0}
        self._codes = array("I")

    def add(self, values: Sequence[str | None]) -> None:
        code = self._code
        self._codes.extend([_code(code, each) for each in values])

    def column(self) -> FacetColumn:
        return FacetColumn(_values(self._code), _array(self._codes, np.uint32))


class _ListCoder:
    """Several values a row, coded as they come."""

    def __init__(self) -> None:
        self._code: dict[str | None, int] = {None: 0, "": 0, UNKNOWN: 0}
        self._codes = array("I")
        self._ends = array("q", [0])

    def add(self, rows: Sequence[Iterable[str]]) -> None:
        for names in rows:
            codes = {_code(self._code, each) for each in names}
            self._codes.extend(sorted(codes - {0}))
            self._ends.append(len(self._codes))

    def column(self) -> ListColumn:
        return ListColumn(
            _values(self._code), _array(self._ends, np.int64), _array(self._codes, np.uint32)
        )


def _code(codes: dict[str | None, int], value: str | None) -> int:
    known = codes.get(value)
    if known is None:
        # None, "" and UNKNOWN share code 0.
        known = codes[value] = len(codes) - 2
    return known


def _values(codes: dict[str | None, int]) -> tuple[str, ...]:
    return (UNKNOWN, *(name for name, code in codes.items() if code and name))


def _array(values: array[Any], kind: Any) -> np.ndarray:
    return np.frombuffer(values, dtype=kind) if len(values) else np.empty(0, kind)


def _several(row: Published, name: str) -> Iterable[str]:
    """The values of a list; a kind may have one value of what another kind has several of."""
    if name in row.lists:
        return row.lists[name]
    single = row.facets.get(name)
    return () if single is None else (single,)


def _degrees(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _day(day: date | None, missing: int) -> int:
    return missing if day is None else day.toordinal()


def _number(value: Decimal | None, scale: int) -> int:
    return UNKNOWN_NUMBER if value is None else int(value.scaleb(scale))


def as_payload(row: Published) -> dict[str, Any]:
    """What is shown of a row, with what says whose it is and who may see it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "visibility": int(row.visibility),
        **row.payload,
    }


def as_document(row: Published) -> Document:
    """The searchable text of a row, by class."""
    a, b, c = map(row.documents.get, Visibility)
    return Document(
        names=(a.names if a else (), b.names if b else (), c.names if c else ()),
        texts=(a.texts if a else (), b.texts if b else (), c.texts if c else ()),
        codes=(a.codes if a else (), b.codes if b else (), c.codes if c else ()),
    )


def write_document(document: Document) -> list[Any]:
    """A document as JSON, to be put aside while the order is found."""
    return [document.names, document.texts, document.codes, document.weight]


def read_document(written: list[Any]) -> Document:
    """The document that `write_document` wrote."""
    names, texts, codes = (
        (tuple(part[0]), tuple(part[1]), tuple(part[2])) for part in written[:3]
    )
    return Document(names, texts, codes, written[3])
