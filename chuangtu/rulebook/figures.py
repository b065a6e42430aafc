"""What a district's plan states of itself: figures as printed, with their source and years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure as a plan prints it, and its target; `is_expected` where the plan says so."""

    zh: str
    en: str
    unit: str
    unit_en: str
    stated: Decimal
    target: Decimal
    is_expected: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """The figures of one document."""

    source: str
    source_en: str
    publisher: str
    publisher_en: str
    published_on: date
    stated_for: int
    target_for: int
    figures: tuple[StatedFigure, ...]


@cache
def find_statement(district: str) -> Statement | None:
    """What the plan of the district with this code states; `None` where no plan was entered."""
    file = files("chuangtu.rulebook") / "stated" / f"{district}.yaml"
    if not (district.isascii() and district.isdigit() and file.is_file()):
        return None
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    figures = tuple(
        StatedFigure(
            zh=each["zh"],
            en=each["en"],
            unit=each["unit"],
            unit_en=each["unit_en"],
            stated=Decimal(each["stated"]),
            target=Decimal(each["target"]),
            is_expected=each.get("expected", False),
        )
        for each in read.pop("figures")
    )
    return Statement(**read, figures=figures)
