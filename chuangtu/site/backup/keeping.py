"""Writing a backup while the platform is served."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from chuangtu.apps.imports import queries as imports
from chuangtu.apps.snapshots.moment import one_moment
from chuangtu.site.backup.archive import FILES, TABLES, Contents, Writer, written
from chuangtu.site.backup.tables import columns, kept_tables, lines

_PIECE = 1 << 20
Progress = Callable[[str, int], None]


def back_up(path: Path, *, at: datetime, progress: Progress) -> Contents:
    """Write every table as it is at one moment, and every kept file, into one new file.

    Args:
        path: where; must not be there yet.
        at: the moment that is noted.
        progress: told each part's name and how many rows or bytes it has.

    Raises:
        BackupError: the file is there already or cannot be written.
    """
    with written(path) as writer:
        with one_moment():
            shape = applied()
            for table in kept_tables():
                named = [each.attname for each in columns(table)]
                # Closed before the connection is: a cursor that outlives it complains.
                with closing(lines(table)) as rows:
                    part = writer.add(f"{TABLES}{table._meta.label_lower}", rows, named)
                progress(table._meta.label_lower, part.rows)
        # After the tables: a file is kept before the row that names it, and never altered.
        _add_files(writer, progress)
        return writer.complete(Contents(at.isoformat(), version("chuangtu"), shape))


def applied() -> tuple[str, ...]:
    """The migrations that made this database what it is."""
    done = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in done))


def _add_files(writer: Writer, progress: Progress) -> None:
    data, media = Path(settings.DATA), Path(settings.MEDIA_ROOT)
    uploaded = sorted(each for each in media.rglob("*") if each.is_file())
    for path in [*imports.list_files(), *uploaded]:
        name = path.relative_to(data).as_posix()
        with suppress(FileNotFoundError), path.open("rb") as file:
            part = writer.add(f"{FILES}{name}", iter(partial(file.read, _PIECE), b""))
            progress(name, part.bytes)
