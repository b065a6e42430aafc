"""The rows of a base that lie in one area."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.locate import locate
from chuangtu.engines.atlas.model import Columns, Drawn, Rows


def members(columns: Columns, area: Drawn) -> Rows:
    """Find the rows whose position the area holds.

    Args:
        columns: of the base or of the overlay.
        area: a box, a circle, a drawn ring or a shape.

    Returns:
        Rows, ascending: the same that a Selection of the area chooses.
    """
    start, mask = locate(columns, (area,), 0, len(columns))
    return (np.flatnonzero(mask) + start).astype(np.uint32)
