"""Questions the columns cannot answer are refused by name; areas and caches keep their word."""

from decimal import Decimal

import numpy as np
import pytest
from atlas_world import DAY, a_record, a_world, changed, columns_of, seeded
from hypothesis import given, settings
from hypothesis import strategies as st

from chuangtu.engines.atlas.build import build
from chuangtu.engines.atlas.cache import Shelf
from chuangtu.engines.atlas.count import count
from chuangtu.engines.atlas.cover import cover
from chuangtu.engines.atlas.facets import facets
from chuangtu.engines.atlas.inside import inside
from chuangtu.engines.atlas.load import load
from chuangtu.engines.atlas.model import (
    OPEN_END,
    OPEN_START,
    FacetColumn,
    NumberColumn,
    Records,
    UnknownColumnError,
    View,
)
from chuangtu.engines.atlas.overlay import overlay
from chuangtu.engines.atlas.page import page
from chuangtu.engines.atlas.plan import _between
from chuangtu.engines.atlas.project import project
from chuangtu.engines.atlas.select import select
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.place import Box, Circle, NamedArea, Polygon
from chuangtu.terms.selection import Range, Selection
from chuangtu.terms.viewer import ADMINISTRATOR

EVERYTHING = Selection(viewer=ADMINISTRATOR)


@pytest.fixture
def view(tmp_path):
    chance = seeded(5)
    build(columns_of([a_record(chance, number) for number in range(40)]), tmp_path / "v1")
    return View(load(tmp_path / "v1"))


def bare(ids, **columns):
    """Records with no more than ids, and what is added by name."""
    size = len(ids)
    return Records(
        ids=np.array(ids, np.int64),
        kinds=("need",),
        kind=np.zeros(size, np.uint8),
        longitude=np.full(size, 121.4),
        latitude=np.full(size, 31.1),
        visibility=np.zeros(size, np.uint8),
        valid_from=np.full(size, OPEN_START, np.int32),
        valid_until=np.full(size, OPEN_END, np.int32),
        **columns,
    )


@pytest.mark.parametrize(
    "selection",
    [
        Selection(facets={"colour": ("red",)}),
        Selection(ranges={"weight": Range(Decimal(1))}),
    ],
)
def test_a_filter_on_a_column_nobody_has_is_refused(view, selection):
    with pytest.raises(UnknownColumnError, match="no column") as refused:
        count(view, selection)

    assert refused.value.name in ("colour", "weight")


def test_a_named_area_needs_the_column_of_areas(tmp_path):
    build(bare([1]), tmp_path / "v1")

    with pytest.raises(UnknownColumnError, match="'area'"):
        count(View(load(tmp_path / "v1")), Selection(areas=(NamedArea("310112101"),)))


def test_a_facet_nobody_has_is_refused(view):
    with pytest.raises(UnknownColumnError, match="'colour'"):
        facets(view, EVERYTHING, ("kind", "colour"))


@pytest.mark.parametrize("order", ["weight", "relevance"])
def test_an_order_nobody_has_is_refused(view, order):
    with pytest.raises(UnknownColumnError, match="no order"):
        page(view, EVERYTHING, order=order, limit=3)


def test_words_need_to_be_searched_first(view):
    with pytest.raises(ValueError, match="Search them first"):
        count(view, Selection(words="孵化"))


def test_a_column_that_one_part_lacks_is_unknown_there(tmp_path):
    build(bare([1, 2], facets={"town": FacetColumn.of(["a", None])}), tmp_path / "v1")
    atlas = load(tmp_path / "v1")
    view = View(atlas, overlay(atlas, bare([3, 4]), np.array([], np.int64)))

    assert facets(view, EVERYTHING, ("town",)) == {"town": {"a": 1, UNKNOWN: 3}}
    assert count(view, Selection(facets={"town": ("a",)})).total == 1
    assert count(view, Selection(facets={"town": (UNKNOWN,)})).total == 3


def test_a_number_that_one_part_lacks_is_inside_no_range(tmp_path):
    build(bare([1, 2]), tmp_path / "v1")
    atlas = load(tmp_path / "v1")
    rows = bare([3], numbers={"weight": NumberColumn(np.array([5]))})
    view = View(atlas, overlay(atlas, rows, np.array([], np.int64)))

    assert count(view, Selection(ranges={"weight": Range(Decimal(0))})).total == 1


def test_bounds_are_exact_where_a_float_would_round():
    """0.1 + 0.2 is not 0.3 in floats; 2**53 + 1 is not even a float."""
    values = np.array([30, 2**53 + 1], np.int64)
    column = NumberColumn(values, 2)
    asked = _between(column, Range(Decimal("0.3"), Decimal("0.3")))
    large = _between(column, Range(Decimal(2**53 + 1) / 100, Decimal(10) ** 40))

    assert (asked.low, asked.high) == (30, 30)
    assert (large.low, large.high) == (2**53 + 1, 2**63 - 1)


def test_the_shelf_gives_up_what_was_used_least_lately(view):
    questions = [Selection(kinds=(kind,)) for kind in ("carrier", "organization", "patent")]
    size = select(view, questions[0]).nbytes
    shelf, asked = Shelf(2 * size + size // 2), []

    def get(selection, version="v1"):
        def choose():
            asked.append(selection.kinds)
            return select(view, selection)

        return shelf.get(version, selection, choose)

    first = get(questions[0])
    get(questions[1])
    assert get(questions[0]) is first
    get(questions[2])
    get(questions[0])
    get(questions[1])

    assert asked == [("carrier",), ("organization",), ("patent",), ("organization",)]
    assert shelf.held_bytes <= shelf.most_bytes
    get(questions[1], "v2")
    assert len(asked) == 5


def test_an_answer_larger_than_the_shelf_is_not_kept(view):
    shelf = Shelf(10)

    chosen = shelf.get("v1", EVERYTHING, lambda: select(view, EVERYTHING))

    assert chosen.counted.total == 40
    assert shelf.held_bytes == 0


def test_an_answer_another_thread_kept_meanwhile_is_counted_once(view):
    shelf = Shelf(1 << 20)

    def choose():
        shelf.get("v1", EVERYTHING, lambda: select(view, EVERYTHING))
        return select(view, EVERYTHING)

    shelf.get("v1", EVERYTHING, choose)

    assert shelf.held_bytes == select(view, EVERYTHING).nbytes


AREAS = [
    Box(121.3, 31.0, 121.5, 31.2),
    Box(-180, -90, 180, 90),
    Box(170, 80, 180, 90),
    Circle(121.4, 31.1, 500.0),
    Circle(121.4, 31.1, 1_000_000.0),
    Circle(-179.99, -89.9, 900_000.0),
    Circle(0, 0, 0.01),
    Polygon(((121.3, 31.0), (121.5, 31.2), (121.5, 31.0), (121.3, 31.2))),
    Polygon(((0, 0), (1, 1), (2, 2))),
    Polygon(((-170, -80), (170, -80), (170, 89), (0, 10), (-170, 89))),
]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), which=st.sampled_from(AREAS))
def test_a_cover_holds_every_position_of_its_area_and_its_inside_no_other(seed, which):
    chance = np.random.default_rng(seed)
    near = chance.choice([0.0, 1e-9, 1e-5, 0.01, 1.0, 60.0], (2, 300)) * chance.normal(
        size=(2, 300)
    )
    corners = {
        Box: lambda a: [(a.west, a.south), (a.east, a.north)],
        Circle: lambda a: [
            (a.longitude, a.latitude),
            (a.longitude, a.latitude + a.radius_m / 111_195),
        ],
        Polygon: lambda a: list(a.ring),
    }[type(which)](which)
    picked = np.array(corners)[chance.integers(0, len(corners), 300)]
    longitude = np.clip(picked[:, 0] + near[0], -180, 180)
    latitude = np.clip(picked[:, 1] + near[1], -90, 90)

    cells = cover(which)

    codes = project(longitude, latitude)
    place = np.searchsorted(cells.first, codes, "right") - 1
    covered = (place >= 0) & (codes < cells.last[place])
    held = inside(which, longitude, latitude)
    assert not (held & ~covered).any()
    assert held[covered & cells.whole[place]].all()
    assert (cells.first[1:] >= cells.last[:-1]).all()


def test_every_edge_belongs_to_its_area():
    square = Polygon(((0, 0), (2, 0), (2, 2), (0, 2)))

    on_edge = inside(square, np.array([0.0, 1.0, 2.0, 2.1]), np.array([0.0, 0.0, 1.5, 1.0]))

    assert on_edge.tolist() == [True, True, True, False]


def test_a_record_removed_and_given_again_is_there_once(view):
    back = changed(a_record(seeded(6), 7), visibility=0)
    laid = overlay(view.atlas, columns_of([back]), np.array([7, 7, 999]))

    assert count(View(view.atlas, laid), EVERYTHING).total == 40


def test_a_changed_record_counts_only_as_it_is_now(view):
    at = Box(10, 10, 11, 11)
    moved = changed(
        a_record(seeded(6), 3), longitude=10.5, latitude=10.5, valid_from=DAY, visibility=2
    )
    laid = View(view.atlas, overlay(view.atlas, columns_of([moved]), np.array([], np.int64)))

    assert count(laid, EVERYTHING.within(at)).total == 1
    assert count(laid, Selection().within(at)).total == 0
    assert count(view, EVERYTHING.within(at)).total == 0


def test_a_world_of_many_blocks_is_read_along_its_order(tmp_path):
    world = a_world(seeded(12), tmp_path / "v1", base_size=4_000, changes=400)
    found, after = [], None

    while True:
        listed = page(world.view, EVERYTHING, order="name", limit=700, after=after)
        found += listed.ids.tolist()
        after = listed.cursor
        if after is None:
            break

    by_hand = sorted(world.records, key=lambda each: (each.name_key, each.id))
    assert found == [each.id for each in by_hand]
