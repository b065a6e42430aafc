"""Write a Mapbox Vector Tile of points, all features at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.model import Array, Bools, Bytes, Integers

EXTENT = 4096
"""Units of a tile's side."""
_MOVE_TO = 9
"""The geometry command `MoveTo`, once."""


def encode(
    layer: str,
    x: Integers,
    y: Integers,
    whole: Mapping[str, Integers],
    named: Mapping[str, tuple[tuple[str, ...], Array]],
    *,
    feature_ids: Integers | None = None,
) -> bytes:
    """Write one layer of points.

    Args:
        layer: the layer's name.
        x: units from the tile's west edge, 0 to 4095.
        y: units from its north edge.
        whole: properties that are whole numbers, not negative.
        named: properties that are one of some names: the names, and each feature's code.
        feature_ids: ids of the features themselves, not negative.

    Returns:
        The tile's bytes; empty for no feature.

    Source:
        Mapbox Vector Tile specification 2.1.
    """
    if not len(x):
        return b""
    values: list[bytes] = []
    tags: list[Integers] = []
    for key, numbers in enumerate(whole.values()):
        distinct, codes = np.unique(numbers, return_inverse=True)
        tags += [np.full(len(x), key), codes + len(values)]
        # A Value message with `uint_value`, field 5.
        values += [_field(4, b"\x28" + _varint(int(each))) for each in distinct]
    for key, (names, column) in enumerate(named.values(), len(whole)):
        used, codes = np.unique(column, return_inverse=True)
        tags += [np.full(len(x), key), codes + len(values)]
        values += [_field(4, _field(1, names[each].encode())) for each in used]
    features = _features(x, y, tags, feature_ids)
    keys = [_field(3, key.encode()) for key in (*whole, *named)]
    # Version 2 (field 15), name (1), features (2), keys (3), values (4), extent (5).
    body = [b"\x78\x02", _field(1, layer.encode()), features, *keys, *values]
    body.append(b"\x28" + _varint(EXTENT))
    return _field(3, b"".join(body))


@dataclass(frozen=True, eq=False, slots=True)
class _Written:
    """Bytes of every feature side by side; those not `used` are left out."""

    written: Bytes
    used: Bools


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _features(
    x: Integers, y: Integers, tags: list[Integers], feature_ids: Integers | None
) -> bytes:
    tag_bytes = [_varints(each) for each in tags]
    moves = [_varints(2 * x), _varints(2 * y)]
    parts: list[_Written] = []
    if feature_ids is not None:
        parts += [_constant(b"\x08", len(x)), _varints(feature_ids)]
    parts += [_constant(b"\x12", len(x)), _varints(_length(tag_bytes)), *tag_bytes]
    # Type 1, a point; then the geometry: its length, one MoveTo, and the position.
    parts += [_constant(b"\x18\x01\x22", len(x)), _varints(_length(moves) + 1)]
    parts += [_constant(bytes([_MOVE_TO]), len(x)), *moves]
    parts = [_constant(b"\x12", len(x)), _varints(_length(parts)), *parts]
    written = np.concatenate([each.written for each in parts], axis=1)
    used = np.concatenate([each.used for each in parts], axis=1)
    return bytes(written[used].tobytes())


def _constant(content: bytes, count: int) -> _Written:
    written = np.broadcast_to(np.frombuffer(content, np.uint8), (count, len(content)))
    return _Written(written, np.ones(written.shape, np.bool_))


def _varints(numbers: Integers) -> _Written:
    width = max((int(numbers.max()).bit_length() + 6) // 7, 1)
    shifted = numbers[:, None] >> np.arange(0, 7 * width, 7)
    # A byte is written while anything is left; all but the last written one carry bit 7.
    used = shifted > 0
    used[:, 0] = True
    more = np.zeros_like(used)
    more[:, :-1] = used[:, 1:]
    return _Written((shifted & 0x7F | more * 0x80).astype(np.uint8), used)


def _length(parts: list[_Written]) -> Integers:
    lengths: Integers = np.sum([each.used.sum(axis=1) for each in parts], axis=0)
    return lengths
