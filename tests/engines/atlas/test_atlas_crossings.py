"""Rings that cross themselves are counted, and taken only so far."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from chuangtu.engines.atlas.crossings import crossings
from chuangtu.engines.atlas.inside import MOST_CROSSINGS, inside
from chuangtu.terms.errors import ParameterError
from chuangtu.terms.place import Polygon

RNG = np.random.default_rng(310112)
CORNERS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9)


def counted_by_geos(ring):
    edges = [
        shapely.LineString([a, b]) if a != b else shapely.Point(a)
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]
    apart = [
        (i, j)
        for i in range(len(ring))
        for j in range(i + 2, len(ring))
        if (i, j) != (0, len(ring) - 1)
    ]
    return sum(edges[i].intersects(edges[j]) for i, j in apart)


@given(CORNERS)
def test_as_many_crossings_as_geos_finds_pair_by_pair(ring):
    assert crossings(np.array(ring, float)) == counted_by_geos(ring)


@pytest.mark.parametrize("count", [64, 65, 130])
def test_rings_of_many_edges_are_counted_the_same(count):
    ring = RNG.random((count, 2))

    assert crossings(ring) == counted_by_geos([tuple(each) for each in ring])


def test_a_round_ring_crosses_nothing():
    angles = np.linspace(0, 2 * np.pi, 1_000, endpoint=False)

    assert crossings(np.stack([np.cos(angles), np.sin(angles)], axis=1)) == 0


def test_a_ring_of_many_crossings_is_refused_with_their_number():
    ring = tuple((121.3 + x, 31.0 + y) for x, y in RNG.random((999, 2)).tolist())

    with pytest.raises(
        ParameterError, match=rf"cross one another \d+ times; at most {MOST_CROSSINGS}"
    ):
        inside(Polygon(ring), np.array([121.5]), np.array([31.5]))


def test_a_ring_of_some_crossings_is_filled_even_odd():
    pentagram = [(np.sin(0.8 * np.pi * n), np.cos(0.8 * np.pi * n)) for n in range(5)]
    area = Polygon(tuple((float(x), float(y)) for x, y in pentagram))

    found = inside(area, np.array([0.0, 0.0, 0.9]), np.array([0.0, 0.7, 0.9]))

    assert found.tolist() == [False, True, False]
