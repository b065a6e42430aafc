"""One question has one number: on tiles, in counts, facets, lists, exports and the API.

Random Selections of each viewer over a register with records and fields of every visibility, read
from a published version with changes on top. Every number is also compared with a slow reader
that looks at one record at a time.
"""

import random
from collections import Counter
from datetime import date

import pytest

from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import read_selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.random_selections import draw, holds, values_of
from tests.apps.vector_tiles import tile_at, total

ROUNDS = 90
ZOOMS = range(7, 19)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(register):
    return [row for chunk in registry.iter_published(500) for row in chunk]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_screen_gives_the_same_number(rows, client):
    rng = random.Random(20_151_231)
    described = {each: snapshots.describe(each) for each in (VISITOR, OFFICER, ADMINISTRATOR)}
    found_something = 0

    for turn in range(ROUNDS):
        viewer = (VISITOR, OFFICER, ADMINISTRATOR)[turn % 3]
        selection = draw(rng, described[viewer], rows, viewer)
        expected = [row for row in rows if holds(row, selection)]
        found_something += bool(expected)

        check_counts(selection, expected)
        check_tiles(selection, expected, rng.choice(ZOOMS))
        check_facets(selection, rows, rng)
        check_pages(selection, expected, rng)
        if turn % 10 == 0 and viewer is VISITOR:
            check_http(client, selection, expected)

    assert found_something > ROUNDS / 3


def check_counts(selection, expected):
    count = snapshots.count(selection)

    assert count.total == len(expected), selection.parameters()
    assert count.unlocated == sum(row.longitude is None for row in expected)


def check_tiles(selection, expected, zoom):
    located = [row for row in expected if row.longitude is not None]
    places = {tile_at(row.longitude, row.latitude, zoom) for row in located}

    assert total(snapshots.tile(selection, 0, 0, 0)) == len(located), selection.parameters()
    assert sum(total(snapshots.tile(selection, *place)) for place in places) == len(located)


def check_facets(selection, rows, rng):
    names = rng.sample([*snapshots.current().described_facets(selection.viewer)], 4)
    facets = snapshots.facets(selection, ["kind", *names])

    for name, values in facets.items():
        lifted = selection.without(name)
        expected = Counter(
            value for row in rows if holds(row, lifted) for value in values_of(row, name)
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
    pairs = selection.parameters()
    query = [(name, value) for name, value in pairs]
    answered = client.get("/api/v1/resources", query_params=query_of(query)).json()
    facets = client.get("/api/v1/resources/facets", query_params=query_of(query)).json()
    tile = client.get("/tiles/0/0/0.mvt", query_params=query_of(query)).content

    located = sum(row.longitude is not None for row in expected)
    assert answered["total"] == facets["total"] == len(expected)
    assert total(tile) == located
    vocabulary = snapshots.vocabulary(selection.viewer)
    read = read_selection(pairs, vocabulary, viewer=selection.viewer, today=date(2026, 1, 1))
    assert read == selection


def query_of(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
