"""Records as lines of a list: name with what matched, kind, where, what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chuangtu.apps.catalog.words import said, value_name
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.snapshots.declared import Described, DescribedFacet
from chuangtu.terms.kind import FieldType, Kind

MOST_DETAILS = 3
_TELLING = (FieldType.CODE, FieldType.CODES, FieldType.INDUSTRY)
"""Types of fields whose values say what a record is; a yes or no alone says nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record as the list shows it."""

    id: int
    kind: Kind
    name: SafeString
    details: tuple[str, ...]
    address: SafeString
    matched: SafeString
    at: str
    is_example: bool
    is_approximate: bool


def lines(items: Sequence[Mapping[str, Any]], described: Described) -> list[Line]:
    """The records of one page, in their order."""
    facets = {each.name: each for each in described.facets}
    return [_line(item, facets) for item in items]


def _line(item: Mapping[str, Any], facets: Mapping[str, DescribedFacet]) -> Line:
    kind = KINDS[item["kind"]]
    values = item.get("values", {})
    found = item.get("highlights") or {}
    position = item.get("position")
    name = item["name"]
    if said("zh", "en") == "en" and values.get("name_en") and "name" not in found:
        name = values["name_en"]
    return Line(
        id=item["id"],
        kind=kind,
        name=marked(name, found.get("name", ())),
        details=_details(kind, values, facets),
        address=marked(values.get("address") or "", found.get("address", ())),
        matched=_matched(found),
        at=f"{position['longitude']},{position['latitude']}" if position else "",
        is_example=bool(values.get("is_example")),
        is_approximate=values.get("precision") not in (None, "", "exact"),
    )


def _details(
    kind: Kind, values: Mapping[str, Any], facets: Mapping[str, DescribedFacet]
) -> tuple[str, ...]:
    """The kind's first facets and the town, as words: what people tell records apart by."""
    own = [each.name for each in kind.fields if each.type in _TELLING and each.name in facets]
    told = [_value(facets[name], values.get(name)) for name in own[:MOST_DETAILS]]
    town = _value(facets["town"], values.get("town")) if "town" in facets else ""
    return tuple(each for each in (*told, town) if each)


def _value(facet: DescribedFacet, value: Any) -> str:
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, bool):
        # “是” alone would say nothing: the fact's own name does, and a “no” is not worth a word.
        return said(facet.zh, facet.en) if value else ""
    codes = value if isinstance(value, list | tuple) else [value]
    return said("、", ", ").join(_name(facet, str(code)) for code in codes)


def _name(facet: DescribedFacet, code: str) -> str:
    """A value's name; an industry is told by its division, the first two digits of its code."""
    is_class = facet.name == "industry" and len(code) > 2
    return value_name(facet, code[:2] if is_class else code)


def _matched(found: Mapping[str, Any]) -> SafeString:
    """What matched elsewhere than in the name and the address."""
    for name, match in found.items():
        if name not in ("name", "address") and isinstance(match, Mapping):
            return marked(str(match.get("text", "")), match.get("spans", ()))
    return SafeString("")


def marked(text: str, spans: Sequence[Sequence[int]]) -> SafeString:
    """The text with its matches marked; `spans` are starts and ends, ascending.

    >>> marked("闵行区<1>", [[0, 2]])
    '<mark>闵行</mark>区&lt;1&gt;'
    """
    pieces: list[tuple[str, str, str]] = []
    last = 0
    for start, end in spans:
        if not last <= start < end <= len(text):
            continue
        pieces.append((text[last:start], text[start:end], ""))
        last = end
    body = format_html_join("", "{}<mark>{}</mark>{}", pieces)
    return format_html("{}{}", body, text[last:])
