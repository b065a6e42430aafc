"""The database itself refuses to change or remove a journal line, whoever asks."""

from __future__ import annotations

from typing import Any

TABLE = "journal_entry"
SAYS = "the journal is append-only"

_SQLITE = [
    f"""CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"""
    for verb in ("update", "delete")
]
_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$""",
    f"""CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
    f"""CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE OR TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
]


def install(connection: Any) -> None:
    """Refuse update, delete and truncate from now on."""
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def allow_removal(connection: Any) -> None:
    """Let lines be removed again: for a migration backwards, and for tests that empty tables."""
    suffix = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {TABLE}_no_delete{suffix}"])


def uninstall(connection: Any) -> None:
    """Take the refusal away."""
    allow_removal(connection)
    suffix = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {TABLE}_no_update{suffix}"])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
