"""Every verb agrees with a plain count of the records, and with every other verb."""

from collections import Counter

import pytest
from atlas_world import a_selection, a_world, chosen_by_hand, facets_by_hand, seeded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import chuangtu.engines.atlas.grid as grid_module
import chuangtu.engines.atlas.leap as leap_module
import chuangtu.engines.atlas.scan as scan_module
import chuangtu.engines.atlas.sift as sift_module
import chuangtu.engines.atlas.tile as tile_module
from benchmarks.mvt import decode
from chuangtu.engines.atlas.address import Address
from chuangtu.engines.atlas.count import count
from chuangtu.engines.atlas.facets import facets
from chuangtu.engines.atlas.grid import grid
from chuangtu.engines.atlas.ids import ids
from chuangtu.engines.atlas.page import page
from chuangtu.engines.atlas.select import select
from chuangtu.engines.atlas.tile import tile
from chuangtu.terms.errors import ParameterError
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR

NAMES = ("kind", "town", "level", "area", "titles")
seeds = st.integers(0, 2**48)
many = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """Random registers, each built once and asked many questions."""
    folder, made = tmp_path_factory.mktemp("atlas"), {}

    def world(number):
        if number not in made:
            made[number] = a_world(seeded(number), folder / f"v{number}")
        return made[number]

    return world


@pytest.fixture
def asked(worlds, monkeypatch):
    """A random register with a random question: the view, the question, what the words match."""

    def ask(seed):
        chance = seeded(seed)
        # Blocks of a few rows take a small register down the paths of a large one.
        monkeypatch.setattr(scan_module, "BLOCK", chance.choice([3, 1 << 16]))
        monkeypatch.setattr(sift_module, "_SMALL", chance.choice([2, 4096]))
        monkeypatch.setattr(leap_module, "_PIECE", chance.choice([2, 1 << 20]))
        # Without a budget for points every tile is a grid.
        for budget in ("FEW_POINTS", "MOST_POINTS"):
            monkeypatch.setattr(tile_module, budget, chance.choice([0, 5, 500]))
        world, selection = worlds(seed % 60), a_selection(chance)
        extra = {"hits": world.hits if selection.words else None}
        if chance.random() < 0.5:
            return world, selection, extra
        return world, selection, extra | {"chosen": select(world.view, selection, **extra)}

    return ask


@many
@given(seed=seeds)
def test_the_count_is_that_of_the_records(asked, seed):
    world, selection, extra = asked(seed)

    counted = count(world.view, selection, **extra)

    by_hand = chosen_by_hand(world, selection)
    assert counted.total == len(by_hand)
    assert counted.unlocated == sum(not each.located for each in by_hand)
    assert counted.undated == sum(
        each.valid_from == -(2**31) or each.valid_until == 2**31 - 1 for each in by_hand
    )


@many
@given(seed=seeds)
def test_each_facet_counts_past_its_own_filter(asked, seed):
    world, selection, extra = asked(seed)

    counted = facets(world.view, selection, NAMES, hits=extra["hits"])

    assert counted == facets_by_hand(world, selection, NAMES)


@many
@given(seed=seeds)
def test_every_record_is_listed_once_with_the_place_of_its_payload(asked, seed):
    world, selection, extra = asked(seed)

    chunks = list(ids(world.view, selection, size=7, **extra))

    by_hand = sorted(each.id for each in chosen_by_hand(world, selection))
    assert sorted(int(each) for chunk in chunks for each in chunk.ids) == by_hand
    for chunk in chunks:
        based = chunk.positions >= 0
        assert (based ^ (chunk.overlay_rows >= 0)).all()
        assert (world.view.atlas.columns.ids[chunk.positions[based]] == chunk.ids[based]).all()


@many
@given(seed=seeds, limit=st.integers(1, 9))
def test_pages_follow_one_another_without_gap_or_repeat(asked, seed, limit):
    world, selection, extra = asked(seed)
    order = "relevance" if selection.words else "name"
    found, after = [], None

    while True:
        listed = page(world.view, selection, order=order, limit=limit, after=after, **extra)
        found += listed.ids.tolist()
        after = listed.cursor
        if after is None:
            break
        assert len(listed.ids) == limit

    by_hand = sorted(
        chosen_by_hand(world, selection),
        key=lambda each: (-each.score if selection.words else each.name_key, each.id),
    )
    assert found == [each.id for each in by_hand]


def counts_by_tile(world, selection, zoom, extra):
    """Ask for every tile of a zoom that may hold a record; {tile: features}."""
    codes = world.view.atlas.columns.codes.tolist()
    if world.view.overlay:
        codes += world.view.overlay.columns.codes.tolist()
    found = {}
    for code in {each >> 2 * (28 - zoom) for each in codes if each < 1 << 56}:
        column = sum((code >> 2 * bit & 1) << bit for bit in range(zoom))
        row = sum((code >> 2 * bit + 1 & 1) << bit for bit in range(zoom))
        layers = decode(tile(world.view, selection, Address(zoom, column, row), **extra))
        assert set(layers) <= {"grid", "points"}
        found[column, row] = [each for layer in layers.values() for each in layer]
    return found


@many
@given(seed=seeds, zoom=st.integers(0, 17))
def test_the_counts_of_children_sum_to_their_parent_and_a_zoom_to_the_total(asked, seed, zoom):
    world, selection, extra = asked(seed)

    tiles = counts_by_tile(world, selection, zoom, extra)
    deeper = counts_by_tile(world, selection, zoom + 1, extra)

    sums = {place: sum(each["count"] for each in tiles[place]) for place in tiles}
    children = Counter()
    for (column, row), features in deeper.items():
        children[column // 2, row // 2] += sum(each["count"] for each in features)
    assert sums == dict(children)
    assert sum(sums.values()) == sum(each.located for each in chosen_by_hand(world, selection))


@many
@given(seed=seeds)
def test_points_carry_id_and_kind(asked, monkeypatch, seed):
    world, selection, extra = asked(seed)
    monkeypatch.setattr(tile_module, "MOST_POINTS", 8_000)

    tiles = counts_by_tile(world, selection, 14, extra)

    by_hand = [each for each in chosen_by_hand(world, selection) if each.located]
    features = [each for features in tiles.values() for each in features]
    assert sorted((each["id"], each["kind"]) for each in features) == sorted(
        (each.id, each.kind) for each in by_hand
    )
    assert all(each["feature_id"] == each["id"] for each in features)


@many
@given(seed=seeds, zoom=st.integers(0, 25))
def test_the_squares_of_a_grid_sum_to_the_located_records(asked, seed, zoom):
    world, selection, extra = asked(seed)

    squares = grid(world.view, selection, zoom, **extra)

    by_hand = [each for each in chosen_by_hand(world, selection) if each.located]
    assert squares.counts.sum() == len(by_hand)
    west, south, east, north = squares.bounds.T
    for record in by_hand:
        x, y = record.longitude, min(max(record.latitude, -85.0511287), 85.0511287)
        near = (west - 1e-6 <= x) & (x <= east + 1e-6) & (south - 1e-6 <= y) & (y <= north + 1e-6)
        assert near.any()


@pytest.mark.parametrize("zoom", [-1, 26])
def test_a_grid_off_the_scale_is_refused(asked, zoom):
    world, selection, extra = asked(1)

    with pytest.raises(ParameterError, match="not between 0 and 25"):
        grid(world.view, selection, zoom, **extra)


def test_a_grid_of_too_many_squares_is_refused(worlds, monkeypatch):
    monkeypatch.setattr(grid_module, "MOST_SQUARES", 2)

    with pytest.raises(ParameterError, match="at most 2"):
        grid(worlds(2).view, Selection(viewer=ADMINISTRATOR), 20)
