"""Which records lie in an area is right at once, as it is after publishing."""

import random

import pytest
import shapely

from chuangtu.apps.places.actions import save_area
from chuangtu.apps.places.queries import area_choices
from chuangtu.apps.registry.queries import iter_published
from chuangtu.apps.snapshots import actions, laying, queries
from chuangtu.apps.snapshots.answers import Answers
from chuangtu.apps.snapshots.reader import Reader
from chuangtu.terms.place import NamedArea, Polygon
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.random_selections import draw as draw_selection
from tests.apps.registers import AT, DAY, add, alter, district, draw_towns, fill
from tests.apps.vector_tiles import total

VIEWERS = (VISITOR, OFFICER, ADMINISTRATOR)
HERE = {"longitude": "121.4", "latitude": "31.1", "crs": "wgs84"}

pytestmark = pytest.mark.django_db


def draw(code, shape, *, act="drawn"):
    """Give an area a shape; None takes it off the map."""
    values = {
        "kind": "zone",
        "name": f"区{code}",
        "region_id": "310112",
        "geometry": "" if shape is None else shapely.to_geojson(shape),
        "source": "测试",
        "source_date": DAY,
    }
    save_area(code=code, values=values, act=act, by="test", at=AT)


def counted(view, code, viewer=VISITOR):
    """The number of an area from every side, which has to be one."""
    selection = Selection(areas=(NamedArea(code),), viewer=viewer)
    facet = view.facets(Selection(viewer=viewer), ["area"])["area"]
    count = view.count(selection)
    numbers = {
        count.total,
        view.page(selection).total,
        sum(len(batch) for batch in view.batches(selection)),
        total(view.tile(selection, 0, 0, 0)) + count.unlocated,
        sum(each.count for each in facet if each.code == code),
        sum(each.count for each in view.facets(selection, ["kind"])["kind"]),
    }
    assert len(numbers) == 1, (code, numbers)
    return numbers.pop()


@pytest.mark.parametrize("is_published", [False, True])
def test_the_register_is_the_districts_but_for_what_stands_outside(settings, is_published):
    district()
    far = {"longitude": "121.9", "latitude": "31.1", "crs": "wgs84"}
    add("alliance", name="无位置联盟")
    add("alliance", name="粗略联盟", precision="town", **HERE)
    add("alliance", name="准确联盟", **HERE)
    add("alliance", name="区外联盟", **far)
    add("alliance", name="区外粗略联盟", precision="district", **far)
    add("alliance", name="区外而在镇联盟", town="310112101", **far)
    add("alliance", name="区外而在园联盟", zone="zone:square", **far)
    if is_published:
        actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)

    assert counted(Answers(one.read()), "310112") == 5
    redrawn = shapely.box(121.0, 31.0, 122.0, 31.2)
    home = {"geometry": shapely.to_geojson(redrawn)}
    save_area(code="310112", values=home, act="redrawn", by="test", at=AT)
    assert counted(Answers(one.read()), "310112") == 7
    save_area(code="310112", values={"geometry": ""}, act="gone", by="test", at=AT)
    assert counted(Answers(one.read()), "310112") == 7
    actions.publish(at=AT)
    assert counted(Answers(Reader(settings.SNAPSHOTS).read()), "310112") == 7


@pytest.mark.parametrize("is_published", [False, True])
def test_a_new_area_a_changed_and_a_withdrawn_one_count_at_once(settings, is_published):
    district()
    add("alliance", name="天文馆", **HERE)
    add("alliance", name="航天馆", longitude="121.5", latitude="31.1", crs="wgs84")
    if is_published:
        actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    stamps = {one.read().stamp}

    for shape, expected in (
        (shapely.box(121.39, 31.09, 121.41, 31.11), 1),
        (shapely.box(121.39, 31.09, 121.51, 31.11), 2),
        (shapely.box(121.45, 31.09, 121.46, 31.11), 0),
        (shapely.box(121.4, 31.1, 121.45, 31.11), 1),
        (None, 0),
    ):
        draw("zone:new", shape)
        assert counted(Answers(one.read()), "zone:new") == expected
        assert counted(Answers(Reader(settings.SNAPSHOTS).read()), "zone:new") == expected
        stamps.add(one.read().stamp)
    assert len(stamps) == 6


def test_a_record_that_names_an_area_belongs_to_it_wherever_it_lies(settings):
    district()
    add("alliance", name="天文馆", zone="zone:square", **HERE)
    number = add("alliance", name="航天馆", zone="zone:square")
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)

    draw("zone:square", shapely.box(121.0, 31.0, 121.1, 31.1))
    assert counted(Answers(one.read()), "zone:square") == 2

    alter(number, description="改过")
    assert counted(Answers(one.read()), "zone:square") == 2


def test_a_rough_position_lies_in_no_area(settings):
    district()
    add("alliance", name="天文馆", precision="town", **HERE)
    add("alliance", name="航天馆", precision="road", **HERE)
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)

    draw("zone:new", shapely.box(121.39, 31.09, 121.41, 31.11))

    assert counted(Answers(one.read()), "zone:new") == 1


def test_a_hole_and_a_second_part_of_an_area_are_seen(settings):
    district()
    for n, x in enumerate(("121.40", "121.42", "121.46")):
        add("alliance", name=f"第{n}馆", longitude=x, latitude="31.1", crs="wgs84")
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    ring = shapely.box(121.38, 31.08, 121.44, 31.12) - shapely.box(121.41, 31.09, 121.43, 31.11)

    draw("zone:new", shapely.union(ring, shapely.box(121.45, 31.09, 121.47, 31.11)))

    found = Answers(one.read()).page(Selection(areas=(NamedArea("zone:new"),))).items
    assert {each["name"] for each in found} == {"第0馆", "第2馆"}


def test_an_area_that_returns_to_its_shape_counts_what_was_changed_meanwhile(
    settings, monkeypatch
):
    """The version knows the shape already; what was read since then knew another one."""
    district()
    actions.publish(at=AT)
    square = shapely.box(121.39, 31.09, 121.41, 31.11)
    one = Reader(settings.SNAPSHOTS)
    draw("zone:square", shapely.box(121.45, 31.09, 121.46, 31.11))
    add("alliance", name="天文馆", **HERE)
    assert counted(Answers(one.read()), "zone:square") == 0

    draw("zone:square", square)

    assert counted(Answers(one.read()), "zone:square") == 1


def draw_again_and_again(rng, settings):
    """Areas drawn, changed and withdrawn between changes of records; gives a reader of it all."""
    district()
    draw_towns()
    fill(rng, 8)
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    one.read()
    for turn in range(6):
        draw(f"zone:{turn % 4}", random_shape(rng), act=f"draw{turn}")
        if turn == 2:
            fill(rng, 2, act="between")
            name_areas(rng)
        one.read()
    draw("zone:3", None, act="gone")
    return one


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_answer_is_the_same_before_and_after_publishing(settings, monkeypatch, seed):
    monkeypatch.setattr(laying, "AT_ONCE", 40)
    rng = random.Random(seed)
    one = draw_again_and_again(rng, settings)
    before = Answers(one.read())
    late = Answers(Reader(settings.SNAPSHOTS).read())
    assert before.reading.areas is not None
    assert before.stamp == late.stamp

    actions.publish(at=AT)

    after = Answers(one.read())
    assert after.reading.areas is None
    assert before.stamp != after.stamp
    codes = [each.code for each in area_choices()]
    assert sum(counted(after, code, ADMINISTRATOR) > 0 for code in codes) > 3
    for viewer in VIEWERS:
        for code in codes:
            numbers = {counted(each, code, viewer) for each in (before, late, after)}
            assert len(numbers) == 1, (code, numbers)
        expect_the_same(before, after, rng, viewer)
        expect_the_same(late, after, rng, viewer)


def expect_the_same(one, other, rng, viewer):
    rows = [row for chunk in iter_published(500) for row in chunk]
    for _ in range(20):
        selection = draw_selection(rng, queries.describe(viewer), rows, viewer)
        assert one.count(selection) == other.count(selection), selection.parameters()
        assert one.facets(selection) == other.facets(selection)
        pages = [each.page(selection, limit=500).items for each in (one, other)]
        assert pages[0] == pages[1]


def random_shape(rng):
    x, y = rng.gauss(121.42, 0.03), rng.gauss(31.09, 0.03)
    round_one = shapely.Point(x, y).buffer(rng.uniform(0.01, 0.08), quad_segs=rng.randint(1, 6))
    hole = shapely.box(x, y, x + rng.uniform(0.001, 0.03), y + rng.uniform(0.001, 0.03))
    shape = round_one - hole
    return shapely.set_precision(shape, 1e-7)


def name_areas(rng):
    rows = [row for chunk in iter_published(500) for row in chunk if row.kind == "patent"]
    for row in rng.sample(rows, min(4, len(rows))):
        alter(row.id, zone=f"zone:{rng.randrange(3)}")


@pytest.mark.parametrize("seed", [1, 2])
def test_an_area_counts_as_its_ring_does_plus_those_that_name_it(settings, seed):
    rng = random.Random(seed)
    district()
    fill(rng, 8)
    actions.publish(at=AT)
    one = Reader(settings.SNAPSHOTS)
    ring = shapely.Point(121.42, 31.09).buffer(0.03, quad_segs=3)
    ring = shapely.set_precision(ring, 1e-7)

    draw("zone:new", ring)

    view = Answers(one.read())
    drawn = Polygon(tuple(ring.exterior.coords[:-1]))
    for viewer in VIEWERS:
        sure = {"precision": ("exact", "road")}
        inside = Selection(areas=(drawn,), facets=sure, viewer=viewer)
        assert counted(view, "zone:new", viewer) == view.count(inside).total > 0
