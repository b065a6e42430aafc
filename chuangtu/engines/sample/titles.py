"""Titles other than the high-tech certificate: little giants, SRDI, patents, innovation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from chuangtu.engines.sample.choosing import choose
from chuangtu.engines.sample.firms import Firms
from chuangtu.engines.sample.model import Ints, Row, Totals, days_between, stream

_UPGRADED = 12  # cultivated firms that became giants within the five years


@dataclass(frozen=True, slots=True)
class _Later:
    """A title given every year from `since` on: to how many, for how many years."""

    title: str
    level: str
    since: int
    a_year: int
    years: int | None


_LATER = (
    _Later("tech_little_giant", "municipal", 2016, 4, None),
    _Later("tech_little_giant_cultivation", "municipal", 2016, 6, None),
    _Later("district_little_giant_cultivation", "district", 2016, 20, None),
    _Later("patent_pilot", "municipal", 2016, 6, 3),
    _Later("district_patent_demonstration", "district", 2016, 10, 3),
    _Later("tech_sme", "municipal", 2018, 70, 1),
    _Later("srdi_sme", "municipal", 2019, 22, 3),
    _Later("srdi_little_giant", "national", 2019, 4, 3),
    _Later("innovative_sme", "municipal", 2022, 36, 3),
)


def entitle(firms: Firms, totals: Totals, seed: int) -> list[Row]:
    """Give titles so that the counts of the day hold exactly; after it chance decides.

    Little giants are counted ever since they were recognized: their titles do not run out, but
    a cultivated firm that becomes a giant is counted once, as a giant.
    """
    rng = stream(seed, "titles")
    rows = [*_little_giants(rng, firms, totals)]
    for title, level, count in (
        ("district_little_giant_cultivation", "district", totals["district_little_giants"]),
        ("national_innovative", "national", totals["national_innovative"]),
        ("municipal_innovative", "municipal", totals["municipal_innovative"]),
        ("patent_pilot", "municipal", totals["patent_pilots"] * 2 // 3),
        (
            "patent_demonstration",
            "municipal",
            totals["patent_pilots"] - totals["patent_pilots"] * 2 // 3,
        ),
        ("district_patent_demonstration", "district", totals["district_patent_demonstrations"]),
    ):
        chosen = _chosen(rng, firms, totals, count)
        days = days_between(rng, totals.flows_since, totals.day, count)
        rows += [
            _row(firms, each, title, level, on)
            for each, on in zip(chosen.tolist(), days, strict=True)
        ]
    for kind in _LATER:
        rows += _later(rng, firms, totals, kind)
    for number, row in enumerate(rows, start=1):
        row["certificate_number"] = f"SL{row['recognition_year']}99{number:05d}"
    return rows


def _chosen(rng: np.random.Generator, firms: Firms, totals: Totals, count: int) -> Ints:
    founded_by = date(totals.flows_since.year - 1, 12, 31)
    return choose(rng, firms, count, founded_by=founded_by, there_on=totals.until)


def _little_giants(rng: np.random.Generator, firms: Firms, totals: Totals) -> Iterator[Row]:
    """Giants and cultivated firms: the new ones of the five years, and those from before."""
    count = totals["tech_little_giants"]
    giants_new, cultivated_new = totals["little_giants_new"], totals["cultivated_new"]
    before = count - giants_new - cultivated_new
    chosen = choose(
        rng,
        firms,
        count,
        founded_by=date(totals.flows_since.year - 5, 12, 31),
        there_on=totals.until,
    ).tolist()
    since = totals.flows_since
    recent = days_between(rng, since, totals.day, count)
    earlier = days_between(rng, since.replace(year=since.year - 4), _day_before(since), count)
    giants_before = before * 2 // 5
    for number, firm in enumerate(chosen):
        is_giant = number < giants_new + giants_before
        is_new = number < giants_new or number >= count - cultivated_new
        title = "tech_little_giant" if is_giant else "tech_little_giant_cultivation"
        on = recent[number] if is_new else earlier[number]
        yield _row(firms, firm, title, "municipal", on)
        if number < min(_UPGRADED, giants_new):
            row = _row(firms, firm, "tech_little_giant_cultivation", "municipal", earlier[number])
            yield row | {"valid_until": on}


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _later(rng: np.random.Generator, firms: Firms, totals: Totals, kind: _Later) -> Iterator[Row]:
    """A title's newcomers of every year after the day, each firm once."""
    held = np.empty(0, dtype=np.int64)
    for year in range(max(kind.since, totals.day.year + 1), totals.until.year + 1):
        first, last = date(year, 3, 1), min(date(year, 12, 20), totals.until)
        if first > last:
            continue
        chosen = choose(
            rng,
            firms,
            int(rng.poisson(kind.a_year)),
            founded_by=date(year - 3, 12, 31),
            there_on=totals.until,
            without=held,
        )
        # A title that runs for a year can be given to the same firm again.
        held = np.concatenate([held, chosen]) if kind.years != 1 else chosen
        days = days_between(rng, first, last, len(chosen))
        for firm, on in zip(chosen.tolist(), days, strict=True):
            row = _row(firms, firm, kind.title, kind.level, on)
            if kind.years is not None:
                row["valid_until"] = date(year + kind.years, on.month, min(on.day, 28))
            yield row


def _row(firms: Firms, firm: int, title: str, level: str, on: date) -> Row:
    return {
        "title": title,
        "holder": firms.codes[firm],
        "level": level,
        "issuer": "示例认定机构",
        "issued_on": on,
        "recognition_year": on.year,
        "valid_from": on,
        "is_example": True,
    }
