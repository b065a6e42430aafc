"""One state of everything readers read, and the one who follows to the next.

A `Reading` never changes: all answers drawn from one agree with one another. The `Reader` of a
process gives the newest it has, after asking the database at most every `SNAPSHOT_CHECK_MS`
whether something changed.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from django.conf import settings
from django.db import connections

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.journal.queries import Changes
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.queries import Published
from chuangtu.apps.snapshots import folders
from chuangtu.apps.snapshots.blobs import Blobs
from chuangtu.apps.snapshots.declared import layout
from chuangtu.apps.snapshots.facts import Gathering, as_document
from chuangtu.apps.snapshots.kept import Kept
from chuangtu.apps.snapshots.manifest import read_manifest
from chuangtu.apps.snapshots.titles import load_holders, no_holders
from chuangtu.engines.atlas.build import build as build_atlas
from chuangtu.engines.atlas.load import load as load_atlas
from chuangtu.engines.atlas.model import Atlas, View
from chuangtu.engines.atlas.overlay import overlay as lay_over
from chuangtu.engines.search.build import build as build_search
from chuangtu.engines.search.load import load as load_search
from chuangtu.engines.search.model import Document, Index
from chuangtu.engines.search.warm import warm
from chuangtu.terms.errors import ChuangtuError

AT_ONCE = 500
"""Changed records a request waits for; more are fetched beside it while it has the old state."""
MOST_OVERLAY = 50_000
"""Changed records a process carries; more wait for the next version."""

SERVING = threading.Event()
"""Set in a process that answers people: whoever searches a new version first need not wait."""

logger = logging.getLogger(__name__)


class NotPublishedError(ChuangtuError):
    """There are records, too many to be read without a version, and no version."""


@dataclass(frozen=True, eq=False, slots=True)
class Base:
    """A published version, opened."""

    name: str
    sequence: int
    atlas: Atlas
    index: Index
    payloads: Blobs
    holders: np.ndarray


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """A version with the changes since, up to one outbox sequence.

    Attributes:
        base: the version.
        sequence: the last change that is part of this.
        changed: records changed since the version; None for one that is gone.
        rows: the changed records that exist, in the order of the overlay's columns.
        documents: their searchable texts.
        mark: the moment of that change, which tells it from one of the same number in a database
            that was put back from a backup.
        view: both, for the atlas.
        kept: what was asked of this state already.
    """

    base: Base
    sequence: int
    changed: Mapping[int, Published | None] = field(default_factory=lambda: MappingProxyType({}))
    rows: tuple[Published, ...] = ()
    documents: tuple[Document, ...] = ()
    mark: str = ""
    view: View = field(init=False)
    kept: Kept = field(init=False, default_factory=Kept)

    def __post_init__(self) -> None:
        overlay = None
        if self.changed:
            gathering = Gathering(layout())
            gathering.add(self.rows)
            gone = [number for number, row in self.changed.items() if row is None]
            overlay = lay_over(
                self.base.atlas, gathering.records(), np.array(gone, dtype=np.int64)
            )
        object.__setattr__(self, "view", View(self.base.atlas, overlay))

    @property
    def stamp(self) -> str:
        """Names this state: the same in every process, and another one after any change."""
        return f"{self.base.name}+{self.sequence}{self.mark}"

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
        return Reading(self.base, sequence, MappingProxyType(merged), rows, texts, mark)


class Reader:
    """Follows the pointer and the outbox for one process; safe for its threads."""

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._root = root
        self._clock = clock
        self._reading: Reading | None = None
        self._followed: str | None = None
        self._checked = float("-inf")
        self._lock = threading.Lock()
        self._fetching: threading.Thread | None = None

    def read(self) -> Reading:
        """The newest state, not older than `SNAPSHOT_CHECK_MS` unless it is being fetched."""
        reading = self._reading
        if (
            reading is not None
            and self._clock() - self._checked < settings.SNAPSHOT_CHECK_MS / 1e3
        ):
            return reading
        # One thread looks; the others go on with what there is, if there is something.
        if not self._lock.acquire(blocking=reading is None):
            return reading  # type: ignore[return-value]  # not None: it would have waited
        try:
            # Before looking: what is changed meanwhile makes it stale again.
            self._checked = self._clock()
            self._reading = self._next(self._reading)
            return self._reading
        finally:
            self._lock.release()

    def stale(self) -> None:
        """Look again at the next question: this process has just changed something."""
        self._checked = float("-inf")

    def _next(self, reading: Reading | None) -> Reading:
        version = folders.find_current(self._root)
        last = journal.last_sequence()
        ahead = reading
        # A smaller sequence: the database was replaced by an older one.
        if ahead is None or version != self._followed or last < ahead.sequence:
            ahead = self._opened(version, last)
            self._followed = version
        if last == ahead.sequence or self._must_wait(ahead, last):
            return ahead
        changes = journal.changed_since(ahead.sequence)
        # The first question of a process waits: there is no newer state to go on with, and a
        # console command asks only once.
        if len(changes.resources) <= AT_ONCE or not ahead.base.name or reading is None:
            return _advanced(ahead, changes)
        self._fetch_beside(ahead)
        # Not the new version alone: it may lack changes that the old state shows already.
        return reading or ahead

    def _must_wait(self, reading: Reading, last: int) -> bool:
        """Say whether the changes are too many to be carried, counted generously."""
        if last - reading.sequence + len(reading.changed) <= MOST_OVERLAY:
            return False
        if not reading.base.name:
            raise NotPublishedError(
                "数据尚未发布。请运行“chuangtu publish”，或等待后台任务完成。",
                "The records are not published yet. Run 'chuangtu publish', or wait for the"
                " background worker.",
            )
        return True

    def _fetch_beside(self, reading: Reading) -> None:
        if self._fetching is not None and self._fetching.is_alive():
            return
        followed = self._followed

        def fetch() -> None:
            ahead = reading
            try:
                while ahead.sequence < journal.last_sequence():
                    ahead = _advanced(ahead, journal.changed_since(ahead.sequence))
                with self._lock:
                    if self._followed == followed:
                        self._reading = ahead
            finally:
                connections.close_all()

        self._fetching = threading.Thread(target=fetch, name="snapshot-changes", daemon=True)
        self._fetching.start()

    def _opened(self, version: str | None, last: int) -> Reading:
        if version is not None:
            folder = self._root / version
            manifest = read_manifest(folder)
            if manifest is not None and manifest.sequence <= last and manifest.is_readable:
                base = Base(
                    version,
                    manifest.sequence,
                    load_atlas(folder / "atlas"),
                    load_search(folder / "search"),
                    Blobs(folder / "payloads.bin"),
                    load_holders(folder),
                )
                if SERVING.is_set():
                    # A console command asks once and ends: no compiler may be at work then.
                    threading.Thread(
                        target=warm, args=(base.index,), name="search-warm", daemon=True
                    ).start()
                return Reading(base, manifest.sequence)
            logger.warning("snapshot %s is not usable: run 'chuangtu publish'", version)
        return Reading(_empty(), 0)


def _advanced(reading: Reading, changes: Changes) -> Reading:
    rows = {row.id: row for row in registry.published(changes.resources)}
    changed = {number: rows.get(number) for number in changes.resources}
    mark = f"@{changes.at:%Y%m%dT%H%M%S%f}" if changes.at else reading.mark
    return reading.with_changes(changed, changes.sequence, mark)


@cache
def _empty() -> Base:
    """No records, to lay changes over before the first version."""
    with tempfile.TemporaryDirectory(prefix="chuangtu-empty-") as folder:
        # The files stay mapped when their names are gone.
        nothing = Path(folder)
        build_atlas(Gathering(layout()).records(), nothing / "atlas")
        build_search([], nothing / "search")
        atlas, index = load_atlas(nothing / "atlas"), load_search(nothing / "search")
    return Base("", 0, atlas, index, Blobs.empty(), no_holders())


_readers: dict[Path, Reader] = {}
_opening = threading.Lock()


def reader() -> Reader:
    """The reader of this process for the present snapshot folder."""
    root: Path = settings.SNAPSHOTS
    found = _readers.get(root)
    if found is None:
        with _opening:
            found = _readers.setdefault(root, Reader(root))
    return found
