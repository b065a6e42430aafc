"""Write a Mapbox Vector Tile of points, all features at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from chuangtu.engines.atlas.address import EXTENT_BITS
from chuangtu.engines.atlas.kernels import kernels
from chuangtu.engines.atlas.model import Integers

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


def encode(layer: str, x: Integers, y: Integers, told: Integers | Marks) -> bytes:
    """Write one layer of points.

    Args:
        layer: the layer's name.
        x: units from the tile's west edge, 0 to 4095.
        y: units from its north edge.
        told: the property `count` of each, not negative; or who they are: properties `id` (also
            the feature's own id) and `kind`, and a `count` of 1.

    Returns:
        The tile's bytes; empty for no feature.

    Source:
        Mapbox Vector Tile specification 2.1.
    """
    if not len(x):
        return b""
    out = np.empty(len(x) * _FEATURE_BYTES, np.uint8)
    if isinstance(told, Marks):
        kinds, kind = _distinct(told.kind)
        written = kernels().write_points(x, y, told.ids, kind, out)
        named = (_field(4, _text(1, told.kinds[each])) for each in kinds)
        properties = [*_POINT_KEYS, _ONE, _numbers(told.ids), *named]
    else:
        counts, count = _distinct(told)
        written = kernels().write_cells(x, y, count, out)
        properties = [_text(3, "count"), _numbers(counts)]
    # Version 2 (field 15), name (1), features (2), keys (3), values (4), extent (5).
    body = [b"\x78\x02", _text(1, layer), out[:written].tobytes(), *properties, _EXTENT]
    return b"".join([_head(3, sum(len(each) for each in body)), *body])


def _distinct(numbers: Integers) -> tuple[Integers, Integers]:
    """Distinct numbers in the order they come, and the place of each number among them."""
    codes, distinct = np.empty(len(numbers), np.int64), np.empty(len(numbers), np.int64)
    return distinct[: kernels().tell_apart(numbers, codes, distinct)], codes


def _numbers(numbers: Integers) -> bytes:
    out = np.empty(len(numbers) * _VALUE_BYTES, np.uint8)
    return out[: kernels().write_numbers(numbers, out)].tobytes()


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def _field(number: int, content: bytes) -> bytes:
    return _head(number, len(content)) + content


@cache
def _text(number: int, text: str) -> bytes:
    """A field of a name: few differ, of layers, properties and kinds."""
    return _field(number, text.encode())


def _head(number: int, size: int) -> bytes:
    return _varint(number << 3 | 2) + _varint(size)


_EXTENT = b"\x28" + _varint(1 << EXTENT_BITS)
_ONE = _field(4, b"\x28\x01")
_POINT_KEYS = tuple(_text(3, each) for each in ("count", "id", "kind"))
