"""A party as it is compared: read once, compared often."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chuangtu.engines.resolve.codes import Code, read_code
from chuangtu.engines.resolve.decompose import decompose
from chuangtu.engines.resolve.model import NameKind, NameParts, Party
from chuangtu.engines.resolve.regions import city_of
from chuangtu.engines.resolve.site import Site, read_site

_CODE = re.compile("(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A party with its names taken apart.

    Attributes:
        party: as it was given.
        code: its credit code.
        names: each with what it counts as, without empty ones; at least one is legal. Former
            names out of brackets are among them.
        sites: its addresses.
        cities: codes of the municipalities and prefectures it stands in.
        division: first two digits of its industry, or "".
    """

    party: Party
    code: Code
    names: tuple[tuple[NameKind, NameParts], ...]
    sites: frozenset[Site]
    cities: frozenset[str]
    division: str

    @property
    def has_more(self) -> bool:
        """Whether there are names beside legal ones."""
        return any(kind is not NameKind.LEGAL for kind, _ in self.names)


def prepare(party: Party) -> Prepared:
    """Read a party."""
    names = _read_names(party)
    sites = frozenset(read_site(each) for each in party.addresses if each.strip())
    cities = {city_of(each) for each in party.regions if each}
    cities |= {each.city for each in sites if each.city}
    return Prepared(
        party,
        _code_of(party),
        names,
        sites,
        frozenset(cities),
        "".join(sign for sign in party.industry if sign.isdigit())[:2],
    )


def pool(parties: list[Prepared]) -> Prepared:
    """Records that are one organisation, as one that knows all they know."""
    if len(parties) == 1:
        return parties[0]
    return Prepared(
        parties[0].party,
        next((each.code for each in parties if each.code.organization), parties[0].code),
        tuple(dict.fromkeys(name for each in parties for name in each.names)),
        frozenset().union(*(each.sites for each in parties)),
        frozenset().union(*(each.cities for each in parties)),
        parties[0].division,
    )


def _code_of(party: Party) -> Code:
    """The code of a party; where it has none, a whole one written behind a name."""
    if party.uscc.strip():
        return read_code(party.uscc)
    for each in party.names:
        for met in _CODE.finditer(each.text.upper()):
            code = read_code(met.group())
            if code.is_whole:
                return code
    return Code()


def _read_names(party: Party) -> tuple[tuple[NameKind, NameParts], ...]:
    names: dict[tuple[NameKind, NameParts], None] = {}
    for each in party.names:
        parts = decompose(each.text)
        if parts.text:
            names[each.kind, parts] = None
            for former in parts.former:
                names[NameKind.FORMER, decompose(former)] = None
    legal = [parts for kind, parts in names if kind is NameKind.LEGAL]
    if not legal:
        # The only names there are stand for the party, whatever the file calls them.
        return tuple((NameKind.LEGAL, parts) for _, parts in names)
    if all(parts.is_latin for parts in legal):
        return tuple(names)
    return tuple(
        (NameKind.ENGLISH if kind is NameKind.LEGAL and parts.is_latin else kind, parts)
        for kind, parts in names
    )
