"""A page may be walked through rows that were chosen as a short list."""

from types import SimpleNamespace

import numpy as np

from chuangtu.engines.atlas.page import _is_chosen


def test_rows_of_a_short_list_are_told_from_the_others():
    part = SimpleNamespace(miss=None, rows=np.array([1, 3, 7], dtype=np.uint32))

    found = _is_chosen(part, np.array([0, 1, 3, 8], dtype=np.int64))

    assert found.tolist() == [False, True, True, False]
