"""All organizations as the engine compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from chuangtu.apps.registry.models import Name, Resource, Site
from chuangtu.engines.resolve.model import Name as PartyName
from chuangtu.engines.resolve.model import NameKind, Party

_KINDS = {
    "legal": NameKind.LEGAL,
    "variant": NameKind.LEGAL,
    "former": NameKind.FORMER,
    "short": NameKind.SHORT,
    "english": NameKind.ENGLISH,
}
"""A brand is left out: several firms of a group bear one."""


def count_parties() -> int:
    """How many organizations there are."""
    return Resource.objects.filter(kind="organization").count()


def list_parties() -> list[Party]:
    """Every organization of the register, hidden ones too; keys are numbers as text."""
    rows: Iterable[tuple[int, str, str, str, str, str, str, str]] = Resource.objects.filter(
        kind="organization"
    ).values_list(
        "id",
        "name",
        "name_en",
        "town",
        "address",
        "as_organization__uscc",
        "as_organization__industry",
        "as_organization__legal_form",
    )
    names, addresses = _other_names(), _addresses()
    return [
        Party(
            key=str(number),
            names=(
                PartyName(name),
                *((PartyName(name_en, NameKind.ENGLISH),) if name_en else ()),
                *names.get(number, ()),
            ),
            uscc=uscc,
            regions=(town,) if town else (),
            addresses=tuple(filter(None, (address, *addresses.get(number, ())))),
            industry=industry,
            legal_form=legal_form,
        )
        for number, name, name_en, town, address, uscc, industry, legal_form in rows
    ]


def _other_names() -> dict[int, list[PartyName]]:
    found: dict[int, list[PartyName]] = defaultdict(list)
    rows = Name.objects.filter(resource__kind="organization", kind__in=_KINDS).order_by("id")
    for number, kind, text in rows.values_list("resource_id", "kind", "text"):
        found[number].append(PartyName(text, _KINDS[kind]))
    return found


def _addresses() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Site.objects.filter(resource__kind="organization").exclude(address="").order_by("id")
    for number, address in rows.values_list("resource_id", "address"):
        found[number].append(address)
    return found
