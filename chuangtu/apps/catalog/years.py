"""How many records of a Selection were in force at each year's end."""

from __future__ import annotations

from datetime import date

from chuangtu.apps.snapshots.queries import Answers
from chuangtu.terms.selection import Selection

MOST_YEARS = 30
LEAST_YEARS = 10


def count_years(view: Answers, selection: Selection, today: date) -> list[dict[str, int]]:
    """Count the Selection on the last day of each year; the running year's on today.

    Years before anything changed are left out, but never so that fewer than ten stay.
    """
    first = today.year - MOST_YEARS + 1
    years = range(first, today.year + 1)
    counts = view.count_days(selection, [_end(year, today) for year in years])
    counted = [{"year": year, "count": count} for year, count in zip(years, counts, strict=True)]
    flat = next(
        (at for at, each in enumerate(counted) if each["count"] != counted[0]["count"]),
        len(counted),
    )
    return counted[min(max(flat - 1, 0), MOST_YEARS - LEAST_YEARS) :]


def _end(year: int, today: date) -> date:
    return today if year == today.year else date(year, 12, 31)
