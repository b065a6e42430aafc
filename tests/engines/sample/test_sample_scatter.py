"""Positions lie strictly inside, near towns and zones, and know their nearest town."""

import numpy as np
import shapely

from chuangtu.engines.sample.model import Ground, stream
from chuangtu.engines.sample.scatter import scatter
from tests.engines.sample.grounds import GROUND, L_SHAPE, TOWNS

COUNT = 30_000
DRAWN = scatter(GROUND, COUNT, stream(1, "test"))


def test_every_position_is_inside_the_boundary():
    shape = shapely.from_geojson(L_SHAPE)

    inside = shapely.contains_xy(shape, DRAWN.longitude, DRAWN.latitude)

    assert inside.all()


def test_the_town_of_a_position_is_the_nearest_one():
    shrink = np.cos(np.radians(31.1))
    distance = [
        np.hypot((DRAWN.longitude - t.longitude) * shrink, DRAWN.latitude - t.latitude)
        for t in TOWNS
    ]

    # Cells of the grid are 120 m wide: half way between two towns either may be named.
    clear = abs(distance[0] - distance[1]) > 0.004
    assert clear.mean() > 0.95
    assert (DRAWN.town == np.argmin(distance, axis=0))[clear].all()


def test_positions_gather_around_zones_and_towns_by_weight():
    in_zone = DRAWN.zone >= 0

    assert 0.3 < in_zone.mean() < 0.46
    for index, zone in enumerate(GROUND.zones):
        there = DRAWN.zone == index
        away = np.hypot(
            DRAWN.longitude[there] - zone.longitude, DRAWN.latitude[there] - zone.latitude
        )
        assert np.median(away) < 0.012
    near = [
        np.hypot(DRAWN.longitude - t.longitude, DRAWN.latitude - t.latitude) < 0.02 for t in TOWNS
    ]
    assert near[0].sum() > 1.4 * (near[1] & ~in_zone).sum()


def test_a_ground_without_zones_gives_their_share_to_the_towns():
    plain = Ground("999999", "示例", L_SHAPE, TOWNS)

    drawn = scatter(plain, 5_000, stream(1, "test"))

    assert (drawn.zone == -1).all()


def test_no_position_is_asked_and_none_is_given():
    assert len(scatter(GROUND, 0, stream(1, "test")).longitude) == 0


def test_a_box_is_ground_enough_to_measure_on():
    drawn = scatter(Ground.of_box(100, 30, 101, 31), 1_000, stream(1, "test"))

    assert drawn.longitude.min() > 100
    assert drawn.latitude.max() < 31
