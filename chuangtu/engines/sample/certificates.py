"""High-tech enterprise certificates: three years each, renewed or not, from before to now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from chuangtu.engines.sample.choosing import choose
from chuangtu.engines.sample.firms import NEVER, Firms
from chuangtu.engines.sample.model import Ints, Row, Totals, days_between, stream

YEARS = 3
_FIRST_YEAR = 2008  # the first certificates under the rules of 2008
_RENEWED = 0.83
_NEWCOMERS, _MORE_EACH_YEAR = 46, 5
_REVOKED, _MOVED_IN = 0.006, 0.02


@dataclass(frozen=True)
class Certificates:
    """Rows of kind `recognition`, and the enterprises in force at the end of the day."""

    rows: list[Row]
    holders: Ints


def certify(firms: Firms, totals: Totals, seed: int) -> Certificates:
    """Issue certificates so that exactly `hnte` are in force on the day.

    Of their holders exactly `hnte_new` were first certified in the five years before; after the
    day chance decides who renews and who is new, until `totals.until`.
    """
    rng = stream(seed, "certificates")
    day = totals.day
    recent = choose(
        rng,
        firms,
        totals["hnte_new"],
        founded_by=date(totals.flows_since.year - 2, 12, 31),
        there_on=day,
    )
    earlier = choose(
        rng,
        firms,
        totals["hnte"] - totals["hnte_new"],
        founded_by=date(_FIRST_YEAR - 2, 12, 31),
        there_on=day,
        without=recent,
    )
    holders = np.concatenate([recent, earlier])
    issued = _issued_before(rng, totals, holders)
    for year in range(day.year + 1, totals.until.year + 1):
        _renew(rng, firms, issued, year)
        _welcome(rng, firms, issued, year, day)
    # Serial numbers follow the day of issue, as those of an office do.
    rows = sorted(_rows(rng, firms, issued, totals), key=lambda row: row["issued_on"])
    for number, row in enumerate(rows, start=1):
        row["certificate_number"] = f"GR{row['recognition_year']}99{number:06d}"
    return Certificates(rows, holders)


def _issued_before(
    rng: np.random.Generator, totals: Totals, holders: Ints
) -> dict[int, list[int]]:
    """Years of the certificates of each holder, the last one in force on the day."""
    last_year = totals.day.year
    anchors = rng.integers(last_year - YEARS + 1, last_year + 1, len(holders)).tolist()
    since = totals.flows_since.year
    issued: dict[int, list[int]] = {}
    for number, (holder, anchor) in enumerate(zip(holders.tolist(), anchors, strict=True)):
        chain = list(range(anchor, _FIRST_YEAR - 1, -YEARS))[::-1]
        recent = [year for year in chain if year >= since]
        if number < totals["hnte_new"]:
            issued[holder] = recent[rng.integers(0, len(recent)) :]
        else:
            issued[holder] = chain
    return issued


def _renew(
    rng: np.random.Generator, firms: Firms, issued: dict[int, list[int]], year: int
) -> None:
    for holder, years in issued.items():
        ended = int(firms.ended[holder])
        is_there = ended == NEVER or date.fromordinal(ended).year > year
        if years[-1] == year - YEARS and is_there and rng.random() < _RENEWED:
            years.append(year)


def _welcome(
    rng: np.random.Generator, firms: Firms, issued: dict[int, list[int]], year: int, day: date
) -> None:
    count = int(rng.poisson(_NEWCOMERS + _MORE_EACH_YEAR * (year - day.year)))
    held = np.array(list(issued), dtype=np.int64)
    newcomers = choose(
        rng,
        firms,
        count,
        founded_by=date(year - 2, 12, 31),
        there_on=date(year, 12, 31),
        without=held,
    )
    issued.update((each, [year]) for each in newcomers.tolist())


def _rows(
    rng: np.random.Generator, firms: Firms, issued: dict[int, list[int]], totals: Totals
) -> Iterator[Row]:
    for holder, years in issued.items():
        for year in years:
            on = days_between(rng, date(year, 9, 1), date(year, 12, 20), 1)[0]
            if on > totals.until:
                continue
            row: Row = {
                "title": "hnte",
                "holder": firms.codes[holder],
                "level": "national",
                "issuer": "示例认定机构",
                "issued_on": on,
                "recognition_year": year,
                "valid_from": on,
                "valid_until": on.replace(year=year + YEARS),
                "is_example": True,
            }
            yield row | _turn(rng, firms, holder, row, totals)


def _turn(rng: np.random.Generator, firms: Firms, holder: int, row: Row, totals: Totals) -> Row:
    """What befell a certificate: its holder left, closed or came, or it was revoked."""
    first, last = row["valid_from"], row["valid_until"]
    ended = int(firms.ended[holder])
    if first.toordinal() < ended < last.toordinal():
        day = date.fromordinal(ended)
        if firms.has_moved[holder]:
            return {"moved_out_on": day}
        return {"revoked_on": day, "revoked_because": "持有单位注销（示例）"}
    if first > totals.day and rng.random() < _REVOKED:
        day = date.fromordinal(int(rng.integers(first.toordinal() + 90, last.toordinal())))
        if day <= totals.until:
            return {"revoked_on": day, "revoked_because": "复核不符合条件（示例）"}
    if first > totals.day and rng.random() < _MOVED_IN:
        # Certified elsewhere, counted here only from the day its holder came.
        day = date.fromordinal(first.toordinal() + int(rng.integers(60, 700)))
        if day <= totals.until:
            return {"moved_in_on": day}
    return {}
