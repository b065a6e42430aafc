"""Rows of a column, always read-only."""

from __future__ import annotations

from chuangtu.engines.atlas.model import Array, Places


def take(column: Array, rows: Places) -> Array:
    """Give some rows of a column.

    Read-only whether or not they are a copy: compiled loops are made once for each kind of
    array, and those of an atlas are read-only.
    """
    taken = column[rows]
    taken.flags.writeable = False
    return taken
