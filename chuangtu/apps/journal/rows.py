"""Many rows into one table at the speed of the database: no model is built for any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection, models

Values = tuple[Any, ...]


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Values], *, over: bool = False
) -> None:
    """Insert rows, inside the caller's transaction.

    Args:
        model: whose table.
        names: attribute names of the columns, in the order of the values.
        rows: values as the database reads them: days and decimals may be texts; JSON columns
            take Python values.
        over: a row whose primary key is there already is written over.
    """
    fields: list[Any] = [model._meta.get_field(each.removesuffix("_id")) for each in names]
    prepare = [_preparation(each) for each in fields]
    touched = [(place, each) for place, each in enumerate(prepare) if each is not None]
    ready: Any = (_prepared(row, touched) for row in rows)
    columns = [connection.ops.quote_name(each.column) for each in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    clause = _conflict(model, columns) if over else ""
    if connection.vendor == "postgresql":
        _copy(table, columns, ready, clause)
    else:
        marks = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}){clause}",
                ready,
            )


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids never given before, for rows about to be inserted by the one writer."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # A number once given is never given again, also after its row was removed.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    last = row[0] if row else 0
    return list(range(last + 1, last + count + 1))


def _prepared(row: Values, touched: list[tuple[int, Callable[[Any], Any]]]) -> Values:
    if not touched:
        return row
    values = list(row)
    for place, prepare in touched:
        values[place] = prepare(values[place])
    return tuple(values)


def _preparation(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.DateTimeField) and connection.vendor == "sqlite":
        return _moment
    return None


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    """As Django writes it to SQLite: UTC, without saying so. All rows of an act share one."""
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _conflict(model: type[models.Model], columns: list[str]) -> str:
    key = connection.ops.quote_name(str(model._meta.pk.column))
    changes = ", ".join(f"{each} = excluded.{each}" for each in columns if each != key)
    return f" ON CONFLICT ({key}) DO UPDATE SET {changes}"


def _copy(table: str, columns: list[str], rows: Iterable[Values], clause: str) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        target = table
        if clause:
            target = '"chuangtu_incoming"'
            cursor.execute(f"CREATE TEMPORARY TABLE {target} (LIKE {table}) ON COMMIT DROP")
        with cursor.copy(f"COPY {target} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        if clause:
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {target}{clause}")
            cursor.execute(f"DROP TABLE {target}")
