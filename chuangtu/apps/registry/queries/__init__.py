"""Every reading of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chuangtu.apps.registry.facts.check import Cleaned, clean
from chuangtu.apps.registry.facts.finding import Finding, Findings
from chuangtu.apps.registry.facts.publish import LOCATING, Document, Published
from chuangtu.apps.registry.facts.specs import (
    FacetSpec,
    RangeSpec,
    day_specs,
    facet_specs,
    number_specs,
)
from chuangtu.apps.registry.facts.state import part_seen
from chuangtu.apps.registry.queries.beside import Beside, side_by_side
from chuangtu.apps.registry.queries.misnamed import list_misnamed
from chuangtu.apps.registry.queries.parties import count_parties, list_parties
from chuangtu.apps.registry.queries.past import Past, get_past
from chuangtu.apps.registry.queries.published import count_all, iter_published, published
from chuangtu.apps.registry.queries.records import (
    Link,
    Record,
    SourceNote,
    get_record,
    names_of,
)
from chuangtu.apps.registry.queries.revisions import Revision, history
from chuangtu.apps.registry.queries.succession import find_successor
from chuangtu.apps.registry.queries.unlocated import (
    Unlocated,
    count_unlocated,
    get_unlocated,
    list_unlocated,
)
from chuangtu.apps.registry.resolve.plan import Outcome, Planned
from chuangtu.apps.registry.resolve.preview import match_rows
from chuangtu.apps.registry.resolve.surroundings import look_around
from chuangtu.terms.viewer import Viewer

__all__ = [
    "LOCATING",
    "Beside",
    "Cleaned",
    "Document",
    "FacetSpec",
    "Finding",
    "Findings",
    "Link",
    "Outcome",
    "Planned",
    "Published",
    "RangeSpec",
    "Record",
    "Revision",
    "SourceNote",
    "Past",
    "Unlocated",
    "count_all",
    "count_parties",
    "count_unlocated",
    "get_past",
    "get_unlocated",
    "list_unlocated",
    "side_by_side",
    "find_successor",
    "list_parties",
    "day_specs",
    "facet_specs",
    "get_record",
    "history",
    "iter_published",
    "list_misnamed",
    "look_around",
    "match_rows",
    "names_of",
    "number_specs",
    "part_seen",
    "published",
    "validate",
]


def validate(kind: str, values: Mapping[str, Any], viewer: Viewer) -> Findings:
    """Everything wrong with one row of a kind, judged in the district that is set up."""
    return clean(kind, values, viewer=viewer, around=look_around()).findings
