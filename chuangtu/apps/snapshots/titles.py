"""Titles in force: which organizations hold which title, by the recognitions that say so.

A title belongs to a recognition, with its own days and its own viewers. So the facet `holds` of
organizations is no column: it is answered through the recognitions of the same day and viewer.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from chuangtu.apps.registry.queries import Published
from chuangtu.engines.atlas.model import Chosen, Hits, View
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.selection import Selection

HOLDS = "holds"
"""Name of the facet; its values are those of the facet `title`."""
RECOGNITION, TITLE, HOLDER = "recognition", "title", "holder"
NOBODY = -1
_FILE = "holders.npy"


class HolderWriter:
    """Notes who holds each recognition while the rows of a version pass by."""

    def __init__(self) -> None:
        self._count = 0
        self._rows, self._holders = array("q"), array("q")

    def add(self, rows: Sequence[Published]) -> None:
        for place, row in enumerate(rows, self._count):
            if (holder := holder_of(row)) != NOBODY:
                self._rows.append(place)
                self._holders.append(holder)
        self._count += len(rows)

    def write(self, folder: Path, order: np.ndarray) -> None:
        """Write position and holder of every recognition, by position."""
        position = np.empty(len(order), np.int64)
        position[order] = np.arange(len(order))
        pairs = np.empty((len(self._rows), 2), np.int64)
        if len(pairs):
            pairs[:, 0] = position[np.frombuffer(self._rows, np.int64)]
            pairs[:, 1] = np.frombuffer(self._holders, np.int64)
        np.save(folder / _FILE, pairs[np.argsort(pairs[:, 0])])


def load_holders(folder: Path) -> np.ndarray:
    """What `HolderWriter` wrote, mapped into memory: (position, holder) by position."""
    return np.asarray(np.load(folder / _FILE, mmap_mode="r"))


def holder_of(row: Published) -> int:
    """Whom a recognition names as holder; NOBODY for one that names none, and for all else."""
    if row.kind == RECOGNITION:
        for relation in row.payload.get("relations", ()):
            if relation["role"] == HOLDER:
                return int(relation["id"])
    return NOBODY


def recognitions(selection: Selection) -> Selection:
    """The question for the recognitions that count: in force that day, seen by that viewer."""
    return Selection(kinds=(RECOGNITION,), as_of=selection.as_of, viewer=selection.viewer)


def without_holds(selection: Selection) -> Selection:
    """What the columns can answer of a question; `holds` comes as the records it lets through."""
    if HOLDS not in selection.facets:
        return selection
    facets = {name: each for name, each in selection.facets.items() if name != HOLDS}
    return replace(selection, facets=facets)


@dataclass(frozen=True, eq=False, slots=True)
class Held:
    """Who holds what: one entry for each pair of holder and title, each once."""

    holders: np.ndarray
    titles: np.ndarray
    names: tuple[str, ...]

    @property
    def nbytes(self) -> int:
        return int(self.holders.nbytes + self.titles.nbytes)

    def holding(self, titles: Iterable[str]) -> np.ndarray:
        """Ids of those who hold one of the titles, ascending, each once."""
        wanted = [place for place, name in enumerate(self.names) if name in set(titles)]
        return np.unique(self.holders[np.isin(self.titles, wanted)])


def held(view: View, holders: np.ndarray, named: np.ndarray, chosen: Chosen) -> Held:
    """Read who holds what from chosen recognitions.

    Args:
        view: base and overlay.
        holders: (position, holder) of the base.
        named: whom each row of the overlay names, in the order handed to it.
        chosen: recognitions.
    """
    positions = chosen.rows if chosen.rows is not None else np.flatnonzero(chosen.miss == 0)
    places = np.searchsorted(holders[:, 0], positions)
    places = places[places < len(holders)] if len(holders) else places[:0]
    here = np.isin(holders[places, 0], positions) if len(places) else np.zeros(0, bool)
    places = places[here]
    column = view.atlas.columns.facets[TITLE]
    names = list(column.values)
    codes = column.codes[holders[places, 0]].astype(np.int64)
    ids = holders[places, 1]
    more = _held_by_changed(view, named, chosen, names)
    pairs = np.concatenate([np.stack([ids, codes], axis=1), more])
    pairs = np.unique(pairs[pairs[:, 1] > 0], axis=0)
    return Held(pairs[:, 0], pairs[:, 1], tuple(names))


def _held_by_changed(
    view: View, named: np.ndarray, chosen: Chosen, names: list[str]
) -> np.ndarray:
    """(holder, title) of the changed recognitions; titles new to the base are added to `names`."""
    if view.overlay is None:
        return np.empty((0, 2), np.int64)
    column = view.overlay.columns.facets[TITLE]
    names += [each for each in column.values if each not in names]
    moved = np.array([names.index(each) for each in column.values], np.int64)
    places = chosen.overlay_rows.astype(np.int64)
    holders = named[view.overlay.order[places]]
    titles = moved[column.codes[places].astype(np.int64)]
    return np.stack([holders, titles], axis=1)[holders != NOBODY]


def let_through(view: View, known: Held, titles: Iterable[str], changed: np.ndarray) -> Hits:
    """The records that hold one of the titles; `unknown` lets those through that hold none.

    `changed` are the ids of the overlay's rows, in the order handed to it.
    """
    wanted = set(titles)
    ids = known.holding(wanted)
    positions = view.atlas.positions_of(ids)
    base = np.zeros(len(view.atlas), bool)
    base[positions[positions >= 0]] = True
    over = np.isin(changed, ids)
    if UNKNOWN in wanted:
        everyone = np.unique(known.holders)
        positions = view.atlas.positions_of(everyone)
        nobody = np.ones(len(base), bool)
        nobody[positions[positions >= 0]] = False
        base, over = base | nobody, over | ~np.isin(changed, everyone)
    rows_through = np.flatnonzero(base).astype(np.uint32)
    over_through = np.flatnonzero(over).astype(np.uint32)
    return Hits(
        rows_through,
        np.zeros(len(rows_through), np.int64),
        over_through,
        np.zeros(len(over_through), np.int64),
    )


def both(words: Hits | None, titles: Hits | None) -> Hits | None:
    """What both let through, with the scores of the words."""
    if words is None or titles is None:
        return words if titles is None else titles
    base = np.isin(words.rows, titles.rows, assume_unique=True)
    over = np.isin(words.overlay_rows, titles.overlay_rows, assume_unique=True)
    return Hits(
        words.rows[base],
        words.scores[base],
        words.overlay_rows[over],
        words.overlay_scores[over],
    )


def count_titles(view: View, known: Held, chosen: Chosen) -> dict[str, int]:
    """How many chosen records hold each title; `unknown`: how many hold none."""
    positions = view.atlas.positions_of(known.holders)
    here = positions >= 0
    if chosen.miss is not None:
        here[here] = chosen.miss[positions[here]] == 0
    elif chosen.rows is not None:
        here &= np.isin(positions, chosen.rows)
    if view.overlay is not None:
        ids = view.overlay.columns.ids[chosen.overlay_rows.astype(np.int64)]
        here |= np.isin(known.holders, ids)
    counts = np.bincount(known.titles[here], minlength=len(known.names))
    found = {name: int(n) for name, n in zip(known.names, counts.tolist(), strict=True) if n}
    nothing = chosen.counted.total - len(np.unique(known.holders[here]))
    return {**found, UNKNOWN: nothing} if nothing else found
