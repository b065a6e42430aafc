"""Keys under which parties meet: two that may be one organisation share at least one."""

from __future__ import annotations

from collections.abc import Iterator

from chuangtu.engines.resolve.codes import repair
from chuangtu.engines.resolve.model import NameParts
from chuangtu.engines.resolve.prepare import Prepared
from chuangtu.engines.resolve.site import Site

_FEWEST_SIGNS = 2


def list_keys(party: Prepared) -> Iterator[str]:
    """Keys of a party: its code, each name, and each name with one sign left out.

    Two names with one slip between them share a text with one sign left out: `ab` and `ac` share
    `a`, `ab` and `abc` share `ab`, `abc` and `acb` share `ac`.
    """
    if party.code.organization:
        yield f"code {party.code.organization}"
    else:
        for each in repair(party.code.text):
            yield f"code {each}"
    for _, parts in party.names:
        yield from _of_name(parts, party.sites)
        if len(parts.brand) >= _FEWEST_SIGNS:
            yield f"brand {parts.brand}"


def list_wishes(party: Prepared) -> Iterator[str]:
    """Keys that a party asks for, beside those it has.

    A name without a legal form may be a brand alone or cut off: it asks for every brand it
    begins with. If all had these keys, all of a brand would meet all.
    """
    for _, parts in party.names:
        if not parts.form and not parts.is_latin:
            for length in range(_FEWEST_SIGNS, len(parts.stem) + 1):
                yield f"brand {parts.stem[:length]}"


def _of_name(parts: NameParts, sites: frozenset[Site]) -> Iterator[str]:
    if parts.is_latin:
        yield f"latin {''.join(parts.words)}"
        return
    stem, tail = parts.stem, parts.branch
    if not stem:
        yield f"place {parts.region}{parts.form}{tail}"
        return
    yield f"{stem}|{tail}"
    # Without its only sign a brand is a trade, which thousands share.
    for at in range(len(parts.brand) == 1, len(stem)):
        yield f"{stem[:at]}{stem[at + 1 :]}|{tail}"
    if parts.region:
        # A slip in the region (上诲) leaves the region in the other's brand.
        text = parts.region_text
        yield f"{text}{stem}|{tail}"
        for at in range(len(text)):
            yield f"{text[:at]}{text[at + 1 :]}{stem}|{tail}"
    for site in sites:
        yield f"site {site.spot} {parts.brand[:2]}"
