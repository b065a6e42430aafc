"""Loading the demonstration: broken off, refused, without documents, and whole."""

import pytest

from chuangtu.apps.snapshots import actions as snapshots
from chuangtu.site import demonstration
from chuangtu.site.demonstration import DemonstrationError, load
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(demonstration, "find_district_facts", {"310112": small_facts()}.get)


def test_a_load_that_was_broken_off_goes_on_where_it_stopped(small, monkeypatch):
    apply = demonstration.apply_rows

    def breaks(*, kind, **rest):
        if kind == "patent":
            raise KeyboardInterrupt
        return apply(kind=kind, **rest)

    monkeypatch.setattr(demonstration, "apply_rows", breaks)
    with pytest.raises(KeyboardInterrupt):
        load_minhang()
    monkeypatch.setattr(demonstration, "apply_rows", apply)

    again = load_minhang(LATER)

    assert "example:organization" not in again.rows
    assert {"example:patent", "example:fund"} <= set(again.rows)


def test_a_row_that_is_refused_names_the_act_and_the_reason(small, monkeypatch):
    monkeypatch.setattr(
        demonstration, "generate", lambda *_, **__: {"organization": [{"name": "某", "uscc": "1"}]}
    )

    with pytest.raises(DemonstrationError, match="example:organization was not written"):
        load_minhang()


def test_a_district_without_documents_has_no_demonstration():
    with pytest.raises(DemonstrationError, match="chuangtu init"):
        load("310113", "test", AT)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_whole_demonstration_shows_the_figures_of_the_plan(
    db, settings, tmp_path, monkeypatch
):
    settings.SNAPSHOTS = tmp_path
    load_minhang()

    snapshots.publish(at=AT)

    check_figures(MINHANG)
    check_inventions(MINHANG)
    real, examples = check_marks(published())
    assert real >= 60
    assert examples > 40_000
