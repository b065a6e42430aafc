"""Where a tile stands on the web map, and which stretch of the curve it is."""

from __future__ import annotations

from dataclasses import dataclass

from chuangtu.engines.atlas.model import BITS
from chuangtu.terms.errors import ParameterError

MAX_ZOOM = 18
"""Deepest zoom of a tile."""
GRID_BITS = 7
"""A tile's grid has 2**7 = 128 cells a side."""
EXTENT_BITS = 12
"""A tile is 2**12 = 4096 units a side."""


@dataclass(frozen=True, slots=True)
class Address:
    """A tile of the web map: zoom, column from the west, row from the north."""

    zoom: int
    column: int
    row: int

    def __post_init__(self) -> None:
        """Refuse what is not on the map."""
        # The zoom first: two to the power of any number somebody sends may take all memory.
        side = 1 << self.zoom if 0 <= self.zoom <= MAX_ZOOM else 0
        if 0 <= self.column < side and 0 <= self.row < side:
            return
        name = "/".join(f"{each:.9g}" for each in (self.zoom, self.column, self.row))
        raise ParameterError(
            "tile",
            f"没有瓦片 {name}。级别为 0 至 {MAX_ZOOM}，行列号小于 2 的级别次方。",
            f"There is no tile {name}. Zoom is 0 to {MAX_ZOOM}; column and row are below 2**zoom.",
        )

    @property
    def span(self) -> tuple[int, int]:
        """The Morton codes inside: from the first, to the first no longer inside."""
        index = 0
        for bit in range(self.zoom):
            index |= (self.column >> bit & 1) << (2 * bit) | (self.row >> bit & 1) << (2 * bit + 1)
        shift = 2 * (BITS - self.zoom)
        return index << shift, (index + 1) << shift
