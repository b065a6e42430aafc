"""Which facets, numbers and days there are, derived from the declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.rulebook.lists import choices, industry
from chuangtu.terms.kind import Choice, Field, FieldType
from chuangtu.terms.viewer import Visibility

SECTION = "_section"
"""A facet of an industry is its division; with this suffix, its section."""
LISTED = frozenset({FieldType.CODES})
SINGLE = frozenset(
    {FieldType.CODE, FieldType.BOOLEAN, FieldType.INDUSTRY, FieldType.TOWN, FieldType.AREA}
)
NUMERIC = frozenset({FieldType.INTEGER, FieldType.DECIMAL})


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """One facet.

    Attributes:
        name: in addresses and the API.
        zh: label in Chinese.
        en: label in English.
        choices: its values; empty where they come from the district (towns, zones).
        visibility: who may filter by it.
        kinds: the kinds that have it; empty for every kind.
        is_list: a record may have several values.
    """

    name: str
    zh: str
    en: str
    choices: tuple[Choice, ...]
    visibility: Visibility
    kinds: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True, slots=True)
class RangeSpec:
    """One number or day that takes a range; `scale` is its decimal places."""

    name: str
    zh: str
    en: str
    unit: str | None
    unit_en: str | None
    scale: int
    visibility: Visibility
    kinds: tuple[str, ...]
    grouped: bool


@cache
def facet_specs() -> Mapping[str, FacetSpec]:
    """Every facet but `kind`, in the order of the declarations, common ones first."""
    found: dict[str, FacetSpec] = {}
    for kinds, field in _declared(lambda field: field.facet):
        for spec in _facets_of(field, kinds):
            held = found.get(spec.name)
            found[spec.name] = spec if held is None else _joined(held, spec)
    return found


@cache
def number_specs() -> Mapping[str, RangeSpec]:
    """Every number that takes a range."""
    return _ranges(lambda field: field.ranged and field.type in NUMERIC)


@cache
def day_specs() -> Mapping[str, RangeSpec]:
    """Every day that takes a range."""
    return _ranges(lambda field: field.ranged and field.type is FieldType.DATE)


def _declared(wanted: Callable[[Field], bool]) -> Iterable[tuple[tuple[str, ...], Field]]:
    """The wanted fields, each with the kinds it is declared for (none: every kind)."""
    yield from (((), field) for field in COMMON if wanted(field))
    for kind in KINDS.values():
        yield from (((kind.name,), field) for field in kind.fields if wanted(field))


def _facets_of(field: Field, kinds: tuple[str, ...]) -> Iterable[FacetSpec]:
    values, is_list = field.choices, field.type in LISTED
    if field.type is FieldType.BOOLEAN:
        values = choices("boolean")
    if field.type is FieldType.INDUSTRY:
        values = industry().divisions
        yield FacetSpec(
            field.name + SECTION,
            f"{field.zh}（门类）",
            f"{field.en} (section)",
            industry().sections,
            field.visibility,
            kinds,
            False,
        )
    yield FacetSpec(field.name, field.zh, field.en, values, field.visibility, kinds, is_list)


def _joined(one: FacetSpec, other: FacetSpec) -> FacetSpec:
    """One facet for a field of the same name in several kinds."""
    codes = {each.code for each in one.choices}
    more = tuple(each for each in other.choices if each.code not in codes)
    return FacetSpec(
        one.name,
        one.zh,
        one.en,
        (*one.choices, *more),
        max(one.visibility, other.visibility),
        _all_kinds(one.kinds, other.kinds),
        one.is_list or other.is_list,
    )


def _ranges(wanted: Callable[[Field], bool]) -> Mapping[str, RangeSpec]:
    found: dict[str, RangeSpec] = {}
    for kinds, field in _declared(wanted):
        scale = field.scale if field.type is FieldType.DECIMAL else 0
        held = found.get(field.name)
        if held is not None:
            kinds, scale = _all_kinds(held.kinds, kinds), max(held.scale, scale)
        found[field.name] = RangeSpec(
            field.name,
            held.zh if held else field.zh,
            held.en if held else field.en,
            field.unit,
            field.unit_en,
            scale,
            max(held.visibility, field.visibility) if held else field.visibility,
            kinds,
            field.grouped,
        )
    return found


def _all_kinds(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Kinds of both; none means every kind."""
    return tuple(dict.fromkeys((*one, *other))) if one and other else ()
