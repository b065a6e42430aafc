"""Reading many tables as they stood in one moment, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Let everything read inside be of one moment; nothing may be written inside.

    Without it half of an act may get into a version: its firms, but not their patents. Inside a
    transaction the caller has its moment already.
    """
    if connection.in_atomic_block or _is_reading():
        yield
    elif connection.vendor == "sqlite":
        # Not `atomic`, which begins as a writer and would keep all others out.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _is_reading() -> bool:
    """Say whether a moment of SQLite is held already, which Django does not know of."""
    if connection.vendor != "sqlite" or connection.connection is None:
        return False
    return bool(connection.connection.in_transaction)
