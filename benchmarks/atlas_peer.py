"""The same points in PostGIS: a throw-away cluster, loaded by COPY, clustered and prewarmed."""

from __future__ import annotations

import math
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psycopg

from chuangtu.engines.atlas.address import Address
from chuangtu.engines.atlas.model import VISIBILITIES, Atlas
from chuangtu.terms.selection import Selection

PORT = 5610
_RADIUS = 6_378_137.0
_CHUNK = 1 << 19
# The quickest of the statements tried: the bounds are numbers, so that the plan knows them; one
# whole number a cell is grouped by; and what `&&` lets through beyond the edge is left out first.
GRID = """
SELECT ST_AsMVT(grid, 'grid', 4096, 'geom') FROM (
  SELECT count, ST_MakePoint((cell & 127) * 32 + 16, (cell >> 7) * 32 + 16) AS geom FROM (
    SELECT floor((ST_X(geom) - ({west})) / {cell})::int
             + 128 * floor((({north}) - ST_Y(geom)) / {cell})::int AS cell,
           count(*) AS count
    FROM points
    WHERE geom && ST_TileEnvelope({z}, {x}, {y}){where}
      AND ST_X(geom) >= {west} AND ST_X(geom) < {east}
      AND ST_Y(geom) > {south} AND ST_Y(geom) <= {north}
    GROUP BY 1) AS cells) AS grid
"""
RAW = """
SELECT ST_AsMVT(raw, 'points', 4096, 'geom') FROM (
  SELECT id, kind::int AS kind, ST_AsMVTGeom(geom, ST_TileEnvelope({z}, {x}, {y}), 4096, 0) AS geom
  FROM points WHERE geom && ST_TileEnvelope({z}, {x}, {y}){where}) AS raw
"""


def absent() -> str | None:
    """Why there is no peer to measure, or None."""
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return "PostgreSQL is not installed, so the atlas is measured without its peer."
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        return "PostGIS is not installed, so the atlas is measured without its peer."
    return None


@contextmanager
def peer(atlas: Atlas) -> Iterator[psycopg.Connection]:
    """A connection to a cluster that holds the atlas's located records; gone afterwards."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1].parent
    runner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    home = Path(tempfile.mkdtemp(prefix="atlas-peer-"))
    if runner:
        owner = pwd.getpwnam("postgres")
        os.chown(home, owner.pw_uid, owner.pw_gid)
    data, quiet = home / "data", {"stdout": subprocess.DEVNULL, "check": True, "cwd": home}
    initdb = [*runner, str(binaries / "initdb"), "-A", "trust", "-N", "-D", str(data)]
    subprocess.run(initdb, **quiet)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    options = (
        f"-k {home} -p {PORT} -c listen_addresses='' -c fsync=off -c synchronous_commit=off"
        f" -c full_page_writes=off -c shared_buffers={memory // 4}MB -c work_mem=256MB"
        " -c maintenance_work_mem=1GB -c max_wal_size=8GB -c jit=off"
    )
    control = [*runner, str(binaries / "pg_ctl"), "-D", str(data)]
    try:
        start = [*control, "-w", "-l", str(home / "log"), "-o", options, "start"]
        subprocess.run(start, **quiet)
        with psycopg.connect(
            host=str(home), port=PORT, user="postgres" if runner else None, dbname="postgres",
            autocommit=True,
        ) as connection:  # fmt: skip
            _load(connection, atlas)
            yield connection
    finally:
        stop = [*control, "-m", "immediate", "-w", "stop"]
        subprocess.run(stop, stdout=subprocess.DEVNULL, cwd=home, check=False)
        shutil.rmtree(home, ignore_errors=True)


def question(kind: str, address: Address, selection: Selection, atlas: Atlas) -> str:
    """The statement that makes a tile: `grid` or `raw`."""
    where = ""
    if selection.kinds:
        kinds = [str(atlas.columns.kinds.index(each)) for each in selection.kinds]
        where = f" AND kind IN ({', '.join(kinds)})"
    template = GRID if kind == "grid" else RAW
    half = math.pi * _RADIUS
    side = 2 * half / (1 << address.zoom)
    west, north = address.column * side - half, half - address.row * side
    return template.format(
        z=address.zoom, x=address.column, y=address.row, where=where, cell=repr(side / 128),
        west=repr(west), east=repr(west + side), south=repr(north - side), north=repr(north),
    )  # fmt: skip


def use(connection: psycopg.Connection, workers: int) -> None:
    """Let the peer's next statements have so many parallel workers."""
    connection.execute(f"SET max_parallel_workers_per_gather = {workers}")


def ask(connection: psycopg.Connection, statement: str) -> bytes:
    """The tile, sent as plain bytes and not as text."""
    return bytes(connection.execute(statement, binary=True).fetchone()[0])


def _load(connection: psycopg.Connection, atlas: Atlas) -> None:
    for extension in ("postgis", "pg_prewarm"):
        connection.execute(f"CREATE EXTENSION {extension}")
    connection.execute(
        "CREATE UNLOGGED TABLE points (id bigint, kind smallint, geom geometry(Point, 3857))"
    )
    with connection.cursor().copy("COPY points FROM STDIN WITH (FORMAT binary)") as copy:
        copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
        for start in range(0, atlas.columns.located, _CHUNK):
            copy.write(_rows(atlas, start, min(start + _CHUNK, atlas.columns.located)))
        copy.write(b"\xff\xff")
    connection.execute("CREATE INDEX points_geom ON points USING gist (geom)")
    connection.execute("CLUSTER points USING points_geom")
    connection.execute("VACUUM ANALYZE points")
    connection.execute("SELECT pg_prewarm('points'), pg_prewarm('points_geom')")


def _rows(atlas: Atlas, start: int, stop: int) -> bytes:
    """Rows in COPY's binary form, a point as extended well-known binary."""
    columns = atlas.columns
    rows = np.zeros(stop - start, np.dtype([
        ("fields", ">i2"), ("id_size", ">i4"), ("id", ">i8"), ("kind_size", ">i4"),
        ("kind", ">i2"), ("geom_size", ">i4"), ("order", "u1"), ("type", "<u4"), ("srid", "<u4"),
        ("x", "<f8"), ("y", "<f8"),
    ]))  # fmt: skip
    rows["fields"], rows["id_size"], rows["kind_size"], rows["geom_size"] = 3, 8, 2, 25
    rows["order"], rows["type"], rows["srid"] = 1, 0x20000001, 3857
    rows["id"] = columns.ids[start:stop]
    rows["kind"] = columns.group[start:stop] // VISIBILITIES
    rows["x"] = np.radians(columns.longitude[start:stop]) * _RADIUS
    rows["y"] = np.arcsinh(np.tan(np.radians(columns.latitude[start:stop]))) * _RADIUS
    return rows.tobytes()
