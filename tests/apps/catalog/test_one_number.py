"""One question has one number: on tiles, in counts, facets, lists, exports and the API.

Random Selections of each viewer over a register with records and fields of every visibility, read
from a published version with changes on top. Every number is also compared with a slow reader
that looks at one record at a time.
"""

import csv
import io
import os
import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.places.queries import areas_containing, list_towns
from chuangtu.apps.portal.queries import get_overview
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.place import NamedArea
from chuangtu.terms.selection import Selection, read_selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.random_selections import draw, holds, titles_held, values_of
from tests.apps.registers import DRAWN_TOWNS, TOWNS
from tests.apps.vector_tiles import tile_at, total

SEEDS, TURNS = int(os.environ.get("CHUANGTU_TEST_SEEDS", "10")), 105
"""Selections, in portions that can run beside one another. `make test` asks 1,050 for each of the
three viewers on SQLite, and 350 on PostgreSQL."""
VIEWERS = (VISITOR, OFFICER, ADMINISTRATOR)
ZOOMS = range(7, 19)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(register, settings):
    # Nothing changes from here on: the database need not be asked at every question.
    settings.SNAPSHOT_CHECK_MS = 60_000
    return [row for chunk in registry.iter_published(500) for row in chunk]


@pytest.fixture
def clients():
    """Browsers of the viewers: one of nobody, the others signed in."""
    opened = {VISITOR: Client()}
    for viewer in (OFFICER, ADMINISTRATOR):
        role = viewer.role.value
        person = Person.objects.create_user(f"some-{role}", password=role, role=role)
        opened[viewer] = Client()
        opened[viewer].force_login(person)
    return opened


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_screen_gives_the_same_number(rows, clients, seed):
    rng = random.Random(seed)
    described = {each: snapshots.describe(each) for each in VIEWERS}
    found_something = 0

    for turn in range(TURNS):
        viewer = VIEWERS[turn % 3]
        selection = draw(rng, described[viewer], rows, viewer)
        titles = titles_held(rows, selection)
        expected = [row for row in rows if holds(row, selection, titles)]
        found_something += bool(expected)

        check_counts(selection, expected)
        check_tiles(selection, expected, rng.choice(ZOOMS))
        check_facets(selection, rows, titles, rng)
        check_pages(selection, expected, rng)
        if turn % 7 == 0:
            check_http(clients[viewer], selection, expected)

    assert found_something > TURNS / 3


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda each: each.role.value)
def test_every_town_has_one_number(rows, viewer):
    for selection in (Selection(viewer=viewer), Selection(viewer=viewer, as_of=date(2015, 1, 1))):
        facets = snapshots.facets(selection, ["town", "area"])
        by_town = {each.code: each.count for each in facets["town"]}
        by_area = {each.code: each.count for each in facets["area"]}
        home = get_overview(viewer, selection.as_of) if selection.as_of else None

        for town in list_towns():
            number = by_town.get(town.code, 0)
            asked = replace(selection, facets={"town": (town.code,)})
            assert by_area.get(town.code, 0) == number, town.name
            assert snapshots.count(selection.within(NamedArea(town.code))).total == number
            assert snapshots.count(asked).total == number
            assert home is None or number in [
                each.count for each in home.towns if each.code == town.code
            ]
        assert sum(by_town.values()) == snapshots.count(selection).total


def test_a_town_has_one_number_on_every_page(rows, client):
    front = client.get("/").context
    day, home = front["today"], {each["code"]: each["count"] for each in front["towns"]}
    listed = client.get("/explore").context["panel"]

    for code in DRAWN_TOWNS:
        inside = {"area": code, "as_of": day.isoformat()}
        stated = {"town": code, "as_of": day.isoformat()}
        numbers = {
            client.get(f"/areas/{code}").context["panel"].total,
            client.get("/explore", query_params=inside).context["panel"].total,
            client.get("/explore", query_params=stated).context["panel"].total,
            client.get("/api/v1/resources", query_params=inside).json()["total"],
            client.get("/api/v1/resources", query_params=stated).json()["total"],
            client.get("/compare", query_params={"a": code, "b": "zone:square"})
            .context["comparison"]
            .sides[0]
            .total,
        }
        assert numbers == {home[code]}
    assert listed.total >= sum(home.values())


def test_the_towns_of_this_test_differ_from_what_is_stated(rows):
    said = [row for row in rows if row.payload["values"].get("town") in DRAWN_TOWNS]
    drawn = [row for row in rows if row.facets["town"] in DRAWN_TOWNS]
    elsewhere = [
        row
        for row in rows
        if row.payload["values"].get("town")
        and any(code in DRAWN_TOWNS and code != row.facets["town"] for code in areas_of(row))
    ]

    assert len(drawn) > len(said) > 100
    assert len(elsewhere) > 100
    assert all(len(set(row.lists["area"]) & set(TOWNS)) <= 1 for row in rows)


def areas_of(row):
    """Codes of the areas whose shape holds the record's position."""
    if row.longitude is None:
        return ()
    return areas_containing([row.longitude], [row.latitude])[0]


def test_the_register_of_this_test_holds_every_case(rows):
    changed = snapshots.current().reading.changed

    assert {int(row.visibility) for row in rows} == {0, 1, 2}
    assert any(row.longitude is None for row in rows)
    assert any(row.valid_from is None for row in rows)
    assert any(gone is None for gone in changed.values())
    assert len({row.kind for row in rows}) == 13
    assert 20 < len(changed) < len(rows) / 2


def check_counts(selection, expected):
    count = snapshots.count(selection)

    assert count.total == len(expected), selection.parameters()
    assert count.unlocated == sum(row.longitude is None for row in expected)


def check_tiles(selection, expected, zoom):
    located = [row for row in expected if row.longitude is not None]
    places = {tile_at(row.longitude, row.latitude, zoom) for row in located}

    assert total(snapshots.tile(selection, 0, 0, 0)) == len(located), selection.parameters()
    assert sum(total(snapshots.tile(selection, *place)) for place in places) == len(located)


def check_facets(selection, rows, titles, rng):
    names = rng.sample([*snapshots.current().described_facets(selection.viewer)], 4)
    facets = snapshots.facets(selection, list(dict.fromkeys(["kind", "holds", *names])))

    for name, values in facets.items():
        lifted = selection.without(name)
        expected = Counter(
            value
            for row in rows
            if holds(row, lifted, titles)
            for value in values_of(row, name, titles)
        )
        assert {each.code: each.count for each in values} == expected, (
            name,
            selection.parameters(),
        )


def check_pages(selection, expected, rng):
    order = rng.choice(["name", "newest", *(["relevance"] if selection.words else [])])
    size = max(1, len(expected) // rng.randint(1, 4), len(expected) // 8)
    items, after = [], None
    while True:
        page = snapshots.page(selection, order, after, size)
        assert page.total == len(expected)
        items += page.items
        after = page.next
        if after is None:
            break

    wanted = sorted(row.id for row in expected)
    assert sorted(each["id"] for each in items) == wanted, selection.parameters()
    exported = [each["id"] for batch in snapshots.batches(selection) for each in batch]
    assert sorted(exported) == wanted


def check_http(client, selection, expected):
    """The same over HTTP, asked by somebody signed in as that viewer."""
    pairs = selection.parameters()
    query = query_of(pairs)
    listed = client.get("/api/v1/resources", query_params=query).json()
    facets = client.get("/api/v1/resources/facets", query_params=query).json()
    tile = client.get("/tiles/0/0/0.mvt", query_params=query).content
    file = client.get("/export.csv", query_params=query)
    lines = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))

    located = sum(row.longitude is not None for row in expected)
    assert listed["total"] == facets["total"] == len(expected) == len(lines) - 1
    assert int(file["X-Total-Count"]) == len(expected)
    assert total(tile) == located
    vocabulary = snapshots.vocabulary(selection.viewer)
    read = read_selection(pairs, vocabulary, viewer=selection.viewer, today=date(2026, 1, 1))
    assert read == selection


def query_of(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
