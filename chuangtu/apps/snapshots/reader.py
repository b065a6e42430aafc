"""Follows the register from one state to the next.

The `Reader` of a process gives the newest state it has, after asking the database at most every
`SNAPSHOT_CHECK_MS` whether something changed. What a large act changed is taken up from its
segment; other changes are read from the register. What nobody can carry is stepped over until
the next version shows it, and holds up nothing else.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import connections

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.queries import Published
from chuangtu.apps.snapshots import folders, segments
from chuangtu.apps.snapshots.areas import read_areas
from chuangtu.apps.snapshots.bases import no_base, open_base
from chuangtu.apps.snapshots.manifest import read_manifest
from chuangtu.apps.snapshots.models import Snapshot
from chuangtu.apps.snapshots.reading import Reading, mark_of
from chuangtu.apps.snapshots.segments import Gap, Segment
from chuangtu.engines.search.warm import warm
from chuangtu.terms.errors import ChuangtuError

AT_ONCE = 500
"""Changed records a request waits for; more are fetched beside it while it has the old state."""
MOST_SINGLE = 50_000
"""Changed records a process carries that were read one by one; more wait for a version."""
MOST_LAID = 200_000
"""Changes of segments it carries beside them, of one act as well: columns in memory, the rest on
disk."""

WAIT_S = 0.4
"""How long the other threads of a process wait for the one that takes up a change. A large segment
takes 0.2 s; threads that answered from the old state meanwhile would take the processor away."""

TRIES = 5
"""Records are read as they are, not as they were at a change: what is committed meanwhile is taken
up before the state is shown, so that two states of one change hold the same."""

SERVING = threading.Event()
"""Set in a process that answers people: whoever searches a new version first need not wait."""

logger = logging.getLogger(__name__)


class NotPublishedError(ChuangtuError):
    """There was a version, it cannot be read, and the records are too many to do without one."""


class Reader:
    """Follows the pointer and the outbox for one process; safe for its threads."""

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._root = root
        self._clock = clock
        self._reading: Reading | None = None
        self._followed: str | None = None
        # When it looked last, and how often it had been told by then that something changed.
        self._looked = (float("-inf"), 0)
        self._told = 0
        self._lock = threading.Lock()
        self._fetching: threading.Thread | None = None

    def read(self) -> Reading:
        """The newest state, not older than `SNAPSHOT_CHECK_MS` unless it takes long to fetch."""
        reading = self._reading
        if reading is not None and self._is_fresh():
            return reading
        # One thread looks; the others wait a little, then go on with what there is.
        if not self._lock.acquire(timeout=-1 if reading is None else WAIT_S):
            return reading  # type: ignore[return-value]  # not None: it would have waited
        try:
            if self._reading is None or not self._is_fresh():
                # Of before looking: what is changed meanwhile makes it stale again.
                looked = (self._clock(), self._told)
                try:
                    self._reading = _in_areas(self._next(self._reading))
                finally:
                    self._looked = looked
            return self._reading
        finally:
            self._lock.release()

    def stale(self) -> None:
        """Look again at the next question: this process has just changed something."""
        self._told += 1

    def _is_fresh(self) -> bool:
        at, told = self._looked
        return told == self._told and self._clock() - at < settings.SNAPSHOT_CHECK_MS / 1e3

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
        if _are_too_many(ahead, last, laid):
            if not ahead.base.name and _was_published(version):
                # To show an empty register would be a lie. One that never showed is not missed.
                raise _not_published()
            return ahead
        # The first question of a process waits: there is no newer state to go on with, and a
        # console command asks only once.
        most = None if not ahead.base.name or reading is None else AT_ONCE
        ahead, is_there = _advance(ahead, last, laid, most)
        for _ in range(TRIES):
            newest = journal.last_sequence()
            if not is_there or newest == last:
                break
            last = newest
            ahead, is_there = _advance(ahead, last, self._laid_after(ahead, last), most)
        if is_there or reading is None:
            return ahead
        self._fetch_beside(ahead)
        # Not the new version alone: it may lack changes that the old state shows already.
        return ahead if ahead.sequence >= reading.sequence else reading

    def _laid_after(self, reading: Reading, last: int) -> list[Segment | Gap]:
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
                ahead = _in_areas(ahead)
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
                base = replace(
                    open_base(folder, manifest.sequence),
                    areas=manifest.areas,
                    drawn=manifest.drawn,
                )
                if SERVING.is_set():
                    # A console command asks once and ends: no compiler may be at work then.
                    threading.Thread(
                        target=warm, args=(base.index,), name="search-warm", daemon=True
                    ).start()
                return Reading(base, manifest.sequence)
            logger.warning("snapshot %s is not usable: run 'chuangtu publish'", version)
        return Reading(no_base(), 0)


def _in_areas(reading: Reading) -> Reading:
    """The same records, in the areas of this moment."""
    if places.last_change() == reading.area_change:
        return reading
    return reading.with_areas(read_areas())


def _are_too_many(reading: Reading, last: int, laid: Sequence[Segment | Gap]) -> bool:
    """Say whether the changes outside segments and gaps are too many to be carried."""
    at, covered = reading.sequence, 0
    for each in laid:
        covered += max(0, each.span.sequence - max(each.span.since, at))
        at = max(at, each.span.sequence)
    return last - reading.sequence - covered + len(reading.changed) > MOST_SINGLE


def _was_published(version: str | None) -> bool:
    unfinished = (Snapshot.State.BUILDING, Snapshot.State.ABANDONED)
    return version is not None or Snapshot.objects.exclude(state__in=unfinished).exists()


def _not_published() -> NotPublishedError:
    return NotPublishedError(
        "数据正在重新发布，暂时不能显示。请稍后再试；若一直如此，请管理员运行“chuangtu publish”。",
        "The records are being published anew and cannot be shown yet. Try again later; if it"
        " stays like this, the administrator runs 'chuangtu publish'.",
    )


def _advance(
    reading: Reading, last: int, laid: Sequence[Segment | Gap], most: int | None
) -> tuple[Reading, bool]:
    """Go on to `last`; where over `most` records would have to be read, only up to there."""
    for each in laid:
        if each.span.sequence > reading.sequence:
            reading, is_there = _read_on(reading, each.span.since, most)
            if not is_there:
                return reading, False
            if isinstance(each, Gap) or reading.laid_count + len(each) > MOST_LAID:
                reading = _step_over(reading, each)
            else:
                reading = reading.with_segment(each)
    return _read_on(reading, last, most)


def _step_over(reading: Reading, gap: Gap | Segment) -> Reading:
    span = gap.span
    again = journal.list_changed_among(list(reading.changed), span.since, span.sequence)
    return reading.with_gap(gap, _published(again))


def _read_on(reading: Reading, until: int, most: int | None) -> tuple[Reading, bool]:
    if until <= reading.sequence:
        return reading, True
    changes = journal.changed_since(reading.sequence, until)
    if most is not None and len(changes.resources) > most:
        return reading, False
    mark = mark_of(changes) or reading.mark
    return reading.with_changes(_published(changes.resources), changes.sequence, mark), True


def _published(numbers: Sequence[int]) -> dict[int, Published | None]:
    """These records as they are now; None for one that is gone."""
    rows = {row.id: row for row in registry.published(numbers)}
    return {number: rows.get(number) for number in numbers}


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
