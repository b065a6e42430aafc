"""A process that has just changed something reads its own change at the next question."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save


def follow() -> None:
    """Watch the journal's head: it is written with every change."""
    post_save.connect(_changed, sender="journal.Head", dispatch_uid="snapshots-follow")


def _changed(**_: Any) -> None:
    transaction.on_commit(_look_again)


def _look_again() -> None:
    # Here: the reader brings all engines, half a second for commands that read nothing.
    from chuangtu.apps.snapshots.reader import reader

    reader().stale()
