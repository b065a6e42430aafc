"""Rows of the register. A file here with a `Detail` is the table of a kind.

The model of a kind bears the kind's name without underscores: `rd_body` → `RdBody`.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from chuangtu.apps.registry.models.detail import Detail
from chuangtu.apps.registry.models.resource import Name, Relation, Resource, Site
from chuangtu.apps.registry.models.source import Source, Statement

__all__ = ["Detail", "Name", "Relation", "Resource", "Site", "Source", "Statement", "detail_model"]

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")


def detail_model(kind: str) -> Any:
    """The table of a kind's own fields."""
    return _MODELS[kind.replace("_", "")]


_MODELS = {each._meta.model_name: each for each in Detail.__subclasses__()}
