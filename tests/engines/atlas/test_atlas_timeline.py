"""The numbers along the years are those of counting on each of the days."""

from dataclasses import replace
from datetime import date

import pytest
from atlas_world import KINDS, a_record, a_selection, a_world, columns_of, seeded

from chuangtu.engines.atlas.build import build
from chuangtu.engines.atlas.count import count
from chuangtu.engines.atlas.load import load
from chuangtu.engines.atlas.model import OPEN_END, OPEN_START, UNKNOWN_END, UNKNOWN_START, View
from chuangtu.engines.atlas.select import select
from chuangtu.engines.atlas.timeline import timeline
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR

YEARS = [date(year, 12, 31) for year in range(1997, 2026)]


@pytest.mark.parametrize("seed", range(40))
def test_every_day_has_the_number_that_a_count_as_of_it_gives(tmp_path, seed):
    chance = seeded(seed)
    world = a_world(chance, tmp_path / "world")
    selection = replace(a_selection(chance), as_of=None)
    hits = world.hits if selection.words else None
    days = sorted(chance.sample(YEARS, chance.choice([1, 5, len(YEARS)])))

    found = timeline(world.view, select(world.view, selection, hits=hits), days)

    asked = (replace(selection, as_of=each) for each in days)
    assert found == [count(world.view, each, hits=hits).total for each in asked]


def test_the_first_day_counts_and_the_last_named_one_does_not(tmp_path):
    first, last = YEARS[3].toordinal(), YEARS[5].toordinal()
    spans = [
        (first, last),
        (OPEN_START, last),
        (first, OPEN_END),
        (UNKNOWN_START, UNKNOWN_END),
        # Ended before it began: never in force.
        (last, first),
    ]
    chance = seeded(1)
    records = [
        replace(a_record(chance, number), valid_from=begin, valid_until=end)
        for number, (begin, end) in enumerate(spans, start=1)
    ]
    build(columns_of(records, KINDS), tmp_path / "spans")
    view = View(load(tmp_path / "spans"))
    everything = select(view, Selection(viewer=ADMINISTRATOR))

    assert timeline(view, everything, YEARS[2:7]) == [2, 4, 4, 2, 2]


def test_no_day_has_no_number(tmp_path):
    world = a_world(seeded(2), tmp_path / "world")

    assert timeline(world.view, select(world.view, Selection(viewer=ADMINISTRATOR)), []) == []
