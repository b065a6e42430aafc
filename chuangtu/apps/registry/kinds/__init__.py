"""The kinds of record, one declaration file each; a new file here is a new kind.

Form, template, validation, detail page, facets, API schema, export columns and the documentation
come from these declarations and from nowhere else.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from chuangtu.apps.registry.kinds.shared import COMMON
from chuangtu.terms.kind import Field, Kind

__all__ = ["COMMON", "KINDS", "all_fields", "field_of", "kind_of"]


def _discover() -> Mapping[str, Kind]:
    found: list[Kind] = []
    for module in pkgutil.iter_modules(__path__):
        kind = getattr(import_module(f"{__name__}.{module.name}"), "KIND", None)
        if isinstance(kind, Kind):
            found.append(kind)
    found.sort(key=lambda each: each.code)
    return MappingProxyType({each.name: each for each in found})


KINDS: Mapping[str, Kind] = _discover()
"""Every kind by name, in the order people read them."""


def kind_of(name: str) -> Kind:
    """The kind of this name; a KeyError is a mistake of the programmer."""
    return KINDS[name]


def all_fields(kind: str) -> tuple[Field, ...]:
    """Every field of a kind in the order people fill them in: name, own fields, then the rest."""
    first = tuple(each for each in COMMON if each.name in ("name", "name_en"))
    rest = tuple(each for each in COMMON if each.name not in ("name", "name_en"))
    return (*first, *KINDS[kind].fields, *rest)


def field_of(kind: str, name: str) -> Field | None:
    """One field of a kind by name, own or common."""
    return KINDS[kind].by_name.get(name) or _COMMON_BY_NAME.get(name)


_COMMON_BY_NAME = {each.name: each for each in COMMON}
