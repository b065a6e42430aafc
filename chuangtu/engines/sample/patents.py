"""Invented patents: applications, grants, lapses, with owners among the enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from chuangtu.engines.sample.firms import NEVER, Firms
from chuangtu.engines.sample.model import Ints, Row, Totals, stream
from chuangtu.engines.sample.words import GIVEN, SURNAMES, TITLE_FORMS, TRADES

# Serial numbers of applications run to about two million a year: nine million is nobody's.
_SERIAL, _PUBLICATION = 9_000_000, 900_000_000
_TERM_YEARS = {"invention": 20, "utility_model": 10, "design": 15}
_KIND_DIGIT = {"invention": "1", "utility_model": "2", "design": "3"}
_KIND_LETTER = {"invention": "B", "utility_model": "U", "design": "S"}
_LAPSE_A_YEAR = 0.035
_OLDEST_GRANT = 2001
_PENDING_SHARE = 0.12
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


@dataclass(frozen=True)
class _Drawn:
    """Patents as columns; days are ordinals, 0 for what has not happened."""

    owner: Ints
    applied: Ints
    granted: Ints
    lapsed: Ints


def apply_for_patents(firms: Firms, totals: Totals, holders: Ints, seed: int) -> list[Row]:
    """Make patents so that on the day exactly `invention_patents` inventions are in force.

    Of them `invention_grants` were granted in the day's year and `hnte_patents` belong to
    `holders`. Others lapsed before, are utility models and designs, or come after the day.
    """
    rng = stream(seed, "patents")
    stock = _stock(rng, firms, totals, holders)
    later = _later(rng, firms, totals)
    rows = _rows(rng, firms, totals, stock, "invention", 0)
    rows += _rows(rng, firms, totals, later, "invention", len(rows))
    for kind, share in (("utility_model", 0.1), ("design", 0.02)):
        count = int(totals["invention_patents"] * share)
        others = _others(rng, firms, totals, count, kind)
        rows += _rows(rng, firms, totals, others, kind, len(rows))
    return rows


def _stock(rng: np.random.Generator, firms: Firms, totals: Totals, holders: Ints) -> _Drawn:
    """Inventions in force on the day: granted by then, lapsing after it or not yet."""
    count, this_year = totals["invention_patents"], totals["invention_grants"]
    year = totals.day.year
    earlier = np.arange(_OLDEST_GRANT, year)
    chances = 1.22 ** (earlier - _OLDEST_GRANT)
    grant_year = np.concatenate(
        [
            np.full(this_year, year),
            rng.choice(earlier, size=count - this_year, p=chances / chances.sum()),
        ]
    )
    grant_year = rng.permutation(grant_year)
    granted = _day_in(rng, grant_year)
    owner = np.empty(count, dtype=np.int64)
    ours = totals["hnte_patents"]
    others = np.setdiff1d(_inventive(firms, totals.day), holders)
    owner[:ours] = _owners(rng, firms, holders, granted[:ours])
    owner[ours:] = _owners(rng, firms, others, granted[ours:])
    applied = granted - rng.integers(500, 1_400, count)
    lapsed = _lapses(rng, applied, np.full(count, totals.day.toordinal()), totals, "invention")
    return _Drawn(owner, applied, granted, lapsed)


def _later(rng: np.random.Generator, firms: Firms, totals: Totals) -> _Drawn:
    """Inventions granted after the day, and applications still waiting."""
    years = np.arange(totals.day.year + 1, totals.until.year + 1)
    count = totals["later_inventions"]
    granted = _day_in(rng, rng.choice(years, size=count))
    applied = granted - rng.integers(500, 1_400, count)
    until = totals.until.toordinal()
    waiting = (granted > until) | (rng.random(count) < _PENDING_SHARE)
    applied[waiting] = until - rng.integers(30, 900, waiting.sum())
    owner = _owners(rng, firms, _inventive(firms, totals.until), applied + 1_200)
    lapsed = _lapses(rng, applied, granted, totals, "invention")
    return _Drawn(
        owner, applied, np.where(waiting, NEVER, granted), np.where(waiting, NEVER, lapsed)
    )


def _others(
    rng: np.random.Generator, firms: Firms, totals: Totals, count: int, kind: str
) -> _Drawn:
    """Utility models and designs of all years, granted within a year."""
    years = np.arange(totals.day.year - 6, totals.until.year)
    granted = _day_in(rng, rng.choice(years, size=count))
    applied = granted - rng.integers(90, 330, count)
    owner = _owners(rng, firms, _inventive(firms, totals.until), granted)
    return _Drawn(owner, applied, granted, _lapses(rng, applied, granted, totals, kind))


def _inventive(firms: Firms, on: date) -> Ints:
    technical = np.array([each.field != "other" for each in TRADES])[firms.trade]
    found: Ints = np.flatnonzero(technical & firms.alive(on))
    return found


def _owners(
    rng: np.random.Generator, firms: Firms, candidates: Ints, granted: Ints
) -> NDArray[np.int64]:
    """Owners founded four years before the grant, few of them with many."""
    order = candidates[np.argsort(firms.founded[candidates], kind="stable")]
    old_enough = np.searchsorted(firms.founded[order], granted - 1_500)
    # Squaring favours the oldest, and one in five owners stands for the heavy ones.
    position = (rng.random(len(granted)) ** 2 * np.maximum(old_enough, 1)).astype(np.int64)
    heavy = rng.random(len(granted)) < 0.5
    position[heavy] = position[heavy] // 5 * 5
    owner: NDArray[np.int64] = order[np.minimum(position, np.maximum(old_enough - 1, 0))]
    return owner


def _day_in(rng: np.random.Generator, year: Ints) -> Ints:
    """A Tuesday or Friday of each year, when patents are published."""
    first = np.array([date(each, 1, 1).toordinal() for each in range(1980, 2100)])
    day = first[year - 1980] + rng.integers(4, 358, len(year))
    day -= np.where(rng.random(len(year)) < 0.5, (day - 2) % 7, (day - 5) % 7)
    tuesday_or_friday: Ints = np.maximum(day, first[year - 1980])
    return tuesday_or_friday


def _lapses(
    rng: np.random.Generator, applied: Ints, not_before: Ints, totals: Totals, kind: str
) -> Ints:
    """Days of lapsing after `not_before`: fees not paid, or the end of the term; 0 for neither."""
    wait = (rng.exponential(1 / _LAPSE_A_YEAR, len(applied)) * 365).astype(np.int64)
    unpaid = not_before + 30 + wait
    end = applied + int(_TERM_YEARS[kind] * 365.25)
    first = np.minimum(unpaid, np.maximum(end, not_before + 1))
    lapsed: Ints = np.where(first <= totals.until.toordinal(), first, NEVER)
    return lapsed


def _rows(
    rng: np.random.Generator, firms: Firms, totals: Totals, drawn: _Drawn, kind: str, start: int
) -> list[Row]:
    count = len(drawn.owner)
    chance = {
        "form": rng.integers(0, len(TITLE_FORMS), count).tolist(),
        "first": rng.integers(0, 1_000, count).tolist(),
        "other": rng.integers(0, 1_000, count).tolist(),
        "person": rng.integers(0, len(SURNAMES) * len(GIVEN), count).tolist(),
    }
    return [
        _row(firms, drawn, kind, index, start + index, {n: c[index] for n, c in chance.items()})
        for index in range(count)
    ]


def _row(
    firms: Firms, drawn: _Drawn, kind: str, index: int, serial: int, chance: dict[str, int]
) -> Row:
    owner = int(drawn.owner[index])
    trade = firms.trade_of(owner)
    product = trade.products[chance["first"] % len(trade.products)]
    other = TRADES[chance["other"] % len(TRADES)].products[0]
    applied = date.fromordinal(int(drawn.applied[index]))
    title = TITLE_FORMS[chance["form"]].format(product=product, other=other)
    surname, given = divmod(chance["person"], len(GIVEN))
    return {
        "name": product if kind == "design" else title,
        "patent_type": kind,
        "application_number": _application_number(applied.year, kind, _SERIAL + serial),
        "owners": (firms.codes[owner],),
        "inventors": (f"{SURNAMES[surname]}{GIVEN[given]}（示例）",),
        "ipc": () if kind == "design" else (f"{trade.ipc}{1 + chance['first'] % 60}/00",),
        "applied_on": applied,
        "technology_field": trade.field,
        "is_example": True,
    } | _status(drawn, kind, index, serial)


def _status(drawn: _Drawn, kind: str, index: int, serial: int) -> Row:
    """What has become of it, with the day it became so."""
    granted, lapsed = int(drawn.granted[index]), int(drawn.lapsed[index])
    applied = int(drawn.applied[index])
    if granted == NEVER:
        on = date.fromordinal(applied + 20)
        return {"patent_status": "examination", "status_on": on}
    row: Row = {
        "granted_on": date.fromordinal(granted),
        "publication_number": f"CN{_PUBLICATION + serial}{_KIND_LETTER[kind]}",
        "patent_status": "granted",
        "status_on": date.fromordinal(granted),
    }
    if lapsed != NEVER:
        is_expired = lapsed >= applied + int(_TERM_YEARS[kind] * 365.25)
        day = date.fromordinal(lapsed)
        row["patent_status"] = "expired" if is_expired else "lapsed"
        row["lapsed_on"] = row["status_on"] = day
    return row


def _application_number(year: int, kind: str, serial: int) -> str:
    """Year, kind, seven digits and the check sign of application numbers (ZC 0006-2003)."""
    digits = f"{year}{_KIND_DIGIT[kind]}{serial:07d}"
    check = sum(int(each) * weight for each, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return f"{digits}.{'X' if check == 10 else check}"
