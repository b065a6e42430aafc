"""Follows the register from one state to the next.

The `Reader` of a process gives the newest state it has, after asking the database at most every
`SNAPSHOT_CHECK_MS` whether something changed. What a large act changed is taken up from its
segment; other changes are read from the register.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connections

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import folders, segments
from chuangtu.apps.snapshots.bases import no_base, open_base
from chuangtu.apps.snapshots.manifest import read_manifest
from chuangtu.apps.snapshots.reading import Reading, mark_of
from chuangtu.apps.snapshots.segments import Segment
from chuangtu.engines.search.warm import warm
from chuangtu.terms.errors import ChuangtuError

AT_ONCE = 500
"""Changed records a request waits for; more are fetched beside it while it has the old state."""
MOST_OVERLAY = 50_000
"""Changed records a process carries; more wait for the next version."""
MOST_LAID = 4 * MOST_OVERLAY
"""Rows of segments a process carries beside them: columns in memory, the rest on disk."""

SERVING = threading.Event()
"""Set in a process that answers people: whoever searches a new version first need not wait."""

logger = logging.getLogger(__name__)


class NotPublishedError(ChuangtuError):
    """There are records, too many to be read without a version, and no version."""


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
        if last == ahead.sequence:
            return ahead
        laid = self._laid_after(ahead, last)
        if _must_wait(ahead, last, laid):
            return ahead
        # The first question of a process waits: there is no newer state to go on with, and a
        # console command asks only once.
        most = None if not ahead.base.name or reading is None else AT_ONCE
        ahead, is_there = _advance(ahead, last, laid, most)
        if is_there or reading is None:
            return ahead
        self._fetch_beside(ahead)
        # Not the new version alone: it may lack changes that the old state shows already.
        return ahead if ahead.sequence >= reading.sequence else reading

    def _laid_after(self, reading: Reading, last: int) -> list[Segment]:
        spans = segments.list_after(self._root, reading.sequence, last)
        opened = (segments.open_segment(self._root, each) for each in spans)
        return [each for each in opened if each is not None]

    def _fetch_beside(self, reading: Reading) -> None:
        if self._fetching is not None and self._fetching.is_alive():
            return
        followed = self._followed

        def fetch() -> None:
            ahead = reading
            try:
                while ahead.sequence < (last := journal.last_sequence()):
                    ahead, _ = _advance(ahead, last, self._laid_after(ahead, last), None)
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
                base = open_base(folder, manifest.sequence)
                if SERVING.is_set():
                    # A console command asks once and ends: no compiler may be at work then.
                    threading.Thread(
                        target=warm, args=(base.index,), name="search-warm", daemon=True
                    ).start()
                return Reading(base, manifest.sequence)
            logger.warning("snapshot %s is not usable: run 'chuangtu publish'", version)
        return Reading(no_base(), 0)


def _must_wait(reading: Reading, last: int, laid: Sequence[Segment]) -> bool:
    """Say whether the changes are too many to be carried, counted generously."""
    at, covered = reading.sequence, 0
    for each in laid:
        covered += max(0, each.span.sequence - max(each.span.since, at))
        at = max(at, each.span.sequence)
    single = last - reading.sequence - covered + len(reading.changed)
    in_segments = covered + len(reading.ids) - len(reading.rows)
    if single <= MOST_OVERLAY and in_segments <= MOST_LAID:
        return False
    if not reading.base.name:
        raise NotPublishedError(
            "数据尚未发布。请运行“chuangtu publish”，或等待后台任务完成。",
            "The records are not published yet. Run 'chuangtu publish', or wait for the"
            " background worker.",
        )
    return True


def _advance(
    reading: Reading, last: int, laid: Sequence[Segment], most: int | None
) -> tuple[Reading, bool]:
    """Go on to `last`; where over `most` records would have to be read, only up to there."""
    for each in laid:
        if each.span.sequence > reading.sequence:
            reading, is_there = _read_on(reading, each.span.since, most)
            if not is_there:
                return reading, False
            reading = reading.with_segment(each)
    return _read_on(reading, last, most)


def _read_on(reading: Reading, until: int, most: int | None) -> tuple[Reading, bool]:
    if until <= reading.sequence:
        return reading, True
    changes = journal.changed_since(reading.sequence, until)
    if most is not None and len(changes.resources) > most:
        return reading, False
    rows = {row.id: row for row in registry.published(changes.resources)}
    changed = {number: rows.get(number) for number in changes.resources}
    mark = mark_of(changes) or reading.mark
    return reading.with_changes(changed, changes.sequence, mark), True


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
