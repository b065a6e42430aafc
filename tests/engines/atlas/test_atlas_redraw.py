"""A base whose areas are drawn anew answers as one built with them."""

import random
from dataclasses import replace

import numpy as np
import pytest
import shapely

from chuangtu.engines.atlas.build import build
from chuangtu.engines.atlas.group import LONGEST_FACET
from chuangtu.engines.atlas.inside import inside
from chuangtu.engines.atlas.load import load
from chuangtu.engines.atlas.members import members
from chuangtu.engines.atlas.model import ListColumn, Shape, View
from chuangtu.engines.atlas.redraw import redraw
from chuangtu.engines.atlas.survey import survey
from chuangtu.terms.place import NamedArea, Polygon
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.engines.atlas.atlas_world import ZONES, a_record, columns_of


def built(folder, records):
    """The atlas and, for each of its rows, the record."""
    order = build(columns_of(records), folder)
    return load(folder), [records[place] for place in order]


def names_by_row(listed):
    offsets = listed.offsets.tolist()
    return [
        tuple(listed.values[code] for code in listed.codes[start:end])
        for start, end in zip(offsets, offsets[1:], strict=False)
    ]


def assigned(chance, rows):
    """New rows for some values, one of them new, one in no row, one in every row."""
    chosen = [*chance.sample(ZONES, 3), "zone:new"]
    found = {
        each: np.array(sorted(chance.sample(range(rows), chance.randrange(rows + 1))), np.uint32)
        for each in chosen
    }
    return {
        **found,
        "zone:empty": np.empty(0, np.uint32),
        "zone:all": np.arange(rows, dtype=np.uint32),
    }


@pytest.mark.parametrize("seed", range(8))
def test_redrawn_areas_are_those_of_a_base_built_with_them(tmp_path, seed):
    chance = random.Random(seed)
    atlas, held = built(tmp_path / "old", [a_record(chance, n) for n in range(120)])
    before = names_by_row(atlas.columns.lists["area"])
    new = assigned(chance, len(held))

    drawn = redraw(atlas, "area", new)

    expected = [
        {*(set(record.areas) - new.keys()), *(name for name, rows in new.items() if row in rows)}
        for row, record in enumerate(held)
    ]
    listed = drawn.columns.lists["area"]
    assert [set(each) for each in names_by_row(listed)] == expected
    starts, ends = listed.stretches(slice(0, len(held)))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        assert (np.diff(listed.codes[start:end].astype(int)) > 0).all()
    assert names_by_row(atlas.columns.lists["area"]) == before, "the old base stays"
    assert drawn.columns.lists["titles"] is atlas.columns.lists["titles"]
    again = [replace(r, areas=tuple(names)) for r, names in zip(held, expected, strict=True)]
    other, _ = built(tmp_path / "new", again)
    for viewer in (VISITOR, OFFICER, ADMINISTRATOR):
        for selection in (
            Selection(viewer=viewer),
            Selection(viewer=viewer, kinds=("patent",)),
            Selection(viewer=viewer, areas=(NamedArea("zone:new"),)),
        ):
            one, two = (survey(View(each), selection, ["area"]) for each in (drawn, other))
            assert one == two


def test_nothing_drawn_changes_nothing(tmp_path):
    chance = random.Random(1)
    atlas, _ = built(tmp_path / "old", [a_record(chance, n) for n in range(40)])

    drawn = redraw(atlas, "area", {})

    listed = atlas.columns.lists["area"]
    assert names_by_row(drawn.columns.lists["area"]) == names_by_row(listed)
    assert (drawn.groups.facets["area"] == atlas.groups.facets["area"]).all()


def test_a_base_without_records_can_be_drawn_anew(tmp_path):
    atlas, _ = built(tmp_path / "old", [])

    drawn = redraw(atlas, "area", {"zone:new": np.empty(0, np.uint32)})

    assert survey(View(drawn), Selection(), ["area"]).facets == {"area": {}}


def test_a_list_too_long_to_be_counted_in_advance_is_counted_when_asked(tmp_path):
    chance = random.Random(2)
    records = [a_record(chance, n) for n in range(60)]
    columns = columns_of(records)
    many = ListColumn.of([f"v{n}", *(f"w{m}" for m in range(100))] for n in range(60))
    values = (*many.values, *(f"x{n}" for n in range(LONGEST_FACET)))
    long = ListColumn(values, many.offsets, many.codes)
    build(replace(columns, lists={**columns.lists, "area": long}), tmp_path / "old")
    atlas = load(tmp_path / "old")
    assert "area" not in atlas.groups.facets

    drawn = redraw(atlas, "area", {"zone:new": np.array([3, 7], np.uint32)})

    asked = Selection(viewer=ADMINISTRATOR)
    found = survey(View(drawn), asked, ["area"]).facets["area"]
    assert (found["zone:new"], found["w0"]) == (2, 60)


@pytest.mark.parametrize("seed", range(4))
def test_a_shape_holds_what_a_slow_reader_finds_in_it(tmp_path, seed):
    chance = random.Random(seed)
    atlas, held = built(tmp_path / "old", [a_record(chance, n) for n in range(300)])
    ring = shapely.box(121.3, 31.0, 121.45, 31.15) - shapely.box(121.35, 31.05, 121.4, 31.1)
    drawn = shapely.union(ring, shapely.Point(121.48, 31.05).buffer(0.03))

    rows = members(atlas.columns, Shape(shapely.to_wkb(drawn)))

    expected = [
        row
        for row, record in enumerate(held)
        if record.located and drawn.intersects(shapely.Point(record.longitude, record.latitude))
    ]
    assert rows.tolist() == expected
    assert expected


def test_a_shape_of_one_ring_holds_what_the_ring_does():
    ring = ((121.3, 31.0), (121.5, 31.0), (121.4, 31.2))
    chance = np.random.default_rng(3)
    x, y = chance.uniform(121.2, 121.6, 500), chance.uniform(30.9, 31.3, 500)

    shape = Shape(shapely.to_wkb(shapely.Polygon(ring)))

    assert (inside(shape, x, y) == inside(Polygon(ring), x, y)).all()
