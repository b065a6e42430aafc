"""Publishing: a new version of everything readers read, whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.queries import Published
from chuangtu.apps.snapshots import folders, segments
from chuangtu.apps.snapshots.areas import Areas, read_areas
from chuangtu.apps.snapshots.bases import build_base
from chuangtu.apps.snapshots.declared import layout
from chuangtu.apps.snapshots.folders import BusyError
from chuangtu.apps.snapshots.manifest import Manifest, read_manifest, write_manifest
from chuangtu.apps.snapshots.models import Snapshot
from chuangtu.apps.snapshots.moment import one_moment

CHUNK = 2_000
TRIES = 60
"""So often a version waits for the database, each time as long as its setting says."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version that readers read now."""

    name: str
    sequence: int
    count: int


def publish(*, at: datetime) -> Version:
    """Build a new version of all records and let readers have it.

    Waits for another builder of this machine to end. What changes while it builds stays in the
    readers' overlay. If it dies, readers keep the version they have.
    """
    with folders.only_builder(settings.SNAPSHOTS, wait=True):
        return _publish(at)


def publish_if_needed(*, at: datetime) -> Version | None:
    """Publish if readers carry too many changes, or areas or declarations changed since.

    Returns:
        The new version; None if the present one will do or another process is building.
    """
    if not is_needed():
        return None
    try:
        with folders.only_builder(settings.SNAPSHOTS, wait=False):
            return _publish(at) if is_needed() else None
    except BusyError:
        return None


def is_needed() -> bool:
    """Say whether a new version would spare readers work."""
    version = folders.find_current(settings.SNAPSHOTS)
    manifest = read_manifest(settings.SNAPSHOTS / version) if version else None
    if manifest is None or not manifest.is_readable:
        return registry.count_all() > 0
    if manifest.areas != places.last_change():
        # Which records lie in an area stands in the columns.
        return registry.count_all() > 0
    behind = journal.last_sequence() - manifest.sequence
    # A database put back from a backup: the version knows more than there is.
    return behind < 0 or behind > settings.SNAPSHOT_OVERLAY


def is_building() -> bool:
    """Say whether a process of this machine builds a version now."""
    try:
        with folders.only_builder(settings.SNAPSHOTS, wait=False):
            return False
    except BusyError:
        return True


def _publish(at: datetime) -> Version:
    root: Path = settings.SNAPSHOTS
    name = f"{at:%Y%m%dT%H%M%S}-{journal.last_sequence()}-{secrets.token_hex(3)}"
    row = Snapshot(version=name, sequence=0, built_at=at, folder=str(root / name))
    _patiently(lambda: _begin(row))
    folder = folders.start(root, name)
    with folders.whole_or_gone(folder):
        row.count, row.sequence = _build(folder, name, at)
        folders.finish(root, folder)
    swept = folders.sweep(root)
    segments.sweep(root, row.sequence)
    _patiently(lambda: _settle(row, swept))
    return Version(name, row.sequence, row.count)


def _build(folder: Path, name: str, at: datetime) -> tuple[int, int]:
    """Write a version into its folder; return how many records it has, and its last change."""
    source = _Source()
    with closing(source.read()) as chunks:
        count = build_base(folder, chunks)
    areas, fingerprint = source.areas, layout().fingerprint
    built_at = at.isoformat()
    write_manifest(
        folder,
        Manifest(name, source.sequence, count, fingerprint, built_at, areas.change, areas.digests),
    )
    return count, source.sequence


def _begin(row: Snapshot) -> None:
    # The lock is ours: a row that still says “building” belongs to a builder that died.
    Snapshot.objects.filter(state=Snapshot.State.BUILDING).update(state=Snapshot.State.ABANDONED)
    row.state = Snapshot.State.BUILDING
    row.save()


def _settle(row: Snapshot, swept: Sequence[str]) -> None:
    Snapshot.objects.filter(state=Snapshot.State.READY).update(state=Snapshot.State.SUPERSEDED)
    row.state = Snapshot.State.READY
    row.save(update_fields=["state", "count", "sequence"])
    Snapshot.objects.filter(version__in=swept).update(state=Snapshot.State.SWEPT)


def _patiently(write: Callable[[], None]) -> None:
    """Write when the database lets us: a large import keeps SQLite longer than one try waits."""
    for _ in range(TRIES):
        try:
            return write()
        except OperationalError as failure:
            if connection.in_atomic_block or "locked" not in str(failure):
                raise
    return write()


class _Source:
    """All records of one moment, and which moment that was."""

    sequence: int
    areas: Areas

    def read(self) -> Generator[list[Published]]:
        with one_moment():
            self.sequence, self.areas = journal.last_sequence(), read_areas()
            yield from registry.iter_published(CHUNK)
