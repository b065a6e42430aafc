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
    keys, values = ["count"], [_numbers(distinct)]
    tags = np.zeros((len(x), 2 if marks is None else 6), np.int64)
    tags[:, 1] = codes
    ids = np.empty(0, np.int64)
    if marks is not None:
        ids = marks.ids
        kinds, kind = _distinct(marks.kind)
        keys += ["id", "kind"]
        values += [_numbers(ids), *(_field(4, _text(1, marks.kinds[each])) for each in kinds)]
        tags[:, 2], tags[:, 3] = 1, np.arange(len(ids)) + len(distinct)
        tags[:, 4], tags[:, 5] = 2, kind + (len(distinct) + len(ids))
    out = np.empty(len(x) * _FEATURE_BYTES, np.uint8)
    written = kernels().write_features(x, y, tags, ids, out)
    # Version 2 (field 15), name (1), features (2), keys (3), values (4), extent (5).
    body = [b"\x78\x02", _text(1, layer), out[:written].tobytes()]
    body += [*(_text(3, key) for key in keys), *values, _EXTENT]
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
