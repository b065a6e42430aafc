"""Write rows as GeoJSON (RFC 7946), one feature a line, exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson
import shapely

from chuangtu.engines.tables.model import Batch, Batches, Column, ValueType

# RFC 7946 has WGS 84 only and no member for it; older readers, and ours, look for this one.
_HEAD = (
    b'{"type":"FeatureCollection","crs":{"type":"name","properties":'
    b'{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":['
)


def write_geojson(columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """Give a FeatureCollection; without a GEOMETRY column every geometry is null."""
    position = next((n for n, c in enumerate(columns) if c.type is ValueType.GEOMETRY), None)
    names = [each.header for n, each in enumerate(columns) if n != position]
    decimals = [n for n, each in enumerate(columns) if each.type is ValueType.DECIMAL]
    yield _HEAD
    separator = b"\n"
    for batch in batches:
        if batch:
            yield separator + b",\n".join(_features(names, position, decimals, batch))
            separator = b",\n"
    yield b"\n]}\n"


def _features(
    names: list[str], position: int | None, decimals: list[int], batch: Batch
) -> list[bytes]:
    values: list[Sequence[Any]] = list(zip(*batch, strict=True))
    for each in decimals:
        values[each] = [_exact(v) for v in values[each]]
    geometries = [b"null"] * len(batch)
    if position is not None:
        geometries = _geometries(values.pop(position))
    rows = zip(*values, strict=True) if values else [()] * len(batch)
    dumps: Callable[[Any], bytes] = orjson.dumps
    return [
        b'{"type":"Feature","geometry":%b,"properties":%b}'
        % (geometry, dumps(dict(zip(names, row, strict=True))))
        for geometry, row in zip(geometries, rows, strict=True)
    ]


def _exact(value: Any) -> Any:
    # The digits as they are: a float would round the 16th and beyond.
    return value if value is None else orjson.Fragment(format(value, "f"))


def _geometries(values: Sequence[Any]) -> list[bytes]:
    texts = shapely.to_geojson(shapely.from_wkb(values))
    return [b"null" if each is None else each.encode() for each in texts]
