"""Lists of names, sites and relations that programs give beside fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from chuangtu.apps.registry.facts.finding import Finding, shown
from chuangtu.apps.registry.facts.reading import MeaningError, plain
from chuangtu.rulebook.lists import choices
from chuangtu.terms.coordinates import Crs
from chuangtu.terms.place import Precision

PARTS = frozenset({"names", "sites", "relations"})
"""What a row may carry beside fields: lists of mappings."""
_TEXT = 300
_MANY = 2_000


def read_part(name: str, given: Any) -> list[dict[str, Any]]:
    """The entries of a part as they are stored.

    `names`: kind, text, since, until. `sites`: role, address, longitude, latitude, crs,
    precision, since, until. `relations`: role, id, share (0 to 1), since, until.

    Raises:
        MeaningError: an entry means nothing.
    """
    if not isinstance(given, list | tuple) or len(given) > _MANY:
        raise _wrong(name, given)
    return [_entry(name, each) for each in given]


def check_part(name: str, given: Any) -> Iterator[Finding]:
    """What is wrong with a part."""
    try:
        read_part(name, given)
    except MeaningError as error:
        yield Finding(name, shown(given), error.zh, error.en)


def _entry(name: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise _wrong(name, given)
    read: dict[str, Any] = {}
    for key, (accepts, is_needed) in _SHAPES[name].items():
        value = given.get(key)
        if isinstance(value, str):
            value = plain(value)
        if (value is None and is_needed) or (value is not None and not accepts(value)):
            raise _wrong(f"{name}.{key}", value)
        read[key] = value
    if (read.get("longitude") is None) != (read.get("latitude") is None) or (
        read.get("longitude") is not None and read.get("crs") is None
    ):
        raise _wrong(f"{name}.longitude", read.get("longitude"))
    return read


def _wrong(name: str, given: Any) -> MeaningError:
    return MeaningError(
        f"“{name}”的“{shown(given)}”不能使用。请对照接口说明填写。",
        f"'{shown(given)}' of '{name}' cannot be used. Compare what the register's actions take.",
    )


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _TEXT


def _loose_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _TEXT


def _day(value: Any) -> bool:
    return type(value) is date


def _degrees(limit: int) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= limit
    )


def _share(value: Any) -> bool:
    return not isinstance(value, bool | str) and 0 <= value <= 1


def _one_of(name: str) -> Callable[[Any], bool]:
    codes = frozenset(each.code for each in choices(name))
    return lambda value: value in codes


def _id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


_SPAN: dict[str, tuple[Callable[[Any], bool], bool]] = {
    "since": (_day, False),
    "until": (_day, False),
}
_SHAPES: Mapping[str, Mapping[str, tuple[Callable[[Any], bool], bool]]] = {
    "names": {"kind": (_one_of("name_kind"), True), "text": (_text, True), **_SPAN},
    "sites": {
        "role": (_one_of("site_role"), True),
        "address": (_loose_text, False),
        "longitude": (_degrees(180), False),
        "latitude": (_degrees(90), False),
        "crs": (lambda value: value in set(Crs), False),
        "precision": (lambda value: value in set(Precision), False),
        **_SPAN,
    },
    "relations": {
        "role": (lambda value: _text(value) and len(value) <= 32, True),
        "id": (_id, True),
        "share": (_share, False),
        **_SPAN,
    },
}
