"""Columns by the million: the same seed gives the same bytes, and they look like records."""

import numpy as np
import pytest

from chuangtu.engines.sample import columns as module
from chuangtu.engines.sample.columns import KINDS, TooManyError, columns
from chuangtu.terms.codes import find_uscc_fault
from tests.engines.sample.grounds import GROUND


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(module, "BLOCK", 1_000)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    once, again, other = (columns(GROUND, 3_000, seed) for seed in (7, 7, 8))

    assert {name: each.tobytes() for name, each in once.items()} == {
        name: each.tobytes() for name, each in again.items()
    }
    assert once["longitude"].tobytes() != other["longitude"].tobytes()


def test_a_larger_sample_begins_with_the_smaller_one(small_blocks):
    few, many = columns(GROUND, 2_000, 7), columns(GROUND, 3_500, 7)

    assert all(few[name].tobytes() == many[name][:2_000].tobytes() for name in few)
    assert np.array_equal(many["serial"], np.arange(3_500))


def test_columns_hold_every_kind_and_every_unknown():
    made = columns(GROUND, 100_000, 7)

    assert {len(each) for each in made.values()} == {100_000}
    assert set(np.unique(made["kind"])) == set(range(len(KINDS)))
    assert 0.01 < np.isnan(made["longitude"]).mean() < 0.03
    assert np.array_equal(np.isnan(made["longitude"]), np.isnan(made["latitude"]))
    assert 0.02 < (made["valid_from"] == 0).mean() < 0.04
    assert 0.2 < (made["valid_until"] > 0).mean() < 0.4
    ended = (made["valid_until"] > 0) & (made["valid_from"] > 0)
    assert (made["valid_until"][ended] > made["valid_from"][ended]).all()
    assert set(np.unique(made["visibility"])) == {0, 1, 2}


def test_codes_are_added_when_asked_for_and_all_are_valid():
    made = columns(GROUND, 2_000, 7, with_codes=True)

    assert not any(find_uscc_fault(each.decode()) for each in made["uscc"].tolist())
    assert len(np.unique(made["uscc"])) == 2_000


def test_more_records_than_numbers_are_refused():
    with pytest.raises(TooManyError, match="serial numbers"):
        columns(GROUND, 100_000_000, 7)


def test_no_records_are_no_columns():
    assert columns(GROUND, 0, 7) == {}
