"""How many chosen records are in force on each of some days, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from chuangtu.engines.atlas.model import Array, Chosen, Columns, Integers, View


def timeline(view: View, chosen: Chosen, days: Sequence[date]) -> list[int]:
    """Count the chosen records that are in force on each day.

    Args:
        view: base and overlay.
        chosen: the answer of `select` for a Selection without `as_of`.
        days: ascending.

    Returns:
        For each day what `count` gives for the same Selection as of that day.
    """
    if not days:
        return []
    ordinals = np.array([each.toordinal() for each in days], np.int64)
    rows = chosen.rows if chosen.rows is not None else np.flatnonzero(chosen.miss == 0)
    changes = _changes(view.atlas.columns, rows, ordinals)
    if view.overlay is not None:
        changes += _changes(view.overlay.columns, chosen.overlay_rows, ordinals)
    return [int(each) for each in np.cumsum(changes)]


def _changes(columns: Columns, rows: Array, days: Integers) -> Integers:
    """How many more records are in force on each day than on the one before it."""
    begun = np.asarray(columns.valid_from[rows])
    # What ended before it began was never in force.
    ended = np.maximum(columns.valid_until[rows], begun)
    found: Integers = _met(begun, days) - _met(ended, days)
    return found


def _met(ordinals: Array, days: Integers) -> Integers:
    """How many of the ordinals fall on each day or after the one before it."""
    # Looked up by day, not searched for: the days of interest span some thousands.
    first, last = int(days[0]), int(days[-1])
    place = np.searchsorted(days, np.arange(first, last + 1)).astype(np.int16)
    late = ordinals > last
    met = place[np.clip(ordinals[~late], first, last) - first]
    return np.bincount(met, minlength=len(days)).astype(np.int64)
