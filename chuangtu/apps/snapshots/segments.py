"""What a large act changed, laid down before it is committed, for every process to take up.

A segment holds the records of one stretch of the outbox, built once by the process that writes
them, inside its transaction. Its name says which stretch, and which line of the journal ends it:
a segment is read only where the database holds that very line. One whose transaction was rolled
back, or whose process was killed, has no such line and is never read.

An act too large to be carried leaves a gap: a segment that says where it was and holds nothing.
Readers step over it and go on with what came after; it shows with the next version.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import orjson

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.snapshots import folders
from chuangtu.apps.snapshots.bases import Base, open_base
from chuangtu.apps.snapshots.declared import layout
from chuangtu.terms.errors import ChuangtuError

SHELF = ".segments"
"""Beside the versions; the dot keeps it from being taken for one."""
FORMAT = 2
_NAME = "segment.json"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the outbox with the journal's line that ends it.

    Attributes:
        since: the last change before it.
        sequence: the last change in it.
        entry: number of the journal's last line when it was laid down.
        hash: of that line: it stands for everything before it, too.
    """

    since: int
    sequence: int
    entry: int
    hash: str

    @property
    def name(self) -> str:
        return f"{self.since}-{self.sequence}-{self.entry}-{self.hash}"


@dataclass(frozen=True, slots=True)
class Card:
    """What a segment says of itself.

    Attributes:
        mark: the moment of its last change, as a state's stamp shows it.
        fingerprint: names its columns.
        gone: ids of records that were removed.
        is_gap: its records are too many to be carried and are not in it.
        format: of the files.
    """

    mark: str
    fingerprint: str
    gone: list[int]
    is_gap: bool = False
    format: int = FORMAT


@dataclass(frozen=True, eq=False, slots=True)
class Segment:
    """A segment, opened."""

    span: Span
    mark: str
    base: Base
    gone: np.ndarray

    def __len__(self) -> int:
        return len(self.base.atlas) + len(self.gone)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch whose changes nobody carries: the next version shows them."""

    span: Span
    mark: str


def list_after(root: Path, sequence: int, last: int) -> list[Span]:
    """Committed segments that lead from some change up to one after `sequence`, in order."""
    spans = [each for each in _listed(root) if sequence < each.sequence <= last]
    return [each for each in spans if journal.holds(entry=each.entry, hashed=each.hash)]


def open_segment(root: Path, span: Span) -> Segment | Gap | None:
    """Open one; None where it has other columns, is broken, or was swept meanwhile."""
    folder = root / SHELF / span.name
    try:
        card = Card(**orjson.loads((folder / _NAME).read_bytes()))
        if card.is_gap:
            return Gap(span, card.mark)
        if (card.format, card.fingerprint) != (FORMAT, layout().fingerprint):
            return None
        base = open_base(folder, span.sequence)
    except (ChuangtuError, OSError, TypeError, ValueError):
        return None
    return Segment(span, card.mark, base, np.array(card.gone, np.int64))


def start(root: Path, span: Span) -> Path:
    """An empty folder to build a segment in."""
    shelf = root / SHELF
    shelf.mkdir(parents=True, exist_ok=True)
    folder = shelf / f"{folders.UNFINISHED}{span.name}"
    folder.mkdir()
    return folder


def finish(root: Path, span: Span, folder: Path, card: Card) -> None:
    """Put a built segment where readers look, whole."""
    (folder / _NAME).write_bytes(orjson.dumps(asdict(card)))
    # The engines force what they write themselves.
    folders.settle_files(folder)
    folder.rename(root / SHELF / span.name)


def sweep(root: Path, sequence: int) -> None:
    """Remove the segments that a version up to `sequence` holds already."""
    for span in _listed(root):
        if span.sequence <= sequence:
            _remove(root / SHELF / span.name)


def sweep_dead(root: Path) -> None:
    """Remove what killed or rolled back writers left.

    To be called by who holds the journal's head: no other writer is between laying a segment
    down and its commit then.
    """
    for left in (root / SHELF).glob(f"{folders.UNFINISHED}*"):
        _remove(left)
    for span in _listed(root):
        if not journal.holds(entry=span.entry, hashed=span.hash):
            _remove(root / SHELF / span.name)


def _listed(root: Path) -> list[Span]:
    try:
        names = os.listdir(root / SHELF)
    except FileNotFoundError:
        return []
    spans = []
    for name in names:
        since, sequence, entry, hashed = (name.split("-") + [""] * 4)[:4]
        if since.isdigit() and sequence.isdigit() and entry.isdigit():
            spans.append(Span(int(since), int(sequence), int(entry), hashed))
    return sorted(spans, key=lambda each: (each.sequence, each.since))


def _remove(folder: Path) -> None:
    # Another process may be sweeping, too.
    shutil.rmtree(folder, ignore_errors=True)
