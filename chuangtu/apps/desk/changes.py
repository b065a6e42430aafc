"""What changes on a record, in the page's language: labels for names, names for codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from chuangtu.apps.desk.forms import is_chinese, named
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry import queries as registry
from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Choice, Field, FieldType
from chuangtu.terms.viewer import Viewer

Pairs = Mapping[str, Iterable[Any]]
"""By name of a field or part: the value before and the value after."""


class Telling:
    """Tells changes to one viewer, whose fields these are."""

    def __init__(self, fields: Iterable[Field], viewer: Viewer) -> None:
        self._fields = {each.name: each for each in fields}
        self._viewer = viewer
        self._areas = {each.code: each for each in places.area_choices()}

    def label(self, name: str) -> str:
        """What people call a field or part."""
        parts = {
            "names": _("其他名称"),
            "sites": _("场所"),
            "relations": _("相关记录"),
            "shape": _("边界"),
        }
        return named(self._fields[name]) if name in self._fields else parts.get(name, name)

    def tell(self, changes: Pairs) -> list[dict[str, str]]:
        """The changes that the viewer may see."""
        told = []
        for name, pair in changes.items():
            before, after = (self._words(name, each) for each in pair)
            if before != after:
                told.append({"label": self.label(name), "before": before, "after": after})
        return told

    def _words(self, name: str, value: Any) -> str:
        if value is None or value == []:
            return ""
        if name in self._fields:
            return self._value(self._fields[name], value)
        if name == "shape":
            return _("%(count)s 个点的面") % {"count": value}
        if name == "names":
            return _joined(each[1] for each in value)
        if name == "sites":
            roles = choices("site_role")
            return _joined(f"{_choice(roles, each[0])} {each[1] or ''}".strip() for each in value)
        if name == "relations":
            seen = registry.names_of([each[1] for each in value], self._viewer)
            return _joined(seen[each[1]] for each in value if each[1] in seen)
        return ""  # A field that is not the viewer's to see.

    def _value(self, field: Field, value: Any) -> str:
        if isinstance(value, list):
            return _joined(self._value(field, each) for each in value)
        if isinstance(value, bool):
            return _choice(choices("boolean"), "yes" if value else "no")
        if field.type in (FieldType.TOWN, FieldType.AREA):
            return named(self._areas[value]) if value in self._areas else str(value)
        return _choice(field.choices, str(value))


def _choice(among: Iterable[Choice], code: str) -> str:
    return next((named(each) for each in among if each.code == code), code)


def _joined(words: Iterable[str]) -> str:
    return ("、" if is_chinese() else ", ").join(words)
