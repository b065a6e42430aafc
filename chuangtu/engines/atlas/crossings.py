"""How often a ring meets itself."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.atlas.model import Bools, Floats

CHUNK = 64
"""Edges compared with all others at once: some MB for a thousand edges."""


def crossings(ring: Floats) -> int:
    """Count the pairs of edges that cross, touch or lie on one another.

    Neighbouring edges share a corner and are not counted.

    Args:
        ring: corners, shape (n, 2), the first not repeated; n ≥ 3.

    Returns:
        Pairs, at most n · (n - 3) / 2.

    >>> crossings(np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]))
    1
    """
    count = len(ring)
    ends = np.roll(ring, -1, axis=0)
    found = 0
    for start in range(0, count, CHUNK):
        stop = min(start + CHUNK, count)
        one = (ring[start:stop, None], ends[start:stop, None])
        other = (ring[None], ends[None])
        apart = np.abs(np.arange(start, stop)[:, None] - np.arange(count)[None])
        are_strangers = (apart > 1) & (apart < count - 1)
        found += int((are_strangers & _meet(one, other)).sum())
    return found // 2


def _meet(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> Bools:
    """Say for each pair of edges whether they share a point."""
    boxes = [(np.minimum(*each), np.maximum(*each)) for each in (one, other)]
    (low, high), (lower, higher) = boxes
    near = np.all((low <= higher) & (high >= lower), axis=-1)
    found: Bools = near & _on_both_sides(one, other) & _on_both_sides(other, one)
    return found


def _on_both_sides(line: tuple[Floats, Floats], edge: tuple[Floats, Floats]) -> Bools:
    found: Bools = np.sign(_side(*line, edge[0])) * np.sign(_side(*line, edge[1])) <= 0
    return found


def _side(start: Floats, end: Floats, point: Floats) -> Floats:
    """Positive where a point lies to the left of the line."""
    along, off = end - start, point - start
    found: Floats = along[..., 0] * off[..., 1] - along[..., 1] * off[..., 0]
    return found
