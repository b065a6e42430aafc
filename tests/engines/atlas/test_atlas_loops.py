"""The compiled inner loops do to the byte what their NumPy twins do."""

import sys
import threading

import numpy as np
import pytest
from atlas_world import DAY, a_selection, a_world, seeded
from hypothesis import given, settings
from hypothesis import strategies as st

import chuangtu.engines.atlas.compiled as compiled_module
import chuangtu.engines.atlas.kernels as kernels_module
from chuangtu.engines.atlas.address import Address
from chuangtu.engines.atlas.compiled import compiled
from chuangtu.engines.atlas.facets import facets
from chuangtu.engines.atlas.kernels import Kernels, kernels
from chuangtu.engines.atlas.model import OPEN_END, UNKNOWN_END, UNKNOWN_NUMBER, UNKNOWN_START
from chuangtu.engines.atlas.page import page
from chuangtu.engines.atlas.tile import tile
from chuangtu.engines.atlas.twin import twin
from chuangtu.engines.atlas.twin_writer import twin_writer
from chuangtu.engines.atlas.warm import warm

TWINS = twin() | twin_writer()
LOOPS = compiled()
many = settings(max_examples=120, deadline=None)
seeds = st.integers(0, 2**32)


def columns(seed):
    """Random columns of random length, in the types an atlas stores."""
    chance = np.random.default_rng(seed)
    size, values = int(chance.integers(0, 400)), int(chance.integers(1, 40))
    sizes = chance.integers(0, 4, size)
    offsets = np.zeros(size + 1, np.uint32)
    np.cumsum(sizes, out=offsets[1:])
    rows = np.flatnonzero(chance.random(size) < chance.random())
    return {
        "chance": chance,
        "size": size,
        "codes": chance.integers(0, values, size).astype(np.uint16),
        "table": chance.random(values) < 0.5,
        "values": values,
        "miss": chance.choice(np.array([0, 0, 1, 2, 255], np.uint8), size),
        "tag": int(chance.choice([1, 2, 255])),
        "offsets": offsets,
        "listed": chance.integers(0, values, int(offsets[-1])).astype(np.uint16),
        "rows": rows,
        "valid_from": chance.choice([UNKNOWN_START, DAY - 1, DAY, DAY + 1], size).astype(np.int32),
        "valid_until": chance.choice([DAY, DAY + 1, OPEN_END, UNKNOWN_END], size).astype(np.int32),
        "morton": np.sort(chance.integers(0, 64 << 10, size).astype(np.uint64))
        + np.uint64(1 << 40),
    }


def agree(name, *inputs, out):
    """Assert that loop and twin answer the same and write the same into a fresh `out`."""
    written = [out.copy(), out.copy()]
    answers = [
        loops[name](*(written[turn] if each is OUT else each for each in inputs))
        for turn, loops in enumerate((LOOPS, TWINS))
    ]
    assert answers[0] == answers[1]
    size = answers[0] if name == "pick" or name.startswith("write_") else len(out)
    assert written[0][:size].tobytes() == written[1][:size].tobytes()


OUT = object()


@many
@given(seed=seeds)
def test_marking_fails_the_same_rows(seed):
    c = columns(seed)
    numbers = c["chance"].choice([UNKNOWN_NUMBER, -5, 0, 5, 2**62], c["size"])
    starts, ends = c["offsets"][:-1], c["offsets"][1:]

    agree("mark_table", c["codes"], c["table"], OUT, c["tag"], out=c["miss"])
    agree("mark_days", c["valid_from"], c["valid_until"], DAY, OUT, out=c["miss"])
    agree("mark_range", numbers, -5, 5, OUT, out=c["miss"])
    agree("mark_list", starts, ends, c["listed"], c["table"], OUT, c["tag"], out=c["miss"])
    far = c["rows"][:: max(len(c["rows"]) // 2, 1)]
    agree("mark_list", starts[far], ends[far], c["listed"], c["table"], OUT, c["tag"],
        out=c["miss"][far],
    )  # fmt: skip


@many
@given(seed=seeds)
def test_counting_counts_the_same(seed):
    c = columns(seed)
    counts = c["chance"].integers(0, 9, c["values"])
    cells = np.zeros(64, np.int64)
    place = (1 << 40, 10)
    cuts = np.sort(c["chance"].integers(0, c["size"] + 1, 6))
    stretches = (cuts[::2].copy(), cuts[1::2].copy())

    agree("pick", c["miss"], c["tag"], OUT, out=np.zeros(c["size"], np.int64))
    agree("tally", c["codes"], c["rows"], OUT, out=counts)
    agree("tally_list", c["offsets"], c["listed"], c["rows"], OUT, out=counts)
    agree("cells", c["morton"], c["rows"], *place, OUT, out=cells)
    agree("walk", c["morton"], *stretches, *place, OUT, out=cells)
    agree("cells_in_force", c["morton"], c["valid_from"], c["valid_until"], DAY, *stretches,
        *place, OUT, out=cells,
    )  # fmt: skip
    undated = (c["valid_from"], c["valid_until"], c["rows"])
    assert LOOPS["undated"](*undated) == TWINS["undated"](*undated)


@pytest.mark.parametrize("loops", [LOOPS, TWINS], ids=["compiled", "twin"])
def test_a_record_counts_in_the_cell_its_code_names(loops):
    codes = np.array([8, 9, 12, 15, 16, 20], np.uint64)
    rows, three = np.array([0, 2, 5]), np.zeros((3, 4), np.int64)
    every = (np.array([0, 3]), np.array([3, 6]))
    begun, ended = np.full(6, DAY, np.int32), np.array([DAY + 1, DAY] * 3, np.int32)

    loops["cells"](codes, rows, 8, 2, three[0])
    loops["walk"](codes, *every, 8, 2, three[1])
    loops["cells_in_force"](codes, begun, ended, DAY, *every, 8, 2, three[2])

    assert three.tolist() == [[1, 1, 0, 1], [2, 2, 1, 1], [1, 1, 1, 0]]


@pytest.mark.parametrize("loops", [LOOPS, TWINS], ids=["compiled", "twin"])
def test_a_cell_is_written_with_its_count_and_a_point_with_who_it_is(loops):
    x, y, written = np.array([1]), np.array([100]), np.zeros((2, 40), np.uint8)

    cell = loops["write_cells"](x, y, np.array([300]), written[0])
    point = loops["write_points"](x, y, np.array([200]), np.array([5]), written[1])

    # Key 0 with value 300; type 1; one MoveTo (9) to 2 and 200, in zigzag.
    drawn = bytes.fromhex("1801 2204 0902c801")
    assert written[0][:cell].tobytes() == bytes.fromhex("120d 1203 00ac02") + drawn
    # Id 200; key 0 with value 0, key 1 with value 1, key 2 with value 7: two and the kind's 5.
    assert written[1][:point].tobytes() == bytes.fromhex("1213 08c801 1206 000001010207") + drawn


def test_leaps_over_long_cells_count_the_same():
    chance = np.random.default_rng(1)
    codes = np.sort(chance.choice([1, 2, 3, 500, 501, 70_000, 2**20 - 1], 50_000)).astype(
        np.uint64
    )

    some = (np.array([0, 20_000]), np.array([20_000, 50_000]))
    agree("walk", codes, *some, 0, 6, OUT, out=np.zeros(1 << 14, np.int64))


@many
@given(seed=seeds)
def test_the_same_stretches_of_bins_are_found(seed):
    chance = np.random.default_rng(seed)
    bounds = np.append(0, np.cumsum(chance.integers(0, 30, 6)))
    parts = [np.sort(chance.integers(0, 99, size)) for size in np.diff(bounds)]
    codes = np.concatenate(parts).astype(np.uint64)
    first, last = np.sort(chance.integers(0, 110, 2)).tolist()
    bins = np.flatnonzero(chance.random(6) < 0.7)
    high = np.zeros_like(bins)

    agree("ends", codes, bounds, bins, first, last, OUT, high, out=np.zeros_like(bins))
    agree("ends", codes, bounds, bins, first, last, high, OUT, out=np.zeros_like(bins))


@pytest.mark.parametrize("loops", [LOOPS, TWINS], ids=["compiled", "twin"])
def test_codes_of_a_bin_are_found_from_the_first_to_before_the_last(loops):
    codes, bounds = np.array([1, 5, 9, 2, 5, 5, 7], np.uint64), np.array([0, 3, 3, 7])
    low, high = np.zeros(3, np.int64), np.zeros(3, np.int64)

    loops["ends"](codes, bounds, np.array([0, 1, 2]), 5, 7, low, high)

    assert (low.tolist(), high.tolist()) == ([1, 3, 4], [2, 3, 6])


@many
@given(seed=seeds)
def test_cells_and_codes_are_placed_the_same(seed):
    chance = np.random.default_rng(seed)
    counts = chance.integers(0, 1 << 40, 1 << 14) * (chance.random(1 << 14) < chance.random())
    codes = chance.integers(0, 1 << 56, 50).astype(np.uint64)
    zoom, other = int(chance.integers(0, 19)), np.zeros(1 << 14, np.int64)

    for turn in range(3):
        outs = [other, other, other]
        outs[turn] = OUT
        agree("fill", counts, *outs, out=np.zeros(1 << 14, np.int64))
    agree("place", codes, zoom, OUT, other[:50], out=np.zeros(50, np.int64))
    agree("place", codes, zoom, other[:50], OUT, out=np.zeros(50, np.int64))


@many
@given(seed=seeds)
def test_numbers_are_told_apart_the_same(seed):
    chance = np.random.default_rng(seed)
    size = int(chance.integers(0, 300))
    numbers = chance.integers(0, 1 << int(chance.integers(1, 63)), size)
    codes, distinct = np.zeros(size, np.int64), np.zeros(size, np.int64)

    agree("tell_apart", numbers, OUT, distinct, out=codes)
    agree("tell_apart", numbers, codes, OUT, out=np.zeros(size, np.int64))
    count = LOOPS["tell_apart"](numbers, codes, distinct)
    assert (distinct[:count][codes] == numbers).all()
    assert len(set(distinct[:count].tolist())) == count


@pytest.mark.parametrize("loops", [LOOPS, TWINS], ids=["compiled", "twin"])
def test_numbers_are_told_apart_in_the_order_they_come(loops):
    # Multiples of 2**32 would all fall into one slot of a table that took the lowest bits.
    numbers = np.array([7, 0, 7, 1 << 32, 1 << 33, 1 << 32, 0])
    codes, distinct = np.zeros(7, np.int64), np.zeros(7, np.int64)

    count = loops["tell_apart"](numbers, codes, distinct)

    assert distinct[:count].tolist() == [7, 0, 1 << 32, 1 << 33]
    assert codes.tolist() == [0, 1, 0, 2, 3, 2, 1]


@pytest.mark.parametrize("loops", [LOOPS, TWINS], ids=["compiled", "twin"])
def test_a_cell_is_drawn_in_its_middle_and_a_code_where_it_stands(loops):
    counts, outs = np.zeros(1 << 14, np.int64), np.zeros((3, 4), np.int64)
    counts[[0, 1, 2, 16383]] = [5, 6, 7, 8]
    x, y = np.zeros(2, np.int64), np.zeros(2, np.int64)

    filled = loops["fill"](counts, *outs)
    # At zoom 18 a tile has 1024 codes a side, each four units wide; at zoom 0 many to a unit.
    loops["place"](np.array([0b0110, 1 << 55], np.uint64), 18, x, y)
    deep = (x.tolist(), y.tolist())
    loops["place"](np.array([0b0110, 1 << 55], np.uint64), 0, x, y)

    assert filled == 4
    assert outs.tolist() == [[16, 48, 16, 4080], [16, 16, 48, 4080], [5, 6, 7, 8]]
    assert deep == ([8, 0], [4, 0])
    assert (x.tolist(), y.tolist()) == ([0, 0], [0, 2048])


@many
@given(seed=seeds)
def test_tiles_are_written_the_same(seed):
    chance = np.random.default_rng(seed)
    size = int(chance.integers(1, 50))
    x, y = chance.integers(0, 4096, (2, size))
    kinds = chance.integers(0, 85, size)
    numbers = chance.integers(0, 1 << int(chance.integers(1, 62)), size)

    room = np.zeros(size * 60, np.uint8)
    agree("write_cells", x, y, numbers, OUT, out=room)
    agree("write_points", x, y, numbers, kinds, OUT, out=room)
    agree("write_numbers", numbers, OUT, out=np.zeros(size * 16, np.uint8))


@pytest.fixture
def a_new_process(monkeypatch):
    """As when no loops have been chosen yet."""
    monkeypatch.setattr(kernels_module._InUse, "loops", None)


def test_without_numba_the_twins_answer_the_same(tmp_path, monkeypatch, a_new_process):
    world = a_world(seeded(3), tmp_path / "v1")
    chance = seeded(4)
    questions = [a_selection(chance) for _ in range(40)]

    def answers():
        names = ("kind", "town", "titles")
        return [
            (
                facets(world.view, each, names, hits=world.hits),
                page(world.view, each, order="name", limit=9, hits=world.hits).ids.tolist(),
                tile(world.view, each, Address(0, 0, 0), hits=world.hits),
            )
            for each in questions
        ]

    with monkeypatch.context() as without:
        without.setitem(sys.modules, "chuangtu.engines.atlas.compiled", None)
        slow, used = answers(), kernels().name
    kernels(Kernels.quickest())

    assert (used, kernels().name) == ("numpy", "numba")
    assert answers() == slow


def test_a_warm_worker_compiles_nothing_when_asked(tmp_path, a_new_process):
    world = a_world(seeded(3), tmp_path / "v1")
    chance = seeded(4)

    def compiled_kinds():
        return {name: len(getattr(kernels(), name).signatures) for name in LOOPS}

    assert warm() == kernels().name == "numba"
    ready = compiled_kinds()
    for _ in range(30):
        selection = a_selection(chance)
        facets(world.view, selection, ("kind", "town", "titles"), hits=world.hits)
        tile(world.view, selection, Address(0, 0, 0), hits=world.hits)

    assert compiled_kinds() == ready


def test_a_worker_may_warm_up_aside_and_answers_meanwhile(a_new_process):
    before = warm(aside=True)

    assert (before, kernels().name) in [("numpy", "numpy"), ("numpy", "numba")]
    for thread in threading.enumerate():
        if thread.name == "atlas-warm":
            thread.join()
    assert kernels().name == "numba"


def test_where_no_cache_can_be_written_the_loops_are_compiled_in_memory(monkeypatch):
    def only_in_memory(loop, *, nogil, cache=False):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return ("compiled in memory", nogil, loop)

    monkeypatch.setattr(compiled_module, "njit", only_in_memory)

    assert {each[:2] for each in compiled().values()} == {("compiled in memory", True)}
