"""Invented enterprises: names, codes, trades, lives and places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from chuangtu.engines.sample.credit_codes import credit_codes
from chuangtu.engines.sample.model import Floats, Ground, Ints, stream
from chuangtu.engines.sample.scatter import scatter
from chuangtu.engines.sample.words import (
    EXAMPLE,
    FIRST,
    FORM_SHARES,
    FORMS,
    SECOND,
    THIRD,
    TRADES,
    Trade,
)

OLDEST = date(1988, 1, 1)
NEVER = 0
"""The end of a firm that has none."""

# Chance of founding in a year grows about 7 % a year: most firms are young.
_GROWTH = 1.07
_ENDING_SHARE, _MOVING_SHARE = 0.11, 0.3
_NO_POSITION_SHARE, _TOWN_ONLY_SHARE = 0.02, 0.05


@dataclass(frozen=True)
class Firms:
    """Enterprises, one per index; days are ordinals (`date.toordinal()`).

    Attributes:
        names: full legal names, ending with the mark of an example.
        briefs: the distinctive part of each name, unique.
        codes: unified social credit codes.
        trade: index into TRADES.
        founded: day of founding.
        ended: day it was closed or left, `NEVER` while it is there.
        has_moved: it left the district instead of closing.
        town: index into the ground's towns.
        zone: index into the ground's zones, -1 for none.
        precision: `exact`, `town` or `none` by index.
        staff: persons employed.
    """

    names: list[str]
    briefs: list[str]
    codes: list[str]
    trade: Ints
    founded: Ints
    ended: Ints
    has_moved: NDArray[np.bool_]
    town: Ints
    zone: Ints
    longitude: Floats
    latitude: Floats
    precision: NDArray[np.str_]
    staff: Ints

    def __len__(self) -> int:
        """How many enterprises there are."""
        return len(self.names)

    def trade_of(self, index: int) -> Trade:
        """The trade of one enterprise."""
        return TRADES[int(self.trade[index])]

    def alive(self, on: date) -> NDArray[np.bool_]:
        """Which exist on a day."""
        day = on.toordinal()
        there: NDArray[np.bool_] = (self.founded <= day) & (
            (self.ended == NEVER) | (self.ended > day)
        )
        return there


def make_firms(ground: Ground, count: int, until: date, seed: int) -> Firms:
    """Make `count` enterprises founded up to `until`."""
    rng = stream(seed, "firms")
    shares = np.array([each.share for each in TRADES])
    trade = rng.choice(len(TRADES), size=count, p=shares / shares.sum())
    brands = _brands(rng, count)
    founded = _founded(rng, count, until)
    ended, has_moved = _ends(rng, founded, until)
    place = scatter(ground, count, stream(seed, "positions"))
    forms = rng.choice(len(FORMS), size=count, p=FORM_SHARES)
    in_brackets = rng.random(count) < 0.22
    names = [
        _name(ground.city, brand, TRADES[kind].word, FORMS[form], bracketed)
        for brand, kind, form, bracketed in zip(
            brands, trade.tolist(), forms.tolist(), in_brackets.tolist(), strict=True
        )
    ]
    precision = rng.choice(
        ["exact", "town", "none"],
        size=count,
        p=[1 - _NO_POSITION_SHARE - _TOWN_ONLY_SHARE, _TOWN_ONLY_SHARE, _NO_POSITION_SHARE],
    )
    return Firms(
        names=names,
        briefs=[b + TRADES[kind].word for b, kind in zip(brands, trade.tolist(), strict=True)],
        codes=[each.decode() for each in credit_codes(np.arange(count)).tolist()],
        trade=trade,
        founded=founded,
        ended=ended,
        has_moved=has_moved,
        town=place.town,
        zone=place.zone,
        longitude=place.longitude,
        latitude=place.latitude,
        precision=precision,
        staff=np.clip(rng.lognormal(3.2, 1.15, count), 2, 8_000).astype(np.int64),
    )


def _brands(rng: np.random.Generator, count: int) -> list[str]:
    """Three-syllable brands, no two the same."""
    drawn = rng.permutation(len(FIRST) * len(SECOND) * len(THIRD))[:count]
    first, rest = np.divmod(drawn, len(SECOND) * len(THIRD))
    second, third = np.divmod(rest, len(THIRD))
    return [
        FIRST[a] + SECOND[b] + THIRD[c]
        for a, b, c in zip(first.tolist(), second.tolist(), third.tolist(), strict=True)
    ]


def _name(city: str, brand: str, word: str, form: str, bracketed: bool) -> str:
    body = f"{brand}{word}（{city}）{form}" if bracketed else f"{city}{brand}{word}{form}"
    return body.replace("科技科技", "科技").replace("技术技术", "技术") + EXAMPLE


def _founded(rng: np.random.Generator, count: int, until: date) -> Ints:
    years = np.arange(OLDEST.year, until.year + 1)
    chances = _GROWTH ** (years - OLDEST.year)
    year = rng.choice(years, size=count, p=chances / chances.sum())
    first = (year - OLDEST.year) * 1461 // 4 + OLDEST.toordinal()
    founded: Ints = np.minimum(first + rng.integers(0, 365, count), until.toordinal())
    return founded


def _ends(rng: np.random.Generator, founded: Ints, until: date) -> tuple[Ints, NDArray[np.bool_]]:
    """Ends at least two years after founding and before `until`, for a share of the firms."""
    count = len(founded)
    room = until.toordinal() - founded - 730
    ends = (rng.random(count) < _ENDING_SHARE) & (room > 0)
    day = founded + 730 + (rng.random(count) * np.maximum(room, 1)).astype(np.int64)
    has_moved = ends & (rng.random(count) < _MOVING_SHARE)
    return np.where(ends, day, NEVER), has_moved
