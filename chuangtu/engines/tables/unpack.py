"""Look into a zip that somebody sent, without trusting one number in it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from chuangtu.engines.tables.limits import SUSPECT_BYTES, Limits
from chuangtu.engines.tables.model import Place
from chuangtu.engines.tables.sentences import refuse

CHUNK_BYTES = 1024 * 1024

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MEGABYTE = 1_000_000


def open_zip(file: BinaryIO, place: Place, limits: Limits) -> zipfile.ZipFile:
    """Open a zip whose table of contents is plausible: few parts, safe names, honest sizes.

    Raises:
        TableError: `broken_zip`, `password`, `zip_path` or `zip_bomb`.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refuse("broken_zip", place) from error
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise refuse("zip_bomb", place, detail=f"{len(parts)} parts > {limits.parts}")
    for part in parts:
        _check(part, place, limits)
    if len({each.filename for each in parts}) < len(parts):
        raise refuse("broken_zip", place)
    total = sum(each.file_size for each in parts)
    if total > limits.unpacked_bytes:
        raise refuse("zip_bomb", place, detail=f"{total // _MEGABYTE} MB")
    return archive


def _check(part: zipfile.ZipInfo, place: Place, limits: Limits) -> None:
    # The name as it stands in the zip: zipfile itself cuts at NUL and turns separators.
    name = part.orig_filename
    steps = name.split("/")
    if "\0" in name or "\\" in name or ":" in name or steps[0] == "" or ".." in steps:
        raise refuse("zip_path", place, name=name[:80].replace("\0", "\\0"))
    if part.flag_bits & _ENCRYPTED:
        raise refuse("password", place)
    if part.compress_type not in _METHODS:
        raise refuse("broken_zip", place)
    if part.file_size > SUSPECT_BYTES and part.file_size > limits.ratio * part.compress_size:
        ratio = part.file_size // max(1, part.compress_size)
        raise refuse("zip_bomb", place, detail=f"{name[:80]} × {ratio}")


def unpack(file: BinaryIO, part: zipfile.ZipInfo, place: Place) -> Iterator[bytes]:
    """Give a part's bytes, and refuse one that unpacks to more than it says.

    The table of contents may lie: `zipfile` then stops quietly at the size it was told, other
    readers do not. So the packed bytes are unpacked here, to their own end.
    """
    if part.header_offset < 0:  # a table of contents that was tampered with
        raise refuse("broken_zip", place)
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise refuse("broken_zip", place)
    name_length, extra_length = _LOCAL_HEADER.unpack(header)[-2:]
    file.seek(name_length + extra_length, 1)
    is_stored = part.compress_type == zipfile.ZIP_STORED
    chunks = _stored(file, part) if is_stored else _inflated(file, part, place)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > part.file_size:
            raise refuse("zip_bomb", place, detail=f"{part.filename[:80]} > {part.file_size}")
        yield chunk
    if size < part.file_size:
        raise refuse("broken_zip", place)


def _stored(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    left = part.compress_size
    while left and (chunk := file.read(min(left, CHUNK_BYTES))):
        left -= len(chunk)
        yield chunk


def _inflated(file: BinaryIO, part: zipfile.ZipInfo, place: Place) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    left = part.compress_size
    packed = b""
    while not inflater.eof:
        if not packed:
            packed = file.read(min(left, CHUNK_BYTES // 8))
            left -= len(packed)
            if not packed:
                raise refuse("broken_zip", place)
        try:
            chunk = inflater.decompress(packed, CHUNK_BYTES)
        except zlib.error as error:
            raise refuse("broken_zip", place) from error
        packed = inflater.unconsumed_tail
        if chunk:
            yield chunk
