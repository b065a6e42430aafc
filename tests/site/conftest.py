"""Snapshots of its own for each test, as for those of the apps."""

from tests.apps.conftest import own_snapshots

__all__ = ["own_snapshots"]
