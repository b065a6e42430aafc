"""A large act lays down what it changed before it is committed, once for all readers."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.journal.queries import Changes
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.queries import Published
from chuangtu.apps.snapshots import segments
from chuangtu.apps.snapshots.bases import build_base
from chuangtu.apps.snapshots.declared import layout
from chuangtu.apps.snapshots.reader import AT_ONCE, MOST_LAID
from chuangtu.apps.snapshots.reading import mark_of
from chuangtu.apps.snapshots.segments import Card, Span

CHUNK = 2_000

logger = logging.getLogger(__name__)


def lay_down(since: int) -> None:
    """Build the segment of everything changed after `since`, in the transaction that changed it.

    The caller holds the journal's head, so nothing is added before its commit. Few changes are
    read by each process itself; too many to be carried leave a gap, which readers step over, and
    show with the next version. An act must not fail because of what is only there to be quick:
    without a segment, readers read as ever.
    """
    root: Path = settings.SNAPSHOTS
    segments.sweep_dead(root)
    changes = journal.changed_since(since)
    if len(changes.resources) <= AT_ONCE:
        return
    entry, hashed = journal.last_entry()
    span = Span(since, changes.sequence, entry, hashed)
    try:
        _build(root, span, changes)
    except OSError:
        logger.exception("segment %s could not be laid down; readers go on without", span.name)


def _build(root: Path, span: Span, changes: Changes) -> None:
    folder = segments.start(root, span)
    try:
        card = Card(mark_of(changes), layout().fingerprint, [], is_gap=True)
        if len(changes.resources) <= MOST_LAID:
            found: set[int] = set()
            build_base(folder, _read(changes.resources, found))
            gone = [each for each in changes.resources if each not in found]
            card = replace(card, gone=gone, is_gap=False)
        segments.finish(root, span, folder, card)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _read(numbers: Sequence[int], found: set[int]) -> Iterator[list[Published]]:
    for start in range(0, len(numbers), CHUNK):
        rows = registry.published(numbers[start : start + CHUNK])
        found.update(row.id for row in rows)
        yield rows
