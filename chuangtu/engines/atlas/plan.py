"""A Selection bound to the columns of one part, as conditions on rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

import numpy as np

from chuangtu.engines.atlas.condition import AnyOf, Between, Condition, InForce, Never, OneOf
from chuangtu.engines.atlas.model import (
    FAILED,
    UNKNOWN_NUMBER,
    VISIBILITIES,
    Bools,
    Columns,
    NumberColumn,
)
from chuangtu.terms.kind import UNKNOWN
from chuangtu.terms.place import Box, Circle, NamedArea, Polygon
from chuangtu.terms.selection import Range, Selection

_EXACT = Context(prec=100)


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """The conditions of one Selection on one part.

    Attributes:
        tags: the tag of each facet with a filter of its own, where they are told apart.
        conditions: what a row must pass.
        drawn: areas that must all hold the row's position.
    """

    tags: Mapping[str, int]
    conditions: tuple[Condition, ...]
    drawn: tuple[Box | Circle | Polygon, ...]


def plan(columns: Columns, selection: Selection, *, apart: bool) -> Plan:
    """Bind a Selection to columns.

    Args:
        columns: of the base or of the overlay.
        selection: what is asked; its words are left to `Hits`.
        apart: give each facet's own filter a tag, so that its rows can be told apart.

    Returns:
        The conditions. A facet or number that these columns lack is unknown in every row.
    """
    filtered = [*(["kind"] if selection.kinds else []), *selection.facets]
    tags = {name: place for place, name in enumerate(filtered, 1)} if apart else {}
    asked: list[Condition] = [_seen(columns, selection)]
    if selection.kinds:
        asked.append(_kinds(columns, selection.kinds, tags.get("kind", FAILED)))
    if selection.as_of is not None:
        day = selection.as_of.toordinal()
        asked.append(InForce(columns.valid_from, columns.valid_until, day))
    for name, values in selection.facets.items():
        asked.extend(_facet(columns, name, values, tags.get(name, FAILED)))
    for name, span in selection.ranges.items():
        asked.append(_between(columns.numbers.get(name), span))
    for area in selection.areas:
        if isinstance(area, NamedArea):
            asked.extend(_facet(columns, "area", (area.code,), FAILED))
    drawn = tuple(each for each in selection.areas if not isinstance(each, NamedArea))
    return Plan(tags, tuple(asked), drawn)


def _seen(columns: Columns, selection: Selection) -> Condition:
    classes = np.arange(len(columns.kinds) * VISIBILITIES) % VISIBILITIES
    return OneOf(columns.group, classes <= int(selection.viewer.sees), FAILED)


def _kinds(columns: Columns, kinds: tuple[str, ...], tag: int) -> Condition:
    taken = np.array([each in kinds for each in columns.kinds], np.bool_)
    return OneOf(columns.group, np.repeat(taken, VISIBILITIES), tag)


def _facet(
    columns: Columns, name: str, values: tuple[str, ...], tag: int
) -> tuple[Condition, ...]:
    wanted = frozenset(values)
    if name in columns.facets:
        facet = columns.facets[name]
        return (OneOf(facet.codes, _table(facet.values, wanted), tag),)
    if name in columns.lists:
        listed = columns.lists[name]
        return (AnyOf(listed, _table(listed.values, wanted), tag),)
    return () if UNKNOWN in wanted else (Never(tag),)


def _table(values: tuple[str, ...], wanted: frozenset[str]) -> Bools:
    return np.fromiter((each in wanted for each in values), np.bool_, len(values))


def _between(number: NumberColumn | None, span: Range) -> Condition:
    if number is None:
        return Never(FAILED)
    lowest, highest = UNKNOWN_NUMBER + 1, 2**63 - 1
    low, high = lowest, highest
    if span.low is not None:
        low = max(low, _scaled(span.low, number.scale, ROUND_CEILING))
    if span.high is not None:
        high = min(high, _scaled(span.high, number.scale, ROUND_FLOOR))
    return Between(number.values, low, high) if low <= high else Never(FAILED)


def _scaled(bound: Decimal, scale: int, rounding: str) -> int:
    """The nearest whole step inside the bound: exact, never through a float."""
    return int(_EXACT.scaleb(bound, scale).to_integral_value(rounding, _EXACT))
