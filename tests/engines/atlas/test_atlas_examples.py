"""One plain example of every way through the atlas; that they always agree, properties say."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from atlas_world import (
    DAY,
    Record,
    World,
    chosen_by_hand,
    columns_of,
    facets_by_hand,
    hits_of,
)

import chuangtu.engines.atlas.leap as leap_module
from chuangtu.engines.atlas.address import Address
from chuangtu.engines.atlas.build import build
from chuangtu.engines.atlas.cells import Points, cells
from chuangtu.engines.atlas.count import count
from chuangtu.engines.atlas.facets import facets
from chuangtu.engines.atlas.grid import grid
from chuangtu.engines.atlas.ids import ids
from chuangtu.engines.atlas.load import load
from chuangtu.engines.atlas.model import OPEN_END, OPEN_START, UNKNOWN_END, View
from chuangtu.engines.atlas.overlay import overlay
from chuangtu.engines.atlas.page import page
from chuangtu.engines.atlas.project import project
from chuangtu.engines.atlas.select import select
from chuangtu.terms.place import Box, Circle, Polygon
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR

EVERYTHING = Selection(viewer=ADMINISTRATOR)
TODAY = date.fromordinal(DAY)
WHOLE = Address(0, 0, 0)
SIZE = 60


def a_plain_record(number, **what):
    """One organization; each number stands in a cell of its own at zoom 0."""
    told = {
        "kind": "organization", "longitude": -177.0 + number * 5.625 % 354, "latitude": 31.1,
        "visibility": 0, "valid_from": OPEN_START, "valid_until": OPEN_END, "town": None,
        "level": None, "areas": (), "titles": (), "area_sqm": None, "founded_on": None,
        "name_key": -number, "score": 0,
    }  # fmt: skip
    return Record(id=number, **{**told, **what})


def sixty_records():
    """Every third a patent, every fourth out of force today, every fifth found by the words."""
    return [
        a_plain_record(
            number,
            kind="organization" if number % 3 else "patent",
            valid_until=OPEN_END if number % 4 else DAY,
            level="municipal" if number % 2 else None,
            score=0 if number % 5 else 1 + number % 3,
        )
        for number in range(SIZE)
    ]


def a_world_of(base, folder, rows=(), removed=()):
    """A base, and an overlay of changed rows and removed ids where there are any."""
    order = build(columns_of(base), folder / "v1")
    atlas = load(folder / "v1")
    after = {each.id: each for each in base if each.id not in removed}
    after |= {each.id: each for each in rows}
    hits = hits_of([base[row] for row in order], rows)
    if not rows and not removed:
        return World(View(atlas), tuple(base), hits)
    laid = overlay(atlas, columns_of(rows), np.array(removed, np.int64))
    return World(View(atlas, laid), tuple(after.values()), hits)


@pytest.fixture
def plain(tmp_path):
    return a_world_of(sixty_records(), tmp_path)


@pytest.fixture
def laid_over(tmp_path):
    """Ten removed, three moved or changed, two new."""
    rows = [
        a_plain_record(3, longitude=90.0),
        a_plain_record(4, kind="carrier", score=9),
        a_plain_record(5, visibility=2),
        a_plain_record(SIZE),
        a_plain_record(SIZE + 1, valid_until=UNKNOWN_END),
    ]
    return a_world_of(sixty_records(), tmp_path, rows, tuple(range(20, 30)))


def by_cell(records):
    """Counts of the whole map's 128 × 128 cells, by their place along the curve."""
    x = np.array([each.longitude for each in records], np.float64)
    y = np.array([each.latitude for each in records], np.float64)
    return Counter((project(x, y) >> np.uint64(2 * (28 - 7))).tolist())


QUESTIONS = {
    "everything": EVERYTHING,
    "kinds": Selection(kinds=("organization",)),
    "day": Selection(as_of=TODAY),
    "kinds on a day": Selection(kinds=("organization", "carrier"), as_of=TODAY),
    "a facet": Selection(facets={"level": ("municipal",)}),
    "a facet on a day": Selection(facets={"level": ("unknown",)}, as_of=TODAY),
}


def assert_counted(world, selection, found):
    assert not isinstance(found, Points)
    counts = {int(place): int(found[place]) for place in np.flatnonzero(found)}
    assert counts == by_cell(chosen_by_hand(world, selection))


def assert_given(world, selection, found):
    assert isinstance(found, Points)
    by_hand = chosen_by_hand(world, selection)
    assert sorted(found.marks.ids.tolist()) == sorted(each.id for each in by_hand)
    kinds = {each.id: each.kind for each in by_hand}
    for number, kind in zip(found.marks.ids.tolist(), found.marks.kind.tolist(), strict=True):
        assert found.marks.kinds[kind] == kinds[number]


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("setting", ["plain", "laid_over"])
def test_more_records_than_asked_for_are_counted_by_cell(request, setting, asked):
    world, selection = request.getfixturevalue(setting), QUESTIONS[asked]

    assert_counted(world, selection, cells(world.view, selection, WHOLE, most=6))


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_long_stretch_is_counted_in_pieces(plain, monkeypatch, asked):
    monkeypatch.setattr(leap_module, "_PIECE", 4)
    selection = QUESTIONS[asked]

    assert_counted(plain, selection, cells(plain.view, selection, WHOLE, most=6))


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("setting", ["plain", "laid_over"])
def test_as_few_records_as_asked_for_are_given_one_by_one(request, setting, asked):
    world, selection = request.getfixturevalue(setting), QUESTIONS[asked]
    most = len(chosen_by_hand(world, selection))

    assert_given(world, selection, cells(world.view, selection, WHOLE, most=most))
    assert_counted(world, selection, cells(world.view, selection, WHOLE, most=most - 1))


def test_a_tile_few_in_base_and_few_in_the_overlay_is_counted_when_both_are_many(tmp_path):
    base = [a_plain_record(number) for number in range(4)]
    world = a_world_of(base, tmp_path, [a_plain_record(number) for number in range(4, 8)])

    assert_counted(world, EVERYTHING, cells(world.view, EVERYTHING, WHOLE, most=5))
    assert_given(world, EVERYTHING, cells(world.view, EVERYTHING, WHOLE, most=8))


def test_a_crowded_base_is_counted_without_what_the_overlay_took_away(tmp_path):
    world = a_world_of(sixty_records(), tmp_path, removed=(1, 2, 3))

    found = cells(world.view, EVERYTHING, WHOLE, most=10)

    assert_counted(world, EVERYTHING, found)
    assert int(found.sum()) == SIZE - 3


def test_a_base_that_the_overlay_took_nearly_all_of_is_given_one_by_one(tmp_path):
    world = a_world_of(sixty_records(), tmp_path, removed=tuple(range(SIZE - 2)))

    assert_given(world, EVERYTHING, cells(world.view, EVERYTHING, WHOLE, most=2))


def test_a_crowded_overlay_is_counted_by_cell(tmp_path):
    rows = [a_plain_record(number) for number in range(100, 130)]
    world = a_world_of([a_plain_record(0)], tmp_path, rows)

    assert_counted(world, EVERYTHING, cells(world.view, EVERYTHING, WHOLE, most=5))


def test_a_tile_without_records_gives_no_points(plain):
    empty = Address(3, 0, 7)

    for asked in QUESTIONS.values():
        found = cells(plain.view, asked, empty, most=6)
        assert isinstance(found, Points)
        assert not len(found.codes)


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("setting", ["plain", "laid_over"])
def test_what_was_chosen_before_answers_as_what_is_asked_now(request, setting, asked):
    world, selection = request.getfixturevalue(setting), QUESTIONS[asked]
    chosen = select(world.view, selection)

    counted = count(world.view, selection, chosen=chosen)

    assert counted == count(world.view, selection) == chosen.counted
    assert counted.total == len(chosen_by_hand(world, selection))
    for extra in ({}, {"chosen": chosen}):
        tile_counts = cells(world.view, selection, WHOLE, most=0, **extra)
        assert_counted(world, selection, tile_counts)
        assert int(grid(world.view, selection, 7, **extra).counts.sum()) == counted.total
        listed = list(ids(world.view, selection, size=7, **extra))
        assert all(len(each.ids) <= 7 for each in listed)
        assert sorted(number for each in listed for number in each.ids.tolist()) == sorted(
            each.id for each in chosen_by_hand(world, selection)
        )
        first = page(world.view, selection, order="name", limit=4, **extra)
        by_name = sorted(chosen_by_hand(world, selection), key=lambda each: each.name_key)
        assert first.ids.tolist() == [each.id for each in by_name[:4]]


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("setting", ["plain", "laid_over"])
def test_kinds_and_levels_are_counted_past_their_own_filter(request, setting, asked):
    world, selection = request.getfixturevalue(setting), QUESTIONS[asked]

    counted = facets(world.view, selection, ("kind", "level"))

    assert counted == facets_by_hand(world, selection, ("kind", "level"))


def test_what_the_words_match_comes_best_first(laid_over):
    selection = Selection(words="word", viewer=ADMINISTRATOR)
    by_hand = sorted(chosen_by_hand(laid_over, selection), key=lambda each: (-each.score, each.id))

    first = page(laid_over.view, selection, order="relevance", limit=3, hits=laid_over.hits)
    every = page(laid_over.view, selection, order="relevance", limit=99, hits=laid_over.hits)

    assert len(by_hand) > 3
    assert first.ids.tolist() == [each.id for each in by_hand[:3]]
    assert every.ids.tolist() == [each.id for each in by_hand]
    assert (first.cursor is None, every.cursor) == (False, None)


def test_a_square_of_a_grid_lies_around_its_records(plain):
    squares = grid(plain.view, EVERYTHING, 7)

    west, south, east, north = squares.bounds.T
    for record in plain.records:
        inside = (west <= record.longitude) & (record.longitude < east)
        assert squares.counts[inside & (south < record.latitude) & (record.latitude <= north)] == 1


GATE = Polygon((
    (-178, 40), (-178, 30), (-176, 30), (-176, 39), (150, 39), (150, 30), (170, 30), (170, 40),
))  # fmt: skip
"""Its two posts hold the first records and the last; the beam between them holds none."""


@pytest.mark.parametrize("area", [Circle(-177.0, 31.1, 1000), Box(-178, 31, 120, 32), GATE])
def test_a_drawn_area_holds_its_records_whether_they_fill_it_or_not(plain, area):
    selection = EVERYTHING.within(area)

    found = cells(plain.view, selection, WHOLE, most=0)

    assert_counted(plain, selection, found)
    assert int(found.sum()) == count(plain.view, selection).total > 0


def test_a_moved_record_stands_where_it_is_now_and_nowhere_else(laid_over):
    here, before = Box(89.9, 31, 90.1, 32), Box(-160.2, 31, -160.1, 32)

    listed = list(ids(laid_over.view, EVERYTHING.within(here), size=9))

    assert [each for chunk in listed for each in chunk.ids.tolist()] == [3]
    assert not list(ids(laid_over.view, EVERYTHING.within(before), size=9))
