"""An atlas is whole or not there; columns that do not fit together are refused by name."""

import json
from dataclasses import replace

import numpy as np
import pytest
from atlas_world import KINDS, a_record, changed, columns_of, seeded

from chuangtu.engines.atlas.build import build
from chuangtu.engines.atlas.count import count
from chuangtu.engines.atlas.group import LONGEST_FACET
from chuangtu.engines.atlas.load import load
from chuangtu.engines.atlas.model import (
    BrokenAtlasError,
    FacetColumn,
    ListColumn,
    RecordsError,
    View,
)
from chuangtu.engines.atlas.overlay import overlay
from chuangtu.engines.atlas.survey import survey
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR

EVERYTHING = Selection(viewer=ADMINISTRATOR)


@pytest.fixture
def records():
    chance = seeded(1)
    return [a_record(chance, number) for number in range(30)]


def test_the_order_given_back_is_that_of_the_base(records, tmp_path):
    order = build(columns_of(records), tmp_path / "v1")

    atlas = load(tmp_path / "v1")
    assert atlas.columns.ids.tolist() == [records[row].id for row in order]
    assert atlas.positions_of([records[order[7]].id, 12_345]).tolist() == [7, -1]
    assert len(atlas) == 30


def test_columns_may_be_memory_mapped(records, tmp_path):
    columns = columns_of(records)
    np.save(tmp_path / "longitude.npy", columns.longitude)
    mapped = replace(columns, longitude=np.load(tmp_path / "longitude.npy", mmap_mode="r"))

    assert (build(mapped, tmp_path / "a") == build(columns, tmp_path / "b")).all()


def test_an_empty_register_makes_an_atlas(tmp_path):
    build(columns_of([]), tmp_path / "v1")

    atlas = load(tmp_path / "v1")
    assert count(View(atlas), EVERYTHING).total == 0
    assert atlas.positions_of([1]).tolist() == [-1]


def test_a_file_is_named_for_its_place_so_any_column_name_is_safe(records, tmp_path):
    town = columns_of(records).facets["town"]
    columns = replace(columns_of(records), facets={"../名称/x": town})

    build(columns, tmp_path / "v1")

    assert list(load(tmp_path / "v1").columns.facets) == ["../名称/x"]


def test_what_a_crash_left_is_cleared_away(records, tmp_path):
    (tmp_path / ".v1.partial").mkdir()
    (tmp_path / ".v1.partial" / "id.npy").write_bytes(b"half")

    build(columns_of(records), tmp_path / "v1")

    assert [each.name for each in tmp_path.iterdir()] == ["v1"]
    assert len(load(tmp_path / "v1")) == 30


def test_an_atlas_is_never_overwritten(records, tmp_path):
    build(columns_of(records), tmp_path / "v1")

    with pytest.raises(RecordsError, match="never overwritten"):
        build(columns_of(records), tmp_path / "v1")


@pytest.mark.parametrize("harm", ["absent", "cut", "short", "format", "garbled"])
def test_a_harmed_atlas_says_so(records, tmp_path, harm):
    folder = tmp_path / "v1"
    build(columns_of(records), folder)
    file = folder / "code.npy"
    meta = json.loads((folder / "meta.json").read_text())
    if harm == "absent":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:-9])
    elif harm == "short":
        np.save(file, np.zeros(3, np.uint64))
    elif harm == "format":
        (folder / "meta.json").write_text(json.dumps(meta | {"format": 0}))
    else:
        (folder / "meta.json").write_text("{")

    with pytest.raises(BrokenAtlasError, match="Publish a new one") as refused:
        load(folder)

    assert "请重新生成" in refused.value.zh


def test_a_facet_with_very_many_values_is_counted_when_asked(records, tmp_path):
    many = (UNKNOWN, *(f"v{number:05}" for number in range(LONGEST_FACET)))
    codes = np.arange(30, dtype=np.uint32) % 3 + LONGEST_FACET - 2
    columns = replace(columns_of(records), facets={"code": FacetColumn(many, codes)})

    build(columns, tmp_path / "v1")

    atlas = load(tmp_path / "v1")
    assert "code" not in atlas.groups.facets
    assert survey(View(atlas), EVERYTHING, ("code",)).facets["code"] == {
        many[LONGEST_FACET - 2 + each]: 10 for each in range(3)
    }


def test_more_than_65536_values_take_wider_codes(tmp_path):
    values = (UNKNOWN, *(f"v{number}" for number in range(1 << 16)))
    columns = replace(
        columns_of([a_record(seeded(1), 1)]),
        facets={"code": FacetColumn(values, np.array([1 << 16], np.uint32))},
    )

    build(columns, tmp_path / "v1")

    assert load(tmp_path / "v1").columns.facets["code"].codes.dtype == np.uint32


def broken(records):
    """Columns with one fault each, and what the refusal says."""
    good = columns_of(records)
    town, area, size = good.facets["town"], good.lists["area"], len(records)
    falling = ListColumn(area.values, np.array([0, 2, *[2] * (size - 1)]), np.array([2, 1]))
    unknown = ListColumn(area.values, np.array([0, *[1] * size]), np.array([0]))
    outside = ListColumn(area.values, np.array([0, *[1] * size]), np.array([99]))
    backward = ListColumn(area.values, np.array([0, 1, *[0] * (size - 2), 1]), np.array([1]))
    cut = ListColumn(area.values, np.array([0, *[1] * size]), np.array([1, 2]))
    return {
        "length": (replace(good, latitude=good.latitude[1:]), "'latitude' has 29 rows"),
        "kinds": (replace(good, kinds=tuple(map(str, range(86)))), "86 kinds"),
        "kind": (replace(good, kinds=KINDS[:1]), "'kind' has code"),
        "visibility": (replace(good, visibility=good.visibility + 1), "'visibility' has code 3"),
        "negative": (replace(good, ids=good.ids - 1), "negative"),
        "twice": (replace(good, ids=good.ids // 2), "more than once"),
        "values": (replace(good, facets={"town": FacetColumn(("a",), town.codes)}), "begin with"),
        "codes": (replace(good, facets={"town": FacetColumn((UNKNOWN,), town.codes)}), "has code"),
        "names": (replace(good, lists={"town": area}), "both"),
        "falling": (replace(good, lists={"area": falling}), "ascending"),
        "unknown": (replace(good, lists={"area": unknown}), "ascending"),
        "outside": (replace(good, lists={"area": outside}), "has code 99"),
        "backward": (replace(good, lists={"area": backward}), "ascending"),
        "cut": (replace(good, lists={"area": cut}), "ascending"),
    }


@pytest.mark.parametrize("fault", broken([a_record(seeded(1), each) for each in range(30)]))
def test_columns_that_do_not_fit_are_refused_by_name(records, tmp_path, fault):
    columns, says = broken(records)[fault]

    with pytest.raises(RecordsError, match=says):
        build(columns, tmp_path / "v1")

    assert not list(tmp_path.iterdir())


def test_an_overlay_refuses_an_id_given_twice(records, tmp_path):
    build(columns_of(records), tmp_path / "v1")
    twice = columns_of([records[0], changed(records[1], id=records[0].id)])

    with pytest.raises(RecordsError, match="more than once"):
        overlay(load(tmp_path / "v1"), twice, np.array([], np.int64))
