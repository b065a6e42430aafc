"""One state of everything readers read: a version, segments of large acts, single changes.

A `Reading` never changes: all answers drawn from one agree with one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from chuangtu.apps.journal.queries import Changes
from chuangtu.apps.registry.queries import Published
from chuangtu.apps.snapshots.areas import Areas, placed_anew
from chuangtu.apps.snapshots.bases import Base
from chuangtu.apps.snapshots.declared import layout
from chuangtu.apps.snapshots.facts import Gathering, as_document, as_payload
from chuangtu.apps.snapshots.joining import as_records, join
from chuangtu.apps.snapshots.kept import Kept
from chuangtu.apps.snapshots.segments import Gap, Segment, Span
from chuangtu.apps.snapshots.titles import NOBODY, holder_of
from chuangtu.engines.atlas.model import View
from chuangtu.engines.atlas.overlay import overlay as lay_over
from chuangtu.engines.search.model import Document


@dataclass(frozen=True, eq=False, slots=True)
class Laid:
    """A segment in a state.

    Attributes:
        segment: what was laid down.
        rows: its positions that nothing later replaced, ascending.
    """

    segment: Segment
    rows: np.ndarray

    @property
    def ids(self) -> np.ndarray:
        return np.asarray(self.segment.base.atlas.columns.ids[self.rows])

    def without(self, ids: np.ndarray) -> Laid:
        """The same, without what a later change says of these records."""
        return replace(self, rows=self.rows[~np.isin(self.ids, ids)])

    def holders(self) -> np.ndarray:
        """The holder that each row names."""
        base = self.segment.base
        named = np.full(len(base.atlas), NOBODY, np.int64)
        named[base.holders[:, 0]] = base.holders[:, 1]
        return named[self.rows]


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """A version with the changes since, up to one outbox sequence.

    The overlay's columns hold the single changes first, in the order of `rows`, then the rows of
    each segment.

    Attributes:
        base: the version.
        sequence: the last change that is part of this.
        changed: single records changed since the version; None for one that is gone.
        rows: those of them that exist.
        documents: their searchable texts.
        mark: the moment of that change, which tells it from one of the same number in a database
            that was put back from a backup.
        laid: segments, the oldest first.
        gaps: stretches of the outbox whose changes are not part of this.
        areas: in which its records are counted; None where those of the version are right.
        view: all of it, for the atlas.
        ids: of the overlay's rows.
        holders: whom each of these rows names as holder.
        kept: what was asked of this state already.
    """

    base: Base
    sequence: int
    changed: Mapping[int, Published | None] = field(default_factory=lambda: MappingProxyType({}))
    rows: tuple[Published, ...] = ()
    documents: tuple[Document, ...] = ()
    mark: str = ""
    laid: tuple[Laid, ...] = ()
    gaps: tuple[Span, ...] = ()
    areas: Areas | None = None
    view: View = field(init=False)
    ids: np.ndarray = field(init=False)
    holders: np.ndarray = field(init=False)
    kept: Kept = field(init=False, default_factory=Kept)

    def __post_init__(self) -> None:
        overlay = None
        own = np.array([row.id for row in self.rows], np.int64)
        if self.changed or self.laid:
            gathering = Gathering(layout())
            gathering.add(self.rows)
            gone = [number for number, row in self.changed.items() if row is None]
            records = join([gathering.records(), *map(_records, self.laid)])
            if self.areas is not None:
                records = placed_anew(records, self.areas)
            overlay = lay_over(
                self.base.atlas,
                records,
                np.concatenate(
                    [np.array(gone, np.int64), *(each.segment.gone for each in self.laid)]
                ),
            )
        object.__setattr__(self, "view", View(self.base.atlas, overlay))
        object.__setattr__(self, "ids", np.concatenate([own, *(e.ids for e in self.laid)]))
        named = np.array([holder_of(row) for row in self.rows], np.int64)
        object.__setattr__(
            self, "holders", np.concatenate([named, *(each.holders() for each in self.laid)])
        )

    @property
    def stamp(self) -> str:
        """Names this state: the same in every process, and another one after any change."""
        gaps = "".join(f"-{each.since}.{each.sequence}" for each in self.gaps)
        areas = f"~{self.areas.change}" if self.areas is not None else ""
        return f"{self.base.name}+{self.sequence}{self.mark}{gaps}{areas}"

    @property
    def area_change(self) -> int:
        """The last change of an area that its records are counted by."""
        return self.base.areas if self.areas is None else self.areas.change

    @property
    def missing(self) -> int:
        """How many changes up to `sequence` are not part of this."""
        return sum(each.sequence - each.since for each in self.gaps)

    @property
    def laid_count(self) -> int:
        """How many changes its segments brought."""
        return sum(len(each.segment) for each in self.laid)

    @property
    def spans(self) -> Iterator[tuple[int, Laid]]:
        """Each segment with the overlay's row where it begins."""
        start = len(self.rows)
        for each in self.laid:
            yield start, each
            start += len(each.rows)

    def payload_of(self, row: int) -> dict[str, Any]:
        """What is shown of a row of the overlay."""
        if row < len(self.rows):
            return as_payload(self.rows[row])
        start, laid = next(
            (start, each) for start, each in self.spans if row < start + len(each.rows)
        )
        payload: dict[str, Any] = laid.segment.base.payloads[int(laid.rows[row - start])]
        return payload

    def find_payload(self, number: int) -> dict[str, Any] | None:
        """What is shown of a record; None where there is none."""
        if number in self.changed:
            row = self.changed[number]
            return as_payload(row) if row else None
        for each in reversed(self.laid):
            position = int(each.segment.base.atlas.positions_of([number])[0])
            if position >= 0:
                payload: dict[str, Any] = each.segment.base.payloads[position]
                return payload
            if number in each.segment.gone:
                return None
        position = int(self.base.atlas.positions_of([number])[0])
        return self.base.payloads[position] if position >= 0 else None

    def is_changed(self, number: int) -> bool:
        """Say whether the version knows something else of a record."""
        return number in self.changed or any(
            number in each.segment.gone or each.segment.base.atlas.positions_of([number])[0] >= 0
            for each in self.laid
        )

    def with_changes(
        self, changed: Mapping[int, Published | None], sequence: int, mark: str
    ) -> Reading:
        """The state after these changes."""
        merged = {**self.changed, **changed}
        rows = tuple(row for row in merged.values() if row is not None)
        known = {row.id: text for row, text in zip(self.rows, self.documents, strict=True)}
        texts = tuple(
            known[row.id] if row.id in known and row.id not in changed else as_document(row)
            for row in rows
        )
        touched = np.array(list(changed), np.int64)
        laid = tuple(each.without(touched) for each in self.laid)
        return replace(
            self,
            sequence=sequence,
            changed=MappingProxyType(merged),
            rows=rows,
            documents=texts,
            mark=mark,
            laid=laid,
        )

    def with_areas(self, areas: Areas) -> Reading:
        """The same records, in these areas."""
        return replace(self, base=self.base.with_areas(areas), areas=areas)

    def with_gap(self, gap: Gap | Segment, newer: Mapping[int, Published | None]) -> Reading:
        """The state after a stretch that is not carried.

        `newer` are the single changes before it whose records it changed once more: they are
        read as they are now, so that it does not matter when a process read them first.
        """
        ahead = self.with_changes(newer, gap.span.sequence, gap.mark) if newer else self
        return replace(
            ahead, sequence=gap.span.sequence, mark=gap.mark, gaps=(*self.gaps, gap.span)
        )

    def with_segment(self, segment: Segment) -> Reading:
        """The state after the changes of a segment."""
        atlas = segment.base.atlas
        touched = np.concatenate([atlas.id_sorted, segment.gone])
        known = set(touched.tolist())
        changed = {number: row for number, row in self.changed.items() if number not in known}
        left = [
            (row, text)
            for row, text in zip(self.rows, self.documents, strict=True)
            if row.id not in known
        ]
        laid = (
            *(each.without(touched) for each in self.laid),
            Laid(segment, np.arange(len(atlas))),
        )
        return replace(
            self,
            sequence=segment.span.sequence,
            changed=MappingProxyType(changed),
            rows=tuple(row for row, _ in left),
            documents=tuple(text for _, text in left),
            mark=segment.mark,
            laid=laid,
        )


def mark_of(changes: Changes) -> str:
    """The moment of the last change, for a stamp."""
    return f"@{changes.at:%Y%m%dT%H%M%S%f}" if changes.at else ""


def _records(laid: Laid) -> Any:
    return as_records(laid.segment.base.atlas.columns, laid.rows)
