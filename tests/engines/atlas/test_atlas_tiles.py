"""A tile stays small under any data, and every record can be reached from it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from atlas_world import DAY, KINDS, a_record, columns_of, seeded

from benchmarks.mvt import decode
from chuangtu.engines.atlas.address import MAX_ZOOM, Address
from chuangtu.engines.atlas.build import build
from chuangtu.engines.atlas.encode import Marks, encode
from chuangtu.engines.atlas.interleave import interleave
from chuangtu.engines.atlas.load import load
from chuangtu.engines.atlas.model import (
    OPEN_END,
    OPEN_START,
    UNLOCATED,
    Hits,
    Records,
    View,
)
from chuangtu.engines.atlas.overlay import overlay
from chuangtu.engines.atlas.page import page
from chuangtu.engines.atlas.project import project
from chuangtu.engines.atlas.select import select
from chuangtu.engines.atlas.tile import MOST_POINTS, most_points, tile
from chuangtu.engines.atlas.uninterleave import uninterleave
from chuangtu.terms.errors import ParameterError
from chuangtu.terms.place import Box
from chuangtu.terms.selection import Selection

LARGEST = 500_000


def crowd(longitude, latitude, first_id=0):
    """Many records of one kind at given positions."""
    size = len(longitude)
    return Records(
        ids=np.arange(first_id, first_id + size),
        kinds=KINDS,
        kind=np.arange(size, dtype=np.uint8) % 3,
        longitude=longitude,
        latitude=latitude,
        visibility=np.zeros(size, np.uint8),
        valid_from=np.full(size, OPEN_START, np.int32),
        valid_until=np.full(size, OPEN_END, np.int32),
        orders={"name": np.zeros(size, np.int64)},
    )


def view_of(columns, folder):
    build(columns, folder / "v1")
    return View(load(folder / "v1"))


def around(longitude, latitude, zoom):
    code = int(project(np.array([longitude]), np.array([latitude]))[0])
    x, y = uninterleave(np.array([code], np.uint64) >> np.uint64(2 * (28 - zoom)))
    return Address(zoom, int(x[0]), int(y[0]))


def cell_box(address, feature):
    """The box of a grid cell, as a client works it out from the tile and the feature."""
    side = 1 << address.zoom
    cells = [feature[axis] // 32 for axis in "xy"]
    west, east = ((address.column + (cells[0] + by) / 128) / side * 360 - 180 for by in (0, 1))
    north, south = (
        float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (address.row + c / 128) / side)))))
        for c in (cells[1], cells[1] + 1)
    )
    return Box(west - 1e-9, south - 1e-9, east + 1e-9, north + 1e-9)


def test_a_million_records_at_one_spot_stay_one_feature_and_are_all_listed(tmp_path):
    size = 1_000_000
    view = view_of(crowd(np.full(size, 121.4), np.full(size, 31.1)), tmp_path)

    for zoom in (0, 9, 14, MAX_ZOOM):
        address = around(121.4, 31.1, zoom)
        content = tile(view, Selection(), address)
        (feature,) = decode(content)["grid"]
        assert feature["count"] == size
        assert len(content) < 200
    inside = Selection().within(cell_box(address, feature))
    listed = page(view, inside, order="name", limit=3)

    assert listed.ids.tolist() == [0, 1, 2]
    assert listed.cursor == (0, 2)
    last = page(view, inside, order="name", limit=3, after=(0, size - 3))
    assert (last.ids.tolist(), last.cursor) == ([size - 2, size - 1], None)


def test_every_point_is_shown_or_listed_at_the_deepest_zoom(tmp_path):
    chance = np.random.default_rng(1)
    size = 20_000
    longitude = 121.4 + chance.random(size) * 0.0013
    view = view_of(crowd(longitude, np.full(size, 31.1)), tmp_path)
    found = set()
    addresses = {around(each, 31.1, MAX_ZOOM) for each in longitude.tolist()}

    for address in addresses:
        layers = decode(tile(view, Selection(), address))
        found |= {each["id"] for each in layers.get("points", [])}
        for each in layers.get("grid", []):
            inside = Selection().within(cell_box(address, each))
            listed = page(view, inside, order="name", limit=size).ids
            assert len(listed) >= each["count"]
            found |= set(listed.tolist())

    assert len(addresses) < 5, "the tiles are crowded"
    assert found == set(range(size))


def test_the_largest_grid_stays_under_the_limit():
    filled = np.arange(1 << 14)
    x, y = uninterleave(filled.astype(np.uint64))

    content = encode("grid", x * 32 + 16, y * 32 + 16, filled + (1 << 45))

    assert len(content) <= LARGEST
    assert [each["count"] for each in decode(content)["grid"]] == (filled + (1 << 45)).tolist()


def test_the_largest_tile_of_points_stays_under_the_limit():
    ids = np.arange(MOST_POINTS) + (2**63 - MOST_POINTS)
    kinds = tuple(f"a_kind_with_a_rather_long_name_{number}" for number in range(85))
    place = np.full(MOST_POINTS, 4095)

    content = encode("points", place, place, Marks(ids, kinds, np.arange(MOST_POINTS) % 85))

    assert len(content) <= LARGEST
    features = decode(content)["points"]
    assert [each["feature_id"] for each in features] == ids.tolist()
    assert [each["id"] for each in features] == ids.tolist()
    assert features[84]["kind"] == kinds[84]


@pytest.mark.parametrize("zoom", [5, 12])
def test_points_become_a_grid_past_the_budget_of_the_zoom(tmp_path, zoom):
    most = most_points(zoom)
    x = 121.4 + np.linspace(0, 0.001, most + 1)
    view = view_of(crowd(x, np.full(most + 1, 31.1)), tmp_path)
    fewer = overlay(view.atlas, crowd(x[:0], x[:0]), np.array([0]))
    address = around(121.4, 31.1, zoom)

    crowded = decode(tile(view, Selection(), address))
    sparse = decode(tile(View(view.atlas, fewer), Selection(), address))

    assert sum(each["count"] for each in crowded["grid"]) == most + 1
    assert sorted(each["id"] for each in sparse["points"]) == list(range(1, most + 1))


def test_removing_more_records_than_a_tile_shows_leaves_the_rest_as_points(tmp_path):
    size = 3 * most_points(5)
    view = view_of(crowd(np.full(size, 121.4), np.full(size, 31.1)), tmp_path)
    gone = overlay(view.atlas, crowd(np.empty(0), np.empty(0)), np.arange(size - 2))

    layers = decode(tile(View(view.atlas, gone), Selection(), around(121.4, 31.1, 5)))

    assert [each["id"] for each in layers["points"]] == [size - 2, size - 1]


def test_points_keep_their_place_in_the_tile_at_every_zoom(tmp_path):
    view = view_of(crowd(np.array([121.4]), np.array([31.1])), tmp_path)

    for zoom in range(MAX_ZOOM + 1):
        address = around(121.4, 31.1, zoom)
        (feature,) = decode(tile(view, Selection(), address))["points"]
        side = 1 << zoom
        longitude = (address.column + feature["x"] / 4096) / side * 360 - 180
        assert 0 <= 121.4 - longitude < 360 / side / 1024


@pytest.mark.parametrize(
    "place", [(-1, 0, 0), (19, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0), (3, 0, -1)]
)
def test_a_tile_off_the_map_is_refused(place):
    with pytest.raises(ParameterError, match="There is no tile"):
        Address(*place)


def test_the_code_of_a_position_is_exact_and_monotone():
    x, y = np.array([0, 1, 2**28 - 1, 12345]), np.array([2**28 - 1, 7, 0, 54321])

    back = uninterleave(interleave(x, y))

    assert [each.tolist() for each in back] == [x.tolist(), y.tolist()]
    longitude = np.linspace(-180, 180, 10_001)
    codes = project(longitude, np.zeros(10_001))
    assert (np.diff(uninterleave(codes)[0]) >= 0).all()


@pytest.mark.parametrize(
    ("longitude", "latitude", "cell"),
    [
        (-180, 85.06, (0, 0)), (180, -85.06, (2**28 - 1, 2**28 - 1)), (0, 90, (2**27, 0)),
        (0, -90, (2**27, 2**28 - 1)), (180, 0, (2**28 - 1, 2**27)),
    ],
)  # fmt: skip
def test_beyond_the_map_a_record_stands_on_its_edge(longitude, latitude, cell):
    code = project(np.array([float(longitude)]), np.array([float(latitude)]))

    assert tuple(int(each[0]) for each in uninterleave(code)) == cell


@pytest.mark.parametrize(
    "position", [(np.nan, 0), (0, np.nan), (np.inf, 0), (0, -np.inf), (180.001, 0), (0, 90.001)]
)
def test_what_is_no_position_on_earth_is_not_located(position):
    code = project(*(np.array([each], np.float64) for each in position))

    assert code.tolist() == [UNLOCATED]


def test_the_day_of_the_question_decides_who_is_on_the_tile(tmp_path):
    chance = seeded(9)
    on, off = (
        replace(
            a_record(chance, number), longitude=121.4, latitude=31.1, visibility=0,
            valid_from=DAY + number, valid_until=OPEN_END,
        )
        for number in (0, 1)
    )  # fmt: skip
    view = view_of(columns_of([on, off]), tmp_path)
    day = Selection(as_of=date.fromordinal(DAY))

    (feature,) = decode(tile(view, day, around(121.4, 31.1, 3)))["points"]

    assert feature["id"] == on.id


def test_a_tile_whose_records_mostly_ended_shows_the_rest_one_by_one(tmp_path):
    size, lasting = most_points(5) + 400, most_points(5)
    spots = np.linspace(121.3, 121.5, size)
    records = crowd(spots, np.full(size, 31.1))
    ended = np.where(np.arange(size) < lasting, OPEN_END, DAY).astype(np.int32)
    view = view_of(replace(records, valid_until=ended), tmp_path)
    address = around(121.4, 31.1, 5)

    assert list(decode(tile(view, Selection(), address))) == ["grid"]
    points = decode(tile(view, Selection(as_of=date.fromordinal(DAY)), address))["points"]
    assert len(points) == lasting


def test_a_tile_of_chosen_records_counts_only_those(tmp_path):
    size = most_points(5) + 400
    view = view_of(crowd(np.linspace(121.3, 121.5, size), np.full(size, 31.1)), tmp_path)
    found = np.arange(0, size, 3, dtype=np.uint32)
    nothing = np.empty(0, np.int64)
    hits = Hits(found, np.zeros(len(found), np.int64), nothing.astype(np.uint32), nothing)
    chosen = select(view, Selection(), hits=hits)

    points = decode(tile(view, Selection(), around(121.4, 31.1, 5), chosen=chosen))["points"]

    assert len(points) == len(found)
