"""A process that changes something prepares it for all readers, and reads it at once itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save

from chuangtu.apps.journal.signals import act_lost, act_written


def follow() -> None:
    """Watch the journal's head, written with every change, and the ends of large acts."""
    act_written.connect(_lay_down, dispatch_uid="snapshots-lay-down")
    act_lost.connect(_sweep_lost, dispatch_uid="snapshots-sweep-lost")
    post_save.connect(_changed, sender="journal.Head", dispatch_uid="snapshots-follow")


def _changed(**_: Any) -> None:
    transaction.on_commit(_look_again)


def _look_again() -> None:
    # Here: the reader brings all engines, half a second for commands that read nothing.
    from chuangtu.apps.snapshots.reader import reader

    reader().stale()


def _lay_down(since: int, **_: Any) -> None:
    from chuangtu.apps.snapshots.laying import lay_down

    lay_down(since)


def _sweep_lost(**_: Any) -> None:
    from chuangtu.apps.snapshots import segments

    segments.sweep_dead(settings.SNAPSHOTS)
