"""What can be asked, and how each name and value is called: all of it from the declarations."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from django.conf import settings

from chuangtu.apps.places import queries as places
from chuangtu.apps.places.codes import MADE_CODE
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.queries import RangeSpec
from chuangtu.apps.snapshots.facts import Layout
from chuangtu.apps.snapshots.titles import HOLDS, TITLE
from chuangtu.terms.kind import UNKNOWN, Choice
from chuangtu.terms.viewer import Viewer, Visibility
from chuangtu.terms.vocabulary import Vocabulary

AREA = "area"
"""The facet of all towns, zones and parks a record lies in; asked as a place, not as a facet."""
KIND = "kind"
AREAS_TIMES = 25
"""Where no area changed, their names are read anew so many times less often than records."""
HOLDS_NAMES = ("现持资质", "Title held")
UNKNOWN_NAMES = ("未填写", "Not stated")
PLACED = (AREA, "zone")
"""Facets of areas, which may leave the map; what left it is answered, but not offered."""
LEFT_NAMES = ("已不在地图上的区域", "An area no longer on the map")


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its names."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class DescribedFacet:
    """One facet: `values` is None where any value may be asked; `kinds` are those that have it."""

    name: str
    zh: str
    en: str
    values: tuple[Value, ...] | None
    kinds: tuple[str, ...]

    @cached_property
    def _names(self) -> dict[str, tuple[str, str]]:
        return {each.code: (each.zh, each.en) for each in self.values or ()}

    def names_of(self, code: str) -> tuple[str, str]:
        """A value's names, Chinese and English; a code without a name is its own name."""
        other = LEFT_NAMES if self.name in PLACED else (code, code)
        return self._names.get(code) or (UNKNOWN_NAMES if code == UNKNOWN else other)

    def offers(self, code: str) -> bool:
        """Say whether the value is one to choose: not an area that left the map."""
        return self.name not in PLACED or code == UNKNOWN or code in self._names


@dataclass(frozen=True, slots=True)
class DescribedRange:
    """One number or day that takes a range."""

    name: str
    zh: str
    en: str
    is_day: bool
    unit: str
    unit_en: str
    kinds: tuple[str, ...]
    is_grouped: bool


@dataclass(frozen=True)
class Described:
    """Everything a viewer may ask about."""

    kinds: tuple[Value, ...]
    facets: tuple[DescribedFacet, ...]
    ranges: tuple[DescribedRange, ...]
    left: frozenset[str] = frozenset()
    """Codes of areas that there are or were; for visitors only those that there are."""

    @cached_property
    def area_codes(self) -> frozenset[str]:
        """Codes of all areas that can be asked for."""
        return frozenset(
            value.code for each in self.facets if each.name == AREA for value in each.values or ()
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The same for the reader of parameters."""
        return Vocabulary(
            kinds=frozenset(each.code for each in self.kinds),
            facets={
                each.name: None
                if each.values is None
                else frozenset(
                    {UNKNOWN, *(value.code for value in each.values)}
                    | (self.left if each.name in PLACED else frozenset())
                )
                for each in self.facets
                if each.name != AREA
            },
            numbers=frozenset(each.name for each in self.ranges if not each.is_day),
            days=frozenset(each.name for each in self.ranges if each.is_day),
            areas=self.area_codes | self.left,
            placed=frozenset(PLACED),
            made=MADE_CODE,
        )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a class of viewers may ask about, with the area change it knows, and when."""

    described: Described
    areas: int
    read: float
    checked: float


_described: dict[Visibility, _Kept] = {}


@cache
def layout() -> Layout:
    """The columns every snapshot has."""
    facets = registry.facet_specs()
    lists = {AREA, *(name for name, each in facets.items() if each.is_list)}
    return Layout(
        kinds=tuple(KINDS),
        facets=tuple(sorted(name for name in facets if name not in lists and name != KIND)),
        lists=tuple(sorted(lists)),
        numbers=tuple(
            sorted((name, each.scale) for name, each in registry.number_specs().items())
        ),
        days=tuple(sorted(registry.day_specs())),
        orders=("name", "newest"),
    )


def describe(viewer: Viewer, *, anew: bool = False) -> Described:
    """Everything this viewer may ask about.

    Whether an area changed is asked as often as whether a record did; with `anew` at once, for
    who was told of an area in this very moment.
    """
    kept, moment = _described.get(viewer.sees), time.monotonic()
    wait = settings.SNAPSHOT_CHECK_MS / 1e3
    if kept is None or anew or moment - kept.checked >= wait:
        areas = places.last_change()
        is_new = kept is None or areas != kept.areas or moment - kept.read >= wait * AREAS_TIMES
        if kept is None or is_new:
            kept = _Kept(_describe(viewer), areas, moment, moment)
        _described[viewer.sees] = kept = replace(kept, checked=moment)
    return kept.described


def _describe(viewer: Viewer) -> Described:
    kinds = tuple(
        Value(each.name, each.zh, each.en)
        for each in KINDS.values()
        if viewer.can_see(each.visibility)
    )
    return Described(
        kinds=kinds,
        facets=(_area_facet(), *_facets(viewer)),
        ranges=(
            *_ranges(registry.number_specs(), viewer, is_day=False),
            *_ranges(registry.day_specs(), viewer, is_day=True),
        ),
        # Who sees only what is public is not told which codes were once given and left.
        left=places.codes_ever() if viewer.can_see(Visibility.INTERNAL) else frozenset(),
    )


def facets_of(viewer: Viewer) -> dict[str, DescribedFacet]:
    """The facets this viewer may have counted, kind and area among them, by name."""
    described = describe(viewer)
    kind = DescribedFacet(KIND, "种类", "Kind", described.kinds, tuple(KINDS))
    return {each.name: each for each in (kind, *described.facets)}


def _area_facet() -> DescribedFacet:
    values = tuple(Value(each.code, each.zh, each.en) for each in places.area_choices())
    return DescribedFacet(AREA, "区域", "Area", values, tuple(KINDS))


_CHOICES_OF_THE_DISTRICT: Mapping[str, Callable[[], Sequence[Choice]]] = {
    "town": places.town_choices,
    "zone": places.area_choices,
}
"""Facets whose values are places: a declaration without choices is one of these."""


def _facets(viewer: Viewer) -> Iterator[DescribedFacet]:
    for name, spec in registry.facet_specs().items():
        if name not in (AREA, KIND) and viewer.can_see(spec.visibility):
            known = spec.choices or _CHOICES_OF_THE_DISTRICT[name]()
            kinds = spec.kinds or tuple(KINDS)
            values = tuple(map(_value, known))
            yield DescribedFacet(name, spec.zh, spec.en, values, kinds)
            if name == TITLE:
                yield DescribedFacet(HOLDS, *HOLDS_NAMES, values, ("organization",))


def _ranges(
    specs: Mapping[str, RangeSpec], viewer: Viewer, *, is_day: bool
) -> Iterator[DescribedRange]:
    for name, spec in specs.items():
        if viewer.can_see(spec.visibility):
            unit, unit_en, kinds = spec.unit or "", spec.unit_en or "", spec.kinds or tuple(KINDS)
            yield DescribedRange(
                name, spec.zh, spec.en, is_day, unit, unit_en, kinds, spec.grouped
            )


def _value(choice: Choice) -> Value:
    return Value(choice.code, choice.zh, choice.en)
