"""Write a Mapbox Vector Tile of points, all features at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chuangtu.engines.atlas.kernels import kernels
from chuangtu.engines.atlas.model import Bytes, Integers

EXTENT = 4096
"""Units of a tile's side."""
_COUNTED = 1 << 20
"""Numbers below this are told apart by counting, which is quicker than sorting."""
_FEATURE_BYTES = 60
"""More than a feature with three properties takes."""
_VALUE_BYTES = 16
"""More than a whole number takes as a value."""


@dataclass(frozen=True, eq=False, slots=True)
class Marks:
    """Who the points are: an id each, and each one's kind as a place in `kinds`."""

    ids: Integers
    kinds: tuple[str, ...]
    kind: Integers


def encode(layer: str, x: Integers, y: Integers, counts: Integers, marks: Marks | None) -> bytes:
    """Write one layer of points.

    Args:
        layer: the layer's name.
        x: units from the tile's west edge, 0 to 4095.
        y: units from its north edge.
        counts: the property `count` of each, not negative.
        marks: properties `id` (also the feature's own id) and `kind`; `None` for neither.

    Returns:
        The tile's bytes; empty for no feature.

    Source:
        Mapbox Vector Tile specification 2.1.
    """
    if not len(x):
        return b""
    distinct, codes = _distinct(counts)
    keys, values, size = [b"count"], [_numbers(distinct)], len(distinct)
    tags = [np.zeros(len(x), np.int64), codes]
    ids = np.empty(0, np.int64)
    if marks is not None:
        ids = marks.ids
        used, kind = np.unique(marks.kind, return_inverse=True)
        keys += [b"id", b"kind"]
        values += [_numbers(ids), *(_field(4, _field(1, marks.kinds[k].encode())) for k in used)]
        tags += [np.full(len(x), 1), np.arange(len(x)) + size]
        tags += [np.full(len(x), 2), kind + (size + len(x))]
    out = np.empty(len(x) * _FEATURE_BYTES, np.uint8)
    written = kernels().write_features(x, y, np.stack(tags, axis=1), ids, out)
    # Version 2 (field 15), name (1), features (2), keys (3), values (4), extent (5).
    body = [b"\x78\x02", _field(1, layer.encode()), _bytes(out, written)]
    body += [_field(3, key) for key in keys]
    body += [*values, b"\x28" + _varint(EXTENT)]
    return _field(3, b"".join(body))


def _distinct(numbers: Integers) -> tuple[Integers, Integers]:
    """Distinct numbers ascending, and the place of each number among them."""
    if int(numbers.max()) >= _COUNTED:
        distinct, codes = np.unique(numbers, return_inverse=True)
        return distinct, codes
    found = np.bincount(numbers) > 0
    return np.flatnonzero(found), (np.cumsum(found) - 1)[numbers]


def _numbers(numbers: Integers) -> bytes:
    out = np.empty(len(numbers) * _VALUE_BYTES, np.uint8)
    return _bytes(out, kernels().write_numbers(numbers, out))


def _bytes(out: Bytes, size: int) -> bytes:
    return out[:size].tobytes()


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content
