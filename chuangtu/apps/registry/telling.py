"""Values and changes of a record in words: on its page, in its history, before an import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuangtu.apps.places.queries import area_choices
from chuangtu.apps.registry.kinds import all_fields
from chuangtu.apps.registry.queries import names_of
from chuangtu.rulebook.lists import choices, industry
from chuangtu.terms.kind import Choice, Field, FieldType, Kind
from chuangtu.terms.viewer import Viewer

Words = Callable[[Choice | Field], str]
"""The name of a code or field in the reader's language."""
Pairs = Mapping[str, Iterable[Any]]
"""By name of a field or part: the value before and the value after."""


def is_chinese() -> bool:
    """Say whether the page speaks Chinese."""
    return (get_language() or "zh").startswith("zh")


def named(choice: Choice | Field | Kind) -> str:
    """The name of a kind, field or choice in the page's language."""
    return choice.zh if is_chinese() else choice.en


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that changed; `field` is None for names, sites, relations and shapes.

    Figures and days of a field are plain text, for the template to write.
    """

    field: Field | None
    label: str
    before: str
    after: str


class Telling:
    """Tells the changes of records of one kind to one viewer, in the page's language."""

    def __init__(self, kind: str, viewer: Viewer) -> None:
        fields = all_fields(kind)
        self._fields = {each.name: each for each in fields if viewer.can_see(each.visibility)}
        self._viewer = viewer
        self._areas = {each.code: each for each in area_choices()}
        self._partners: dict[int, str] = {}
        self._met: set[int] = set()

    def label(self, name: str) -> str:
        """What people call a field or part."""
        parts = {
            "names": _("其他名称"),
            "sites": _("场所"),
            "relations": _("相关记录"),
            "shape": _("边界"),
        }
        return named(self._fields[name]) if name in self._fields else parts.get(name, name)

    def meet(self, changes: Iterable[Pairs]) -> None:
        """Look up at once all records that many changes relate to."""
        self._meet(value for each in changes for value in each.get("relations", ()))

    def tell(self, changes: Pairs) -> tuple[Step, ...]:
        """The changes that the viewer may see."""
        self.meet([changes])
        told = []
        for name, pair in changes.items():
            before, after = (self._words(name, each) for each in pair)
            if before != after:
                told.append(Step(self._fields.get(name), self.label(name), before, after))
        return tuple(told)

    def tell_both(self, pairs: Mapping[str, tuple[Any, Any]]) -> tuple[tuple[str, Step], ...]:
        """What two records say of each field, by its name, whether it differs or not."""
        self.meet([pairs])
        return tuple(
            (name, Step(self._fields.get(name), self.label(name), *words))
            for name, pair in pairs.items()
            if any(words := tuple(self._words(name, each) for each in pair))
        )

    def _meet(self, relations: Iterable[Any]) -> None:
        met = {each[1] for value in relations for each in value or ()} - self._met
        if met:
            self._partners |= names_of(met, self._viewer)
            self._met |= met

    def _words(self, name: str, value: Any) -> str:
        if value is None or value == "" or value == []:
            return ""
        if name in self._fields:
            return self._value(self._fields[name], value)
        if name == "shape":
            return _("%(count)s 个点的面") % {"count": value}
        if name == "names":
            return _("、").join(each[1] for each in value)
        if name == "sites":
            return _("；").join(_site(*each[:2]) for each in value)
        if name == "relations":
            seen = (self._partners.get(each[1]) for each in value)
            return _("、").join(each for each in seen if each)
        return ""  # A field that is not the viewer's to see.

    def _value(self, field: Field, value: Any) -> str:
        if field.type in (FieldType.TOWN, FieldType.AREA):
            # What left the map is not named: it may be hidden from the reader.
            return named(self._areas[value]) if value in self._areas else ""
        return value_words(field, value, named)


def _site(role: str, address: str | None) -> str:
    return f"{choice_words(choices('site_role'), role, named)} {address or ''}".strip()


def value_words(field: Field, value: Any, label: Words) -> str:
    """One value in words; figures and days stay plain text for the template to write."""
    if isinstance(value, list):
        return _("、").join(value_words(field, each, label) for each in value)
    if field.type is FieldType.BOOLEAN:
        code = "yes" if value in (True, "true", "yes") else "no"
        return choice_words(choices("boolean"), code, label)
    if field.type is FieldType.INDUSTRY:
        return _industry_words(str(value), label)
    return choice_words(field.choices, str(value), label)


def choice_words(among: Iterable[Choice], code: str, label: Words) -> str:
    """The name of a code; the code itself where the list has it no more."""
    return next((label(each) for each in among if each.code == code), code)


def _industry_words(code: str, label: Words) -> str:
    """The code with the name of its division, or of its section."""
    known = {each.code: each for each in (*industry().sections, *industry().divisions)}
    # Finer classes are codes of three or four digits inside a division of two.
    named = known.get(code) or known.get(code[:3]) or known.get(code[:2])
    return f"{code} {label(named)}" if named else code
