"""Totals and facets of a Selection by kind and permission alone, counted when it was built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.model import VISIBILITIES, Atlas, Bools, Integers, Rows
from chuangtu.terms.selection import Selection


@dataclass(frozen=True, eq=False, slots=True)
class Forecast:
    """What needs no look at the records, and which records still need one.

    Attributes:
        totals: records, those without position, those with an unknown day.
        codes: records by code, for each facet; by group for `kind`.
        rest: rows to be counted one by one and added, ascending stretches.
    """

    totals: Integers
    codes: dict[str, Integers]
    rest: tuple[Rows, ...]


def is_plain(selection: Selection) -> bool:
    """Say whether a Selection asks for no more than kinds, a day and a viewer."""
    return not (selection.facets or selection.ranges or selection.words or selection.areas)


def forecast(atlas: Atlas, selection: Selection, names: Sequence[str]) -> Forecast | None:
    """Look up what was counted in advance.

    Args:
        atlas: the base.
        selection: what is asked.
        names: facets wanted.

    Returns:
        The sums over the groups asked for; `None` when the Selection asks for more than kind,
        day and viewer, or a facet was not counted in advance. Asked as of a day, the records
        with a real first or last day are left as `rest`.
    """
    counted = atlas.groups.facets
    if not is_plain(selection) or any(n != "kind" and n not in counted for n in names):
        return None
    groups = np.arange(len(atlas.columns.kinds) * VISIBILITIES)
    seen = groups % VISIBILITIES <= int(selection.viewer.sees)
    asked = seen & _kinds(atlas, selection)
    halves = slice(0, 2 if selection.as_of is None else 1)
    codes = {}
    for name in names:
        if name == "kind":
            codes[name] = atlas.groups.tallies[0, halves].sum(axis=0) * seen
        else:
            codes[name] = counted[name][halves][:, asked].sum(axis=(0, 1))
    totals: Integers = atlas.groups.tallies[:, halves][:, :, asked].sum(axis=(1, 2))
    return Forecast(totals, codes, () if selection.as_of is None else _rest(atlas, selection))


def _kinds(atlas: Atlas, selection: Selection) -> Bools:
    taken = [not selection.kinds or each in selection.kinds for each in atlas.columns.kinds]
    return np.repeat(np.array(taken, np.bool_), VISIBILITIES)


def _rest(atlas: Atlas, selection: Selection) -> tuple[Rows, ...]:
    broad = atlas.groups.broad
    bins = range(VISIBILITIES, VISIBILITIES + int(selection.viewer.sees) + 1)
    return tuple(broad.rows[broad.bounds[each] : broad.bounds[each + 1]] for each in bins)
