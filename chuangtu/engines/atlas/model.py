"""What goes into an atlas, what it is made of, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from chuangtu.terms.errors import ChuangtuError, ParameterError
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.place import Box, Circle, Polygon

Array = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint64]
Days = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Rows = npt.NDArray[np.uint32]
Places = slice | npt.NDArray[np.int64]
"""Rows of a part: one stretch with a start and a stop, or single rows in ascending order."""

OPEN_START = -(2**31) + 1
"""`valid_from` of what has no beginning by nature."""
UNKNOWN_START = -(2**31)
"""`valid_from` of what began on a day nobody wrote down; treated as always begun."""
OPEN_END = 2**31 - 2
"""`valid_until` of what has no end by nature."""
UNKNOWN_END = 2**31 - 1
"""`valid_until` of what ends on a day nobody wrote down; treated as not ended."""
UNKNOWN_NUMBER = -(2**63)
"""A number or day that is not known; never inside a range."""

FAILED = 255
"""The miss of a row that no facet's own filter alone keeps out."""
VISIBILITIES = 3
"""Classes of visibility; a record's group is `kind * VISIBILITIES + visibility`."""
MAX_KINDS = 85
"""Most kinds of one atlas: the group is one byte."""
BITS = 28
"""Bits of each axis of a Morton code: 0.15 m on the equator."""
UNLOCATED = 1 << (2 * BITS)
"""The Morton code of a record without position: after every place on earth."""


class RecordsError(ChuangtuError):
    """The columns handed over do not fit together."""


class BrokenAtlasError(ChuangtuError):
    """A folder does not hold a whole atlas."""


class UnknownColumnError(ParameterError):
    """A Selection or an order names a column that neither base nor overlay has."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An area of any form: the WKB of a valid polygon, or of several, in WGS 84."""

    wkb: bytes


Drawn = Box | Circle | Polygon | Shape
"""An area whose positions can be asked for, one by one."""


@dataclass(frozen=True, eq=False, slots=True)
class FacetColumn:
    """One value a record, as a code of `values`; `values[0]` is `UNKNOWN` and code 0 means it."""

    values: tuple[str, ...]
    codes: Array

    @classmethod
    def of(cls, names: Iterable[str | None]) -> FacetColumn:
        """Code plain names; `None` and the empty text are unknown.

        >>> FacetColumn.of(["b", None, "a"]).values
        ('unknown', 'a', 'b')
        """
        listed = list(names)
        values = (UNKNOWN, *sorted({each for each in listed if each}))
        code = {each: place for place, each in enumerate(values)}
        codes = np.array([code[each] if each else 0 for each in listed], np.uint32)
        return cls(values, codes)


@dataclass(frozen=True, eq=False, slots=True)
class ListColumn:
    """Several values a record: row `i` has `codes[offsets[i]:offsets[i + 1]]`, ascending.

    `values[0]` is `UNKNOWN`; code 0 stands in no row, an empty row is the unknown one.
    """

    values: tuple[str, ...]
    offsets: Array
    codes: Array

    def stretches(self, rows: Places) -> tuple[Array, Array]:
        """Give where the codes of each of some rows begin and end."""
        if isinstance(rows, slice):
            start, stop = rows.start, rows.stop
            return self.offsets[start:stop], self.offsets[start + 1 : stop + 1]
        starts, ends = self.offsets[rows], self.offsets[rows + 1]
        # As those of a stretch: see `take`.
        starts.flags.writeable = ends.flags.writeable = False
        return starts, ends

    @classmethod
    def of(cls, rows: Iterable[Iterable[str]]) -> ListColumn:
        """Code plain names, each row in any order, repeats allowed.

        >>> ListColumn.of([["b", "a"], []]).offsets.tolist()
        [0, 2, 2]
        """
        sets = [{name for name in names if name} for names in rows]
        values = (UNKNOWN, *sorted(set().union(*sets)))
        code = {each: place for place, each in enumerate(values)}
        flat = [place for names in sets for place in sorted(code[name] for name in names)]
        offsets = np.zeros(len(sets) + 1, np.int64)
        np.cumsum([len(names) for names in sets], out=offsets[1:])
        return cls(values, offsets, np.array(flat, np.uint32))


@dataclass(frozen=True, eq=False, slots=True)
class NumberColumn:
    """Exact numbers as integers: the value is `values / 10**scale`, or `UNKNOWN_NUMBER`.

    Days are numbers of scale 0: `date.toordinal()`.
    """

    values: Integers
    scale: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class Records:
    """Columns of n records in any order; arrays may be memory-mapped.

    Attributes:
        ids: int64, not negative, each once.
        kinds: names of kinds.
        kind: place of a record's kind in `kinds`.
        longitude: degrees, WGS 84; NaN, infinite or beyond ±180 is no position.
        latitude: degrees, WGS 84; NaN, infinite or beyond ±90 is no position. Beyond ±85.0511,
            where the map ends, a record stands on the map's edge.
        visibility: `terms.viewer.Visibility` as a number.
        valid_from: `date.toordinal()` of the first day in force, or OPEN_START, UNKNOWN_START.
        valid_until: the first day no longer in force, or OPEN_END, UNKNOWN_END.
        facets: one value a record, by facet name.
        lists: several values a record, by facet name; `area` holds every area a record lies in.
        numbers: what takes a range, by field name.
        orders: sort keys by name of the order; smaller comes first. Keys of base and overlay are
            compared with one another, so a key must not be a rank among some records.
    """

    ids: Integers
    kinds: tuple[str, ...]
    kind: Array
    longitude: Floats
    latitude: Floats
    visibility: Array
    valid_from: Days
    valid_until: Days
    facets: Mapping[str, FacetColumn] = field(default_factory=lambda: MappingProxyType({}))
    lists: Mapping[str, ListColumn] = field(default_factory=lambda: MappingProxyType({}))
    numbers: Mapping[str, NumberColumn] = field(default_factory=lambda: MappingProxyType({}))
    orders: Mapping[str, Integers] = field(default_factory=lambda: MappingProxyType({}))

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False, slots=True)
class Hits:
    """What the words of a Selection match: rows with whole scores, higher is better.

    Attributes:
        rows: base positions, ascending.
        scores: one for each of `rows`.
        overlay_rows: rows of the overlay's Records, in the order handed to `overlay`, ascending.
        overlay_scores: one for each of `overlay_rows`.
    """

    rows: Rows
    scores: Integers
    overlay_rows: Rows = field(default_factory=lambda: np.empty(0, np.uint32))
    overlay_scores: Integers = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(frozen=True, eq=False, slots=True)
class Order:
    """One way to sort: a key a row, and the rows sorted by (key, id); none in an overlay."""

    keys: Integers
    rows: Rows


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """Records in Morton order; those without position stand last.

    Attributes:
        kinds: names of kinds.
        located: how many records have a position.
        codes: Morton codes, ascending; `UNLOCATED` without position.
        ids: ids in Morton order.
        group: `kind * VISIBILITIES + visibility`.
        longitude: as given; NaN without position.
        latitude: as given; NaN without position.
        valid_from: first day in force.
        valid_until: first day no longer in force.
        facets: one value a record.
        lists: several values a record.
        numbers: what takes a range.
        orders: the ways to sort.
    """

    kinds: tuple[str, ...]
    located: int
    codes: Codes
    ids: Integers
    group: Bytes
    longitude: Floats
    latitude: Floats
    valid_from: Days
    valid_until: Days
    facets: Mapping[str, FacetColumn]
    lists: Mapping[str, ListColumn]
    numbers: Mapping[str, NumberColumn]
    orders: Mapping[str, Order]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False, slots=True)
class Sorted:
    """Codes and rows once more, cut into bins: bin `i` is `[bounds[i]:bounds[i + 1]]`.

    The first half of the bins holds records in force on every day, the second half those with a
    real first or last day; `valid_from` and `valid_until` belong to the second half alone.
    """

    bounds: Integers
    codes: Codes
    rows: Rows
    valid_from: Days
    valid_until: Days

    @property
    def half(self) -> int:
        """Where the second half begins."""
        return int(self.bounds[len(self.bounds) // 2])

    def days(self, part: slice) -> tuple[Days, Days]:
        """Give the first days in force and no longer in force of a stretch of the second half."""
        rows = slice(part.start - self.half, part.stop - self.half)
        return self.valid_from[rows], self.valid_until[rows]


@dataclass(frozen=True, eq=False, slots=True)
class Groups:
    """What is counted in advance, so that kind and permission alone never scan a column.

    Attributes:
        fine: bins by group.
        broad: bins by visibility.
        tallies: records, of these without position, of these with an unknown day: (3, 2, groups),
            the middle axis as in `Sorted`.
        facets: records by facet value, (2, groups, values), for all but very long facets.
    """

    fine: Sorted
    broad: Sorted
    tallies: Integers
    facets: Mapping[str, Integers]


@dataclass(frozen=True, eq=False, slots=True)
class Atlas:
    """One immutable base, memory-mapped from its folder.

    Attributes:
        folder: where its files are.
        columns: the records.
        groups: what is counted in advance.
        id_sorted: ids ascending.
        id_rows: the base position of each of `id_sorted`.
    """

    folder: Path
    columns: Columns
    groups: Groups
    id_sorted: Integers
    id_rows: Rows

    def __len__(self) -> int:
        return len(self.columns)

    def positions_of(self, ids: Sequence[int] | Integers) -> Integers:
        """Find base positions; -1 for an id that the base does not have."""
        wanted = np.asarray(ids, np.int64)
        if not len(self.id_sorted):
            return np.full(len(wanted), -1, np.int64)
        place = np.searchsorted(self.id_sorted, wanted).clip(max=len(self.id_sorted) - 1)
        found = self.id_sorted[place] == wanted
        return np.where(found, self.id_rows[place].astype(np.int64), -1)


@dataclass(frozen=True, eq=False, slots=True)
class Overlay:
    """Changes since the base: rows added or changed, and base positions that no longer hold.

    Attributes:
        columns: the changed rows, in Morton order.
        order: for each of `columns` its row in the Records handed to `overlay`.
        gone: base positions removed or replaced, ascending.
    """

    columns: Columns
    order: Integers
    gone: Integers


@dataclass(frozen=True, slots=True)
class View:
    """A base with its overlay: what every verb answers for."""

    atlas: Atlas
    overlay: Overlay | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records; of these without position; of these with an unknown first or last day."""

    total: int
    unlocated: int
    undated: int


@dataclass(frozen=True, eq=False, slots=True)
class Chosen:
    """The records of one Selection, ready to be cut into tiles and pages.

    Attributes:
        miss: one byte a base row, 0 for a chosen one; `None` when `rows` is the shorter form.
        rows: chosen base positions, ascending; `None` when `miss` is kept.
        overlay_rows: chosen places in the overlay's `columns`, ascending.
        counted: how many they are.
        scores: one for each chosen base row, then for each chosen overlay row, if words asked.
    """

    miss: Bytes | None
    rows: Rows | None
    overlay_rows: Rows
    counted: Counted
    scores: tuple[Integers, Integers] | None = None

    @property
    def nbytes(self) -> int:
        """Bytes held, for a cache to be bounded."""
        held: list[Array | None] = [self.miss, self.rows, self.overlay_rows, *(self.scores or ())]
        return 200 + sum(each.nbytes for each in held if each is not None)


@dataclass(frozen=True, slots=True)
class Survey:
    """The totals of a Selection and its facets: value → records, only values that occur."""

    counted: Counted
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, eq=False, slots=True)
class Listed:
    """Some records in order, each with where its payload is kept.

    Attributes:
        ids: ids.
        positions: base positions; -1 for a row of the overlay.
        overlay_rows: rows of the overlay's Records as handed over; -1 for a row of the base.
        cursor: give it as `after` for what follows; `None` when nothing follows.
    """

    ids: Integers
    positions: Integers
    overlay_rows: Integers
    cursor: tuple[int, int] | None = None
