"""Values that a record shows though they are another's: its holder's place, a site's position.

An export says in a column of its own from whom such values are taken; an import takes the values
of a row that says so for no statement about the row's own record.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A column that says from whom some values are taken; empty where they are the record's own.

    Attributes:
        zh: header in a Chinese file.
        en: header in an English file.
        fields: the values meant.
    """

    zh: str
    en: str
    fields: tuple[str, ...]


POSITION = Borrowed(
    "位置取自", "Position taken from", ("longitude", "latitude", "crs", "precision")
)
TOWN = Borrowed("街镇取自", "Town taken from", ("town",))
BORROWED = {header: each for each in (POSITION, TOWN) for header in (each.zh, each.en)}

KIND_HEADERS = ("种类", "Kind")
"""Header of the column in which an export says of what kind a record is: Chinese, English."""
