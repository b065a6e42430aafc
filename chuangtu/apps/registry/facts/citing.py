"""Which source speaks for what: the keys of a record's `statements` and `sources`.

| key | speaks for |
|---|---|
| `staff_count` | a field, by its name |
| `names.brand`, `names.brand.<text>` | the other names of a kind, and one of them |
| `relations.member`, `relations.member.<id>` | the relations of a role, and one of them |
| `sites.registered`, `sites.registered.<address>` | address and span of the sites of a role |
| `positions.registered`, `positions.registered.<address>` | where those sites are |
| `names`, `relations`, `sites` | the whole list, as records were once written |
| the empty key | all that no other key speaks for |

The most special key holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

WHOLE_LISTS = {
    "names": "names",
    "relations": "relations",
    "sites": "sites",
    "positions": "sites",
}
"""Part → the key that once spoke for the whole list."""
OWN_POSITION = frozenset({"longitude", "latitude", "crs", "precision"})
Cited = tuple[str, str, str]
"""Part, role or kind, and which one: what a key of a list speaks for."""


def key_of(sources: Collection[str], cited: Cited) -> str:
    """The key that speaks for one entry of a list."""
    part, role, which = cited
    for key in (f"{part}.{role}.{which}", f"{part}.{role}", WHOLE_LISTS[part]):
        if key in sources:
            return key
    return ""


def cited_name(name: Mapping[str, Any]) -> Cited:
    """How a name of a payload is cited."""
    return "names", name["kind"], name["text"]


def cited_relation(relation: Mapping[str, Any]) -> Cited:
    """How a relation of a payload is cited."""
    return "relations", relation["role"], str(relation["id"])


def cited_site(site: Mapping[str, Any]) -> Cited:
    """How address and span of a site of a payload are cited."""
    return "sites", site["role"], site["address"]


def cited_position(site: Mapping[str, Any]) -> Cited:
    """How the position of a site of a payload is cited."""
    return "positions", site["role"], site["address"]


def sources_shown(payload: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """The sources of a payload that speak for something in the part of it that is shown."""
    sources: dict[str, Any] = payload["sources"]
    if len(sources) == 1 and "" in sources:
        return sources  # it speaks at least for the name
    partly = {
        name
        for name in ("names", "relations")
        if len(shown.get(name, ())) < len(payload.get(name, ()))
    }
    # What once spoke for a whole list may speak for the hidden part of it.
    known = sources.keys() - partly
    needed = {each if each in known else "" for each in _fields_shown(shown)}
    needed.update(key_of(known, each) for each in _entries_shown(shown))
    return {key: each for key, each in sources.items() if key in needed}


def _fields_shown(shown: Mapping[str, Any]) -> Iterator[str]:
    yield "name"
    for name in shown["values"]:
        is_borrowed = name == "precision" or (name == "town" and "town_of" in shown)
        if not is_borrowed:
            yield name
    if "given" in (shown.get("position") or ()):
        yield from OWN_POSITION


def _entries_shown(shown: Mapping[str, Any]) -> Iterator[Cited]:
    yield from map(cited_name, shown.get("names", ()))
    yield from map(cited_relation, shown.get("relations", ()))
    for site in shown.get("sites", ()):
        if site["address"] or site["since"] or site["until"]:
            yield cited_site(site)
        if site["longitude"] is not None:
            yield cited_position(site)
