"""Rows of any table ↔ lines of JSON, exactly, whichever database they come from or go to."""

from __future__ import annotations

import base64
from collections.abc import Generator, Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

import orjson
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, Model

LEFT_OUT = frozenset({"sessions.session", "snapshots.snapshot"})
"""Who is signed in, and which versions were built from the rest: both begin anew."""
MADE_BY_MIGRATE = frozenset({"contenttypes.contenttype", "auth.permission"})
"""Tables that are filled on an installation without data."""
_CHUNK = 2_000


def kept_tables() -> list[type[Model]]:
    """The tables of a backup, in the order of their names."""
    found = (
        each
        for each in apps.get_models(include_auto_created=True)
        if each._meta.managed and not each._meta.proxy and each._meta.label_lower not in LEFT_OUT
    )
    return sorted(found, key=lambda each: each._meta.db_table)


def columns(table: type[Model]) -> list[Field[Any, Any]]:
    """The columns that a row holds itself, without those that the database makes."""
    return [each for each in table._meta.local_concrete_fields if not each.generated]


def lines(table: type[Model]) -> Generator[bytes]:
    """Every row as a line, in the order of its key."""
    names = [each.attname for each in columns(table)]
    rows = table._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_CHUNK):
        yield orjson.dumps(row, default=_plain, option=orjson.OPT_APPEND_NEWLINE)


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(type(value))


def fill(table: type[Model], lines: Iterable[bytes]) -> int:
    """Write lines as rows, past every check but the database's own; return how many."""
    fields = columns(table)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(each.column)) for each in fields)
    signs = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(table._meta.db_table)} ({names}) VALUES ({signs})"
    count = 0
    with connection.cursor() as cursor:
        rows = (_row(fields, line) for line in lines)
        while some := list(islice(rows, _CHUNK)):
            cursor.executemany(statement, some)
            count += len(some)
    return count


def _row(fields: list[Field[Any, Any]], line: bytes) -> list[Any]:
    values = orjson.loads(line)
    if len(values) != len(fields):
        raise ValueError(f"{len(values)} values for {len(fields)} columns")
    return [
        each.get_db_prep_save(each.to_python(value), connection)
        for each, value in zip(fields, values, strict=True)
    ]


def clear_made_by_migrate() -> None:
    """Remove what a fresh database holds already; it comes again with its numbers."""
    for table in kept_tables():
        if table._meta.label_lower in MADE_BY_MIGRATE:
            table._base_manager.all().delete()


def find_filled() -> type[Model] | None:
    """A table with rows that only people or imports make; `None` on a fresh installation."""
    for table in kept_tables():
        if table._meta.label_lower not in MADE_BY_MIGRATE and table._base_manager.exists():
            return table
    return None


def set_sequences() -> None:
    """Let the database number new rows after those that were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_tables()):
            cursor.execute(statement)
