"""The totals of a Selection and its facets, in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np

from chuangtu.engines.atlas.forecast import forecast
from chuangtu.engines.atlas.model import (
    VISIBILITIES,
    Columns,
    Counted,
    Hits,
    Integers,
    Survey,
    UnknownColumnError,
    View,
)
from chuangtu.engines.atlas.part import NOTHING, Part, parts
from chuangtu.engines.atlas.scan import Block, scan
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.selection import Selection

Tally = tuple[Integers, dict[str, Integers]]
"""Total, without position, with an unknown day; and records by code for each facet."""


def survey(
    view: View,
    selection: Selection,
    names: Sequence[str],
    *,
    hits: Hits | None = None,
) -> Survey:
    """Count the records of a Selection and their facets.

    Args:
        view: base and overlay.
        selection: what is asked.
        names: facets wanted: facet or list columns, or `kind`.
        hits: what the Selection's words match.

    Returns:
        The totals, and for every name the records by value, `UNKNOWN` among them. A facet looks
        past its own filter, so its numbers say what choosing another value would give.

    Raises:
        UnknownColumnError: no part of the view has a facet of that name.
    """
    held = parts(view, selection, hits, None)
    _check_names(held, names)
    totals = np.zeros(3, np.int64)
    facets: dict[str, Counter[str]] = {name: Counter() for name in names}
    for part in held:
        counted, codes = _tally(part, selection, names)
        totals += counted
        for name in names:
            facets[name].update(_named(part.columns, name, codes[name]))
    total, unlocated, undated = (int(each) for each in totals)
    return Survey(
        Counted(total, unlocated, undated),
        {name: dict(values) for name, values in facets.items()},
    )


def _check_names(held: Iterable[Part], names: Sequence[str]) -> None:
    known = {"kind"}.union(*({*each.columns.facets, *each.columns.lists} for each in held))
    for name in names:
        if name not in known:
            raise UnknownColumnError(
                name,
                f"快照里没有“{name}”这一列，不能按它分组。请重新生成快照后再试。",
                f"The snapshot has no column '{name}' to count by. Publish a new one, try again.",
            )


def _tally(part: Part, selection: Selection, names: Sequence[str]) -> Tally:
    ahead = forecast(part.atlas, selection, names) if part.atlas and part.hits is None else None
    if ahead is None:
        return _scanned(part, selection, names)
    found = [(1, (ahead.totals, ahead.codes))]
    for rows in ahead.rest:
        some = Part(part.columns, None, NOTHING, hits=rows)
        found.append((1, _scanned(some, selection, names)))
    gone = Part(part.columns, None, NOTHING, hits=part.gone)
    found.append((-1, _scanned(gone, selection, names)))
    totals = np.sum([sign * counted for sign, (counted, _) in found], axis=0)
    codes = {
        name: np.sum([sign * codes[name] for sign, (_, codes) in found], axis=0) for name in names
    }
    return totals, codes


def _scanned(part: Part, selection: Selection, names: Sequence[str]) -> Tally:
    totals = np.zeros(3, np.int64)
    codes = {name: np.zeros(_width(part.columns, name), np.int64) for name in names}
    work = partial(_block, names=names)
    for counted, found in scan(part, selection, 0, len(part.columns), work, apart=bool(names)):
        totals += counted
        for name in names:
            codes[name] += found[name]
    return totals, codes


def _block(block: Block, names: Sequence[str]) -> Tally:
    columns, loops = block.columns, block.loops
    chosen = block.rows()
    codes = {}
    for name in names:
        tag = block.plan.tags.get(name, 0)
        rows = block.rows(tag) if tag else chosen
        out = np.zeros(_width(columns, name), np.int64)
        if name == "kind":
            loops.tally(columns.group, rows, out)
        elif name in columns.facets:
            loops.tally(columns.facets[name].codes, rows, out)
        elif name in columns.lists:
            listed = columns.lists[name]
            loops.tally_list(listed.offsets, listed.codes, rows, out)
        else:
            out[0] = len(rows)
        codes[name] = out
    return block.counted(chosen), codes


def _width(columns: Columns, name: str) -> int:
    if name == "kind":
        return len(columns.kinds) * VISIBILITIES
    if name in columns.facets:
        return len(columns.facets[name].values)
    return len(columns.lists[name].values) if name in columns.lists else 1


def _named(columns: Columns, name: str, codes: Integers) -> Mapping[str, int]:
    values: tuple[str, ...] = (UNKNOWN,)
    if name == "kind":
        values, codes = columns.kinds, codes.reshape(-1, VISIBILITIES).sum(axis=1)
    elif name in columns.facets:
        values = columns.facets[name].values
    elif name in columns.lists:
        values = columns.lists[name].values
    return {values[code]: int(codes[code]) for code in np.flatnonzero(codes)}
