"""Choosing which enterprises hold what, without asking one twice."""

from __future__ import annotations

from datetime import date

import numpy as np

from chuangtu.engines.sample.firms import NEVER, Firms
from chuangtu.engines.sample.model import Ints
from chuangtu.engines.sample.words import TRADES


class TooFewFirmsError(ValueError):
    """The sample has too few enterprises for the totals it must show."""


def choose(
    rng: np.random.Generator,
    firms: Firms,
    count: int,
    *,
    founded_by: date,
    there_on: date,
    without: Ints | None = None,
) -> Ints:
    """Indices of `count` different technology enterprises, in no particular order.

    Args:
        rng: chance.
        firms: all enterprises.
        count: how many.
        founded_by: they were founded on this day or before.
        there_on: they had not closed or left by the end of this day.
        without: indices that must not be chosen.

    Raises:
        TooFewFirmsError: the firms that fit are fewer than `count`.
    """
    technical = np.array([each.field != "other" for each in TRADES])[firms.trade]
    fits = technical & (firms.founded <= founded_by.toordinal())
    fits &= (firms.ended == NEVER) | (firms.ended > there_on.toordinal())
    if without is not None:
        fits[without] = False
    there = np.flatnonzero(fits)
    if len(there) < count:
        raise TooFewFirmsError(
            f"{count} enterprises founded by {founded_by} are needed, the sample has {len(there)}."
            " Make more enterprises."
        )
    # Larger firms hold titles more often.
    weight = np.sqrt(firms.staff[there])
    chosen: Ints = rng.choice(there, size=count, replace=False, p=weight / weight.sum())
    return chosen
