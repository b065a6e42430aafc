"""Look into the schema of a GeoPackage, before anything of it is run.

A GeoPackage is an SQLite database, and somebody who sends one sends programs along: a layer that
is a view runs its query, a virtual table its module, a computed column its expression, each as
long as it likes. A file needs none of them to hold features, so layers are plain tables or not
read. Triggers run on writing only and the index of a layer is asked for a box only: both are in
nearly every GeoPackage and neither runs here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from chuangtu.engines.tables.model import Place
from chuangtu.engines.tables.sentences import refuse

_STEPS = 5_000_000
"""Steps of SQLite's machine until a look at the schema is given up: under a second."""
_STEPS_BETWEEN = 10_000
_SYSTEM = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
_COMPUTED = (2, 3)
"""What `table_xinfo` says of a column computed at reading, and of one computed at writing."""


def check_gpkg(path: Path, place: Place) -> tuple[str, ...]:
    """Say which tables of a GeoPackage may be read as layers.

    Args:
        path: where the file is.
        place: the file in sentences.

    Returns:
        Names, in lower case, of all plain tables without computed columns.

    Raises:
        TableError: `broken_geo` for a schema that cannot be read, `unreal_layer` for a layer,
            or a table that says what the layers are, that would have to be computed.
    """
    try:
        with _opened(path) as database:
            return _plain(database, place)
    except (sqlite3.Error, UnicodeError) as error:
        raise refuse("broken_geo", place, detail=str(error)[:160]) from error


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database as it stands in the file, with a bound on what a question may cost."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        left = _STEPS // _STEPS_BETWEEN

        def is_enough() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        database.set_progress_handler(is_enough, _STEPS_BETWEEN)
        database.execute("PRAGMA trusted_schema = OFF")
        yield database


def _plain(database: sqlite3.Connection, place: Place) -> tuple[str, ...]:
    schema = database.execute(
        "SELECT name, type = 'table' AND rootpage > 0 FROM sqlite_master"
        " WHERE type IN ('table', 'view')"
    )
    is_plain = {str(name).lower(): bool(plain) for name, plain in schema}
    for name in _SYSTEM:
        if not is_plain.get(name, True):
            raise refuse("unreal_layer", place, name=name)
    if not is_plain.get("gpkg_contents"):
        return ()
    listed = [str(name) for (name,) in database.execute("SELECT table_name FROM gpkg_contents")]
    computed = {each for each, plain in is_plain.items() if plain and _computes(database, each)}
    for name in listed:
        if name.lower() in computed or not is_plain.get(name.lower(), True):
            raise refuse("unreal_layer", place, name=name[:80])
    return tuple(each for each, plain in is_plain.items() if plain and each not in computed)


def _computes(database: sqlite3.Connection, table: str) -> bool:
    columns: Sequence[tuple[int]] = database.execute(
        "SELECT hidden FROM pragma_table_xinfo(?)", (table,)
    ).fetchall()
    return any(hidden in _COMPUTED for (hidden,) in columns)
