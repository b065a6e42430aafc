"""Where the words of a search stand in what a viewer sees of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.engines.search.highlight import highlight
from chuangtu.terms.kind import FieldType

_IN_THEIR_PLACE = ("name", "address")
"""Shown in every list: their spans alone. Others bring their text with them."""
_CODED = frozenset({FieldType.CODE, FieldType.CODES, FieldType.PARTY, FieldType.PARTIES})


def marks(item: Mapping[str, Any], words: str) -> dict[str, Any]:
    """What matched, by field: spans of `name` and `address`, `text` and `spans` of others.

    Spans are pairs of the first character and the one after the last.
    """
    found: dict[str, Any] = {}
    for field, text, is_name in _texts(item):
        if field in found or not text:
            continue
        spans = [[each.start, each.end] for each in highlight(text, words, is_name=is_name)]
        if spans:
            found[field] = spans if field in _IN_THEIR_PLACE else {"text": text, "spans": spans}
    return found


def _texts(item: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Field, text and whether it is a name."""
    yield "name", item["name"], True
    for name in item.get("names", ()):
        yield f"names.{name['kind']}", name["text"], True
    for field in _searched(item["kind"]):
        value = item["values"].get(field)
        if isinstance(value, str):
            yield field, value, field == "name_en"
    for other in item.get("relations", ()):
        yield f"relations.{other['role']}", other["name"], False
    for site in item.get("sites", ()):
        yield f"sites.{site['role']}", site["address"], False


@cache
def _searched(kind: str) -> tuple[str, ...]:
    fields = (*COMMON, *KINDS[kind].fields)
    return tuple(
        each.name
        for each in fields
        if each.searched and each.type not in _CODED and each.name != "name"
    )
