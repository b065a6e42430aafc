"""Records named in other records: by credit code, by name, or by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.models import Name, Resource, detail_model
from chuangtu.apps.registry.resolve.states import visible_ids
from chuangtu.terms.codes import compact_uscc, find_uscc_fault
from chuangtu.terms.viewer import Viewer

Wanted = tuple[str, str | int]
"""A kind, and the credit code, name or id a record of it is called by."""


def find_parties(wanted: Collection[Wanted], viewer: Viewer) -> dict[Wanted, tuple[int, ...]]:
    """Ids of the records each one may mean: none, one, or several of the same name.

    A name that a record bears now is preferred to one it bore before. A record hidden from the
    viewer is none.
    """
    found = _find_parties(wanted, viewer)
    seen = visible_ids({one for ids in found.values() for one in ids}, viewer)
    return {said: tuple(each for each in ids if each in seen) for said, ids in found.items()}


def _find_parties(wanted: Collection[Wanted], viewer: Viewer) -> dict[Wanted, tuple[int, ...]]:
    found: dict[Wanted, tuple[int, ...]] = {}
    for kind in {kind for kind, _ in wanted}:
        said = [text for of, text in wanted if of == kind]
        by_id = _existing(kind, [each for each in said if isinstance(each, int)])
        by_code = _by_code(kind, [each for each in said if isinstance(each, str)])
        by_name = _by_name(kind, [each for each in said if isinstance(each, str)], viewer)
        for each in said:
            if isinstance(each, int):
                found[kind, each] = (each,) if each in by_id else ()
            else:
                code = by_code.get(compact_uscc(each))
                found[kind, each] = (code,) if code else by_name.get(name_key(each), ())
    return found


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """The names of records."""
    return dict(Resource.objects.filter(id__in=list(ids)).values_list("id", "name"))


def is_code(text: str | int) -> bool:
    """Say whether this is a credit code rather than a name."""
    return isinstance(text, str) and find_uscc_fault(compact_uscc(text)) is None


def _existing(kind: str, ids: list[int]) -> set[int]:
    # Ids from a file may be larger than a column holds.
    fit = [each for each in ids if 0 < each < 2**63]
    return set(Resource.objects.filter(kind=kind, id__in=fit).values_list("id", flat=True))


def _by_code(kind: str, texts: list[str]) -> dict[str, int]:
    codes = {compact_uscc(each) for each in texts if is_code(each)}
    if kind != "organization" or not codes:
        return {}
    rows = detail_model(kind).objects.filter(uscc__in=codes)
    return dict(rows.values_list("uscc", "resource_id"))


def _by_name(kind: str, texts: list[str], viewer: Viewer) -> dict[str, tuple[int, ...]]:
    keys = {name_key(each) for each in texts} - {""}
    if not keys:
        return {}
    now: dict[str, list[int]] = defaultdict(list)
    for key, resource in Resource.objects.filter(kind=kind, name_key__in=keys).values_list(
        "name_key", "id"
    ):
        now[key].append(resource)
    missing = keys - now.keys()
    once: dict[str, set[int]] = defaultdict(set)
    for key, resource in Name.objects.filter(
        resource__kind=kind,
        text_key__in=missing,
        kind__in=("former", "english", "legal", "short"),
        visibility__lte=viewer.sees,
    ).values_list("text_key", "resource_id"):
        once[key].add(resource)
    return {key: tuple(sorted(ids)) for key, ids in (now | once).items()}
