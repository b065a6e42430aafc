"""Lay the changes since a base over it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chuangtu.engines.atlas.arrange import arrange
from chuangtu.engines.atlas.gather import gather
from chuangtu.engines.atlas.model import (
    Array,
    Atlas,
    Integers,
    Overlay,
    Records,
    RecordsError,
)


def overlay(atlas: Atlas, records: Records, gone_ids: Integers) -> Overlay:
    """Make the overlay of rows added or changed and of ids removed.

    Args:
        atlas: the base.
        records: the latest state of every added or changed row; it replaces a base row of the
            same id. Its lists of values need not be those of the base.
        gone_ids: ids removed since the base; one the base does not have is no matter, and one
            that also stands in `records` is there again.

    Returns:
        The overlay, to be joined with the base in a `View`.

    Raises:
        RecordsError: the columns do not fit together.
    """
    ids = np.asarray(records.ids, np.int64)
    if len(np.unique(ids)) != len(ids):
        raise RecordsError(
            "变更里有编号出现了不止一次。每条记录只保留最后的状态。",
            "An id stands in the changes more than once. Keep the last state of each record.",
        )
    codes, order = arrange(records)
    columns = gather(records, codes, order, _keep)
    touched = np.concatenate([ids, np.asarray(gone_ids, np.int64)])
    gone = np.unique(atlas.positions_of(touched))
    return Overlay(columns, order, gone[gone >= 0])


def _keep(name: str, kind: type[np.generic], count: int, chunks: Iterator[Array]) -> Array:
    kept = np.concatenate([np.empty(0, kind), *chunks])
    kept.flags.writeable = False
    return kept
