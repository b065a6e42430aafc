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

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from chuangtu.terms.kind import Field, FieldType

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


Entry = tuple[str, tuple[Any, ...]]
"""Part of a state, and what is said by one entry of it."""


def restate(
    said: dict[str, int],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    statement: int,
    borrowed: Mapping[Entry, int] = MappingProxyType({}),
) -> None:
    """Note in `said` that what is new in the lists of a state comes from this statement.

    An entry that stood in another record before is said by what said it there: `borrowed`.
    """
    changed = [part for part, of in WHOLE_LISTS.items() if before.get(of) != after.get(of)]
    for part in changed:
        held = {content: _own(said, cited) for cited, content in _entries(part, before)}
        new = {content: each for (of, content), each in borrowed.items() if of == part}
        own = {
            cited: held[content] if content in held else new.get(content, statement)
            for cited, content in _entries(part, after)
        }
        for key in [each for each in said if each.startswith(f"{part}.")]:
            del said[key]
        said.update(_in_few_keys(own, said.get("") if WHOLE_LISTS[part] not in said else None))
    for whole in {WHOLE_LISTS[part] for part in changed} & said.keys():
        parts = [part for part, of in WHOLE_LISTS.items() if of == whole]
        left = (cited for part in parts for cited, _ in _entries(part, after))
        if all(key_of(said, each) != whole for each in left):
            del said[whole]


def borrow(state: Mapping[str, Any]) -> dict[Entry, int]:
    """Which statement speaks for each entry of the lists of a state."""
    said = state["statements"]
    return {
        (part, content): said[key_of(said, cited)]
        for part in WHOLE_LISTS
        for cited, content in _entries(part, state)
    }


def _own(said: Mapping[str, int], cited: Cited) -> int | None:
    """The statement of one entry; `None` where one speaks for the whole list."""
    key = key_of(said, cited)
    return None if key == WHOLE_LISTS[cited[0]] else said.get(key)


def _in_few_keys(own: Mapping[Cited, int | None], unsaid: int | None) -> dict[str, int]:
    """Keys that say this of each entry; `unsaid` goes without saying.

    The commonest statement of a role has the role's key, unless another speaks for some of it.
    """
    by_role: dict[tuple[str, str], dict[Cited, int | None]] = {}
    for cited, statement in own.items():
        by_role.setdefault(cited[:2], {})[cited] = statement
    said: dict[str, int] = {}
    for (part, role), entries in by_role.items():
        common = None if None in entries.values() else _commonest(entries.values(), unsaid)
        if common != unsaid and common is not None:
            said[f"{part}.{role}"] = common
        for (_, _, which), statement in entries.items():
            if statement is not None and statement != common:
                said[f"{part}.{role}.{which}"] = statement
    return said


def _commonest(statements: Iterable[int | None], unsaid: int | None) -> int | None:
    counted = Counter(statements)
    return max(counted, key=lambda each: (counted[each], each == unsaid))


def _entries(part: str, state: Mapping[str, Any]) -> list[tuple[Cited, tuple[Any, ...]]]:
    """Each entry of a list of a state: how it is cited, and what is said by it."""
    entries = state.get(WHOLE_LISTS[part]) or ()
    if part == "sites":
        # Address and span; the rest is a position's.
        return [((part, e[0], e[1]), (*e[:2], *e[6:])) for e in entries if e[1] or any(e[6:])]
    if part == "positions":
        return [((part, e[0], e[1]), (e[0], *e[2:6])) for e in entries if e[2] is not None]
    return [((part, e[0], str(e[1])), tuple(e)) for e in entries]


def keys_of_field(field: Field, payload: Mapping[str, Any], sources: Collection[str]) -> list[str]:
    """The keys that speak for the values of a field, each once; none where it has no value."""
    if field.role is None:
        return [field.name if field.name in sources else ""]
    if field.type in (FieldType.PARTY, FieldType.PARTIES):
        relations = payload.get("relations", ())
        cited = [cited_relation(each) for each in relations if each["role"] == field.role]
    elif field.type is FieldType.TEXTS:
        names = payload.get("names", ())
        cited = [cited_name(each) for each in names if each["kind"] == field.role]
    else:
        of_role = [each for each in payload.get("sites", ()) if each["role"] == field.role]
        is_address = field.name.endswith("_address")
        cited = [(cited_site if is_address else cited_position)(each) for each in of_role]
    return list(dict.fromkeys(key_of(sources, each) for each in cited))


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
