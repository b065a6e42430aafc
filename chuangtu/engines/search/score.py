"""The one order of results: how well the words match, then weight, then the shorter name."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from chuangtu.engines.search.model import Array

Tiers = TypeVar("Tiers", int, Array)

MOST = 0x7FFF
"""Greatest sum of tiers that counts: more parts than anybody types."""


def score(tiers: Tiers, standing: Tiers) -> Tiers:
    """Give the score of documents, within int32.

    Args:
        tiers: sum of the tiers of all parts.
        standing: the document's own part, 0 to 65,535 (see `standing`).
    """
    if isinstance(tiers, int):
        return min(tiers, MOST) << 16 | standing
    return np.minimum(tiers.astype(np.int32), MOST) << 16 | standing
