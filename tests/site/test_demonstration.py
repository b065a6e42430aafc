"""The demonstration: real things with their sources, invented ones marked, figures that hold."""

import pytest
from django.db import transaction

from chuangtu.apps.journal.models import Entry
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import actions as snapshots
from chuangtu.site import demonstration
from chuangtu.terms.viewer import ADMINISTRATOR
from tests.site.districts import (
    AT,
    LATER,
    MINHANG,
    check_figures,
    check_inventions,
    check_marks,
    load_minhang,
    published,
    small_facts,
)


@pytest.fixture(scope="module")
def small():
    """The small district instead of the whole one."""
    facts = small_facts()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "find_district_facts", {"310112": facts}.get)
        yield facts


@pytest.fixture(scope="module")
def shared(small, django_db_setup, django_db_blocker):
    """The small demonstration, loaded once for the tests that only look at it."""
    told = []
    with django_db_blocker.unblock(), transaction.atomic():
        rows = load_minhang(progress=lambda *each: told.append(each)).rows
        yield rows, told
        transaction.set_rollback(True)


@pytest.fixture
def loaded(shared, db):
    return shared


def test_figures_counted_by_selection_are_those_stated(small, loaded, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path

    snapshots.publish(at=AT)

    check_figures(small)
    check_inventions(small)


def test_every_record_is_cited_or_marked(small, loaded):
    real, examples = check_marks(published())

    assert real == len(small.entities)
    assert examples > 3_000


def test_loading_twice_changes_nothing(loaded):
    first, _ = loaded
    lines = Entry.objects.count()

    again = load_minhang(LATER)

    assert first["example:organization"] > 3_000
    assert again.rows == {}
    assert Entry.objects.count() == lines


def test_towns_and_zones_get_names_and_middles_with_their_source(loaded):
    town = places.find_area("310112101")
    zone = places.find_area("zone:da-zizhu")
    assert (town.name_en, town.precision) == ("Xinzhuang Town", "town")
    assert "示意位置" in town.source
    assert "统计" in town.source
    assert (zone.kind, zone.has_shape) == ("zone", False)
    assert places.find_area("310112").name_en == "Minhang District"
    assert places.find_area("310104").name_en == "Xuhui District"
    assert len(places.list_areas("zone")) == 5


def test_a_position_has_another_source_than_the_document(loaded):
    found = next(each for each in published() if each.name == "上海交通大学")
    record = registry.get_record(found.id, ADMINISTRATOR)

    assert "示意位置" in record.sources["longitude"].title
    assert "闵行区科技创新" in record.sources["organization_type"].title


def test_what_the_plan_announces_counts_from_its_day_on(loaded):
    planned = next(each for each in published() if each.name == "零号湾创新创业集聚区")

    assert planned.valid_from == MINHANG.document.on


def test_progress_is_told_by_kind(loaded):
    _, told = loaded

    assert ("organization", 24, 24) in told
    assert {kind for kind, _, _ in told} >= {"patent", "recognition", "venue"}
