"""Values written one after another are read in the order that was asked for."""

import numpy as np
import pytest

from chuangtu.apps.snapshots.blobs import Blobs, BlobWriter


def written(tmp_path, values, order=None):
    writer = BlobWriter(tmp_path / "values.bin")
    for each in values:
        writer.append(each)
    writer.close(order)
    return Blobs(tmp_path / "values.bin")


def test_values_come_back_in_the_order_given_at_the_end(tmp_path):
    blobs = written(tmp_path, ["甲", {"乙": 1}, None], np.array([2, 0, 1]))

    assert [blobs[0], blobs[1], blobs[2]] == [None, "甲", {"乙": 1}]
    assert list(blobs.many([2, 2, 0])) == [{"乙": 1}, {"乙": 1}, None]
    assert len(blobs) == 3


def test_many_values_are_read_past_the_chunk(tmp_path):
    blobs = written(tmp_path, range(10_000))

    assert list(blobs.many(range(10_000))) == list(range(10_000))


def test_no_values_make_an_empty_file_that_can_be_opened(tmp_path):
    blobs = written(tmp_path, [])

    assert len(blobs) == 0
    assert list(blobs.many([])) == []
    with pytest.raises(IndexError):
        blobs.raw(0)
