"""Read a file of rows that somebody sent: what it is, is told by its content, not its name."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from chuangtu.engines.tables.limits import LIMITS, Limits
from chuangtu.engines.tables.model import Place, Table
from chuangtu.engines.tables.read_csv import read_csv
from chuangtu.engines.tables.read_geojson import read_geojson
from chuangtu.engines.tables.read_layers import read_gpkg
from chuangtu.engines.tables.read_shp import read_shp
from chuangtu.engines.tables.read_xlsx import read_xlsx
from chuangtu.engines.tables.sentences import refuse
from chuangtu.engines.tables.unpack import open_zip

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE = b"SQLite format 3\0"
_GPKG_IDS = (b"GPKG", b"GP10", b"GP11", b"GP12")  # at byte 68, as the GeoPackage standard says
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_ENDINGS = (".csv", ".txt", ".tsv")
_JSON_ENDINGS = (".geojson", ".json")
_MACRO_ENDINGS = (".xlsm", ".xltm", ".xlam")
_EXCEL_ENDINGS = (".xlsx", ".xls", ".xlsb")


def read(
    path: Path, *, name: str, crs: str | None = None, limits: Limits = LIMITS
) -> tuple[Table, ...]:
    """Read the tables of a file.

    Args:
        path: where the file is.
        name: what the user calls it; used in sentences, and its ending as a hint.
        crs: the coordinate system its owner stated (`EPSG:4326`, `EPSG:4490`, `GCJ-02`,
            `BD-09`), for a geographic file that does not name its own.
        limits: how much is read before the file is refused.

    Returns:
        One table for each visible sheet with rows, each layer, or the whole csv.

    Raises:
        TableError: what is wrong, where, and what to do; nothing of the file may be used.
    """
    place = Place(name)
    size = path.stat().st_size
    if not size:
        raise refuse("empty", place)
    if size > limits.file_bytes:
        raise refuse("too_large", place, size=size, limit=limits.file_bytes)
    with path.open("rb") as file:
        head = file.read(100)
        if head.startswith(_ZIP):
            return _read_zip(path, file, name, crs, limits)
        if head.startswith(_EMPTY_ZIP):
            raise refuse("empty", place)
        if head.startswith(_OLE):
            is_locked = _contains(file, _ENCRYPTED)
            raise refuse("password" if is_locked else "old_excel", place)
    if head.startswith(_SQLITE) and head[68:72] in _GPKG_IDS:
        return read_gpkg(path, name, crs, limits)
    return _read_text(path, head, name, crs, limits)


def _read_zip(
    path: Path, file: BinaryIO, name: str, crs: str | None, limits: Limits
) -> tuple[Table, ...]:
    place = Place(name)
    if name.lower().endswith(_MACRO_ENDINGS):
        raise refuse("macro", place)
    with open_zip(file, place, limits) as archive:
        if "[Content_Types].xml" in archive.namelist():
            return read_xlsx(path, archive, file, name, limits)
        return read_shp(path, archive, file, name, crs, limits)


def _read_text(
    path: Path, head: bytes, name: str, crs: str | None, limits: Limits
) -> tuple[Table, ...]:
    ending = Path(name).suffix.lower()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if ending in _EXCEL_ENDINGS:
        code = "not_a_workbook" if b"\0" not in head else "unknown_file"
        raise refuse(code, Place(name))
    if ending in _JSON_ENDINGS or (ending not in _TEXT_ENDINGS and start[:1] in (b"{", b"[")):
        return (read_geojson(path, name, crs, limits),)
    if ending not in _TEXT_ENDINGS:
        raise refuse("unknown_file", Place(name))
    return (read_csv(path, name, limits),)


def _contains(file: BinaryIO, needle: bytes) -> bool:
    tail = b""
    while chunk := file.read(1024 * 1024):
        if needle in tail + chunk:
            return True
        tail = chunk[-len(needle) :]
    return False
