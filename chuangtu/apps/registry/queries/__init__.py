"""Every reading of the register."""

from __future__ import annotations

from chuangtu.apps.registry.facts.publish import Document, Published
from chuangtu.apps.registry.facts.specs import (
    FacetSpec,
    RangeSpec,
    day_specs,
    facet_specs,
    number_specs,
)
from chuangtu.apps.registry.queries.published import count_all, iter_published, published

__all__ = [
    "Document",
    "FacetSpec",
    "Published",
    "RangeSpec",
    "count_all",
    "day_specs",
    "facet_specs",
    "iter_published",
    "number_specs",
    "published",
]
