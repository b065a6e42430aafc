"""Invented records by the million, as columns: for measuring, without a Python object each."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chuangtu.engines.sample.credit_codes import LARGEST, credit_codes
from chuangtu.engines.sample.model import Ground, Ints, stream
from chuangtu.engines.sample.scatter import scatter
from chuangtu.engines.sample.words import TRADES

Columns = dict[str, NDArray[Any]]

BLOCK = 1_000_000
KINDS = (
    "organization", "recognition", "rd_body", "carrier", "zone", "platform", "alliance",
    "instrument", "patent", "fund", "workstation", "venue", "service_agency",
)  # fmt: skip
_KIND_SHARES = np.array([38, 14, 2, 0.5, 0.1, 0.4, 0.1, 6, 36, 0.2, 1, 0.3, 1.4])
_VISIBILITY_SHARES = (0.92, 0.06, 0.02)
_LEVELS = 4
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1).toordinal(), date(2026, 6, 30).toordinal()
_ENDING_SHARE, _UNDATED_SHARE, _UNLOCATED_SHARE = 0.3, 0.03, 0.02


class TooManyError(ValueError):
    """More records than there are serial numbers."""


def columns(ground: Ground, count: int, seed: int, *, with_codes: bool = False) -> Columns:
    """Make `count` records as columns of equal length.

    The first records of a larger sample are those of a smaller one with the same seed, up to
    whole blocks of a million.

    Args:
        ground: where they lie.
        count: how many, at most 100 million.
        seed: the same seed gives the same bytes.
        with_codes: add the column `uscc` (18 bytes each).

    Returns:
        serial (int64), kind (uint8, index into KINDS), longitude and latitude (float64 degrees
        WGS 84, NaN where unknown), town (uint16) and zone (int16, -1 for none) as indices into
        the ground's, trade (uint8, index into TRADES), level and visibility (uint8), valid_from
        and valid_until (int32 ordinals, 0 where unknown or open, the end excluded),
        staff (int32), capital_yuan (int64).

    Raises:
        TooManyError: `count` is over 100 million.
    """
    if count > LARGEST:
        raise TooManyError(f"{count} records are asked for; there are {LARGEST} serial numbers.")
    made: Columns = {}
    for first in range(0, count, BLOCK):
        size = min(BLOCK, count - first)
        block = _block(ground, first, size, stream(seed, f"block {first}"), with_codes)
        for name, values in block.items():
            if name not in made:
                made[name] = np.empty(count, dtype=values.dtype)
            made[name][first : first + size] = values
    return made


def _block(
    ground: Ground, first: int, size: int, rng: np.random.Generator, with_codes: bool
) -> Columns:
    serial: Ints = np.arange(first, first + size, dtype=np.int64)
    place = scatter(ground, size, rng)
    unlocated = rng.random(size) < _UNLOCATED_SHARE
    valid_from, valid_until = _spans(rng, size)
    shares = np.array([each.share for each in TRADES])
    block: Columns = {
        "serial": serial,
        "kind": _draw(rng, _KIND_SHARES, size),
        "longitude": np.where(unlocated, np.nan, place.longitude),
        "latitude": np.where(unlocated, np.nan, place.latitude),
        "town": place.town.astype(np.uint16),
        "zone": place.zone.astype(np.int16),
        "trade": _draw(rng, shares, size),
        "level": rng.integers(0, _LEVELS, size, dtype=np.uint8),
        "visibility": _draw(rng, np.array(_VISIBILITY_SHARES), size),
        "valid_from": valid_from,
        "valid_until": valid_until,
        "staff": np.exp(3.2 + 1.15 * rng.standard_normal(size, dtype=np.float32)).astype(np.int32),
        "capital_yuan": rng.integers(1, 50_000, size) * 10_000,
    }
    if with_codes:
        block["uscc"] = credit_codes(serial)
    return block


def _draw(rng: np.random.Generator, shares: NDArray[np.float64], size: int) -> NDArray[np.uint8]:
    """Small numbers by share: a table look-up of 16 random bits."""
    table = np.repeat(
        np.arange(len(shares), dtype=np.uint8),
        np.diff(np.round(np.concatenate([[0], np.cumsum(shares / shares.sum())]) * 65_536)).astype(
            np.int64
        ),
    )
    drawn: NDArray[np.uint8] = table[rng.integers(0, 65_536, size, dtype=np.uint16)]
    return drawn


def _spans(rng: np.random.Generator, size: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Days from and until: more of late than long ago, some ended, some never dated."""
    back = rng.random(size, dtype=np.float32) ** 2
    start = (_LAST_DAY - back * (_LAST_DAY - _FIRST_DAY)).astype(np.int32)
    length = rng.integers(200, 4_000, size, dtype=np.int32)
    end = np.where(rng.random(size, dtype=np.float32) < _ENDING_SHARE, start + length, 0)
    undated = rng.random(size, dtype=np.float32) < _UNDATED_SHARE
    start[undated] = 0
    return start, end.astype(np.int32)
