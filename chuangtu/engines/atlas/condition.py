"""What a row must pass: one small class for each way to ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.kernels import Kernels
from chuangtu.engines.atlas.model import (
    FAILED,
    Array,
    Bools,
    Bytes,
    Days,
    Integers,
    ListColumn,
    Places,
)
from chuangtu.engines.atlas.take import take


@dataclass(frozen=True, eq=False, slots=True)
class OneOf:
    """The row's code must be one the table takes."""

    codes: Array
    table: Bools
    tag: int

    def mark(self, rows: Places, miss: Bytes, loops: Kernels) -> None:
        """Fail the rows that do not pass."""
        loops.mark_table(take(self.codes, rows), self.table, miss, self.tag)


@dataclass(frozen=True, eq=False, slots=True)
class AnyOf:
    """One of the row's codes must be one the table takes."""

    column: ListColumn
    table: Bools
    tag: int

    def mark(self, rows: Places, miss: Bytes, loops: Kernels) -> None:
        """Fail the rows that do not pass."""
        starts, ends = self.column.stretches(rows)
        loops.mark_list(starts, ends, self.column.codes, self.table, miss, self.tag)


@dataclass(frozen=True, eq=False, slots=True)
class InForce:
    """The row must be in force on the day."""

    valid_from: Days
    valid_until: Days
    day: int

    def mark(self, rows: Places, miss: Bytes, loops: Kernels) -> None:
        """Fail the rows that do not pass."""
        loops.mark_days(take(self.valid_from, rows), take(self.valid_until, rows), self.day, miss)


@dataclass(frozen=True, eq=False, slots=True)
class Between:
    """The row's number must be known and lie between two bounds, both included."""

    values: Integers
    low: int
    high: int

    def mark(self, rows: Places, miss: Bytes, loops: Kernels) -> None:
        """Fail the rows that do not pass."""
        loops.mark_range(take(self.values, rows), self.low, self.high, miss)


@dataclass(frozen=True, eq=False, slots=True)
class Never:
    """No row passes: what is asked stands in no row of these columns."""

    tag: int

    def mark(self, rows: Places, miss: Bytes, loops: Kernels) -> None:
        """Fail every row."""
        del rows, loops
        miss[:] = np.where(miss == 0, np.uint8(self.tag), np.uint8(FAILED))


Condition = OneOf | AnyOf | InForce | Between | Never
