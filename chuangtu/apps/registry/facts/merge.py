"""A row laid over a record: the state that follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from chuangtu.apps.registry.facts.citing import restate
from chuangtu.apps.registry.facts.deriving import FLAG, settle_name
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.parts import PARTS, read_part
from chuangtu.apps.registry.facts.position import Given, to_wgs84
from chuangtu.apps.registry.facts.state import (
    VISIBILITY_CODES,
    State,
    as_json,
    common_fields,
    name_class,
    part_fields,
    stored_fields,
    visibility_of_name,
)
from chuangtu.terms.kind import Field, FieldType
from chuangtu.terms.place import Precision
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer

PUBLIC = "public"
"""The visibility that goes without saying in a state."""
DEGREES = ("longitude", "latitude")
SAME_DEGREES = 6e-10
"""What is written with nine decimals is this near to what it was: 0.07 mm."""
_NO_FIELDS = PARTS | {"statements", FLAG}
PARTY_TYPES = (FieldType.PARTY, FieldType.PARTIES)


def merge(
    kind: str,
    before: State | None,
    values: Mapping[str, Any],
    parties: Mapping[str, Sequence[int]],
    *,
    said_on: date | None,
    blanks_clear: bool,
    names: Mapping[int, str],
    viewer: Viewer = ADMINISTRATOR,
    hidden: Collection[int] = (),
) -> State:
    """The state of a record after a row, without its statements.

    Args:
        kind: name of the kind.
        before: the state so far, `None` for a new record.
        values: the row as it is meant (see `clean`).
        parties: PARTY field → ids of the records meant.
        said_on: the day the row speaks of; a former name ends on it.
        blanks_clear: a blank takes the value away; otherwise it says nothing.
        names: id → name of related records, for records named by them.
        viewer: who gives the row; other names that are hidden from them stay.
        hidden: related records that are hidden from them; one of several stays.
    """
    after = dict(before) if before else {}
    known = frozenset() if blanks_clear else _already_known(after, values)
    known |= frozenset() if blanks_clear else _known_sites(after, values)
    for field in (*common_fields(), *stored_fields(kind)):
        if (
            field.name in values
            and field.name != "name"
            and field.name not in known
            and (field.name != "crs" or _is_own_crs(after, values))
        ):
            _merge_value(after, field.name, values[field.name], blanks_clear)
    for field in part_fields(kind):
        if field.name in values and field.name not in known:
            _merge_part(after, field, values, parties, blanks_clear, (viewer, hidden))
    _merge_lists(after, values)
    for site in after.get("sites", ()):
        is_placed = site[2] is not None and site[3] is not None
        site[5] = site[5] or (Precision.EXACT if is_placed else Precision.NONE).value
    said = values.get("name")
    is_cleared = blanks_clear and "name" in values and not said
    settle_name(kind, before, after, said, names, is_cleared=is_cleared)
    _keep_former_name(kind, before, after, said_on)
    if after.get("visibility") == PUBLIC:
        del after["visibility"]
    return {key: value for key, value in after.items() if value not in (None, "", [])}


def _already_known(before: State, values: Mapping[str, Any]) -> frozenset[str]:
    """Fields of a position that is the one known, told in another system or rounded."""
    known: set[str] = set()
    if "longitude" in before:
        if _is_same_position(before, values):
            known.update(("longitude", "latitude", "crs"))
        if values.get("precision") == Precision.EXACT:
            # A position is exact where nothing else was said.
            known.update({"precision"} - before.keys())
    return frozenset(known)


def _known_sites(before: State, values: Mapping[str, Any]) -> frozenset[str]:
    """Fields of a site's position that is the one known, told in another system or rounded."""
    known: set[str] = set()
    for role, _, x, y, crs, *_ in before.get("sites", ()):
        names = (f"{role}_longitude", f"{role}_latitude")
        said = {part: values.get(name) for part, name in zip(DEGREES, names, strict=True)}
        held = {"longitude": x, "latitude": y, "crs": crs}
        if None not in said.values() and _is_same_position(
            held, {**said, "crs": values.get("crs")}
        ):
            known.update(names)
    placed = {each for each in values if each.endswith("longitude") and values[each] is not None}
    if placed and placed <= known:
        # The system in which the known places are told again is no other one of the record.
        known.add("crs")
    return frozenset(known)


def _is_same_position(before: State, values: Mapping[str, Any]) -> bool:
    (x, y), (known_x, known_y) = to_wgs84([_given(values), _given(before)])
    if x is None or y is None or known_x is None or known_y is None:
        return False
    return abs(x - known_x) < SAME_DEGREES and abs(y - known_y) < SAME_DEGREES


def _given(said: Mapping[str, Any]) -> Given:
    x, y, crs = (said.get(name) for name in ("longitude", "latitude", "crs"))
    return (None if x is None else float(x), None if y is None else float(y), crs)


def _merge_value(after: State, name: str, value: Any, blanks_clear: bool) -> None:
    if value is not None:
        after[name] = float(value) if name in DEGREES else as_json(value)
    elif blanks_clear:
        after.pop(name, None)


def set_statements(before: State | None, after: State, statement: int) -> None:
    """Note in `after` which fields this statement speaks for."""
    if before is None:
        after["statements"] = {"": statement}
        return
    said = dict(before["statements"])
    for key in {*before, *after} - _NO_FIELDS:
        if before.get(key) != after.get(key):
            said[key] = statement
    restate(said, before, after, statement)
    after["statements"] = said


def _is_own_crs(state: State, values: Mapping[str, Any]) -> bool:
    """A row that places only another site does not say in what the own position is given."""
    is_own = values.get("longitude") is not None or "longitude" not in state
    return is_own or not any(each.endswith("_longitude") for each in values)


def _merge_part(
    after: State,
    field: Field,
    values: Mapping[str, Any],
    parties: Mapping[str, Sequence[int]],
    blanks_clear: bool,
    unseen: tuple[Viewer, Collection[int]],
) -> None:
    value = values[field.name]
    if value is None and not blanks_clear:
        return
    if field.type in PARTY_TYPES:
        ids = parties.get(field.name, ())
        held = after.get("relations", [])
        kept = [each for each in held if each[1] in unseen[1] and each[1] not in ids]
        after["relations"] = _replace(held, field.role, ids, 5, kept)
    elif field.type is FieldType.TEXTS:
        held = after.get("names", [])
        kept = [each for each in held if not unseen[0].can_see(visibility_of_name(each))]
        kept = [each for each in kept if each[1] not in (value or ())]
        after["names"] = _replace(held, field.role, value or (), 4, kept)
    else:
        _merge_site(after, field, value, values.get("crs"))


def _replace(
    entries: Iterable[list[Any]],
    role: str | None,
    wanted: Iterable[Any],
    width: int,
    untouched: Iterable[list[Any]],
) -> list[list[Any]]:
    """The entries with those of one role replaced; one that stays keeps its share and span."""
    kept = {each[1]: each for each in entries if each[0] == role}
    others = [each for each in entries if each[0] != role]
    fresh = [kept.get(each, [role, each, *[None] * (width - 2)]) for each in wanted]
    held = [each for each in untouched if each[0] == role]
    return sorted([*others, *fresh, *held], key=_entry_order)


def _entry_order(entry: list[Any]) -> tuple[str, ...]:
    first, second, *rest = entry
    shown = f"{second:020d}" if isinstance(second, int) else str(second)
    return (str(first), shown, *map(str, rest))


def _merge_site(after: State, field: Field, value: Any, crs: str | None) -> None:
    """Lay one of `<role>_address`, `<role>_longitude`, `<role>_latitude` over that site."""
    part = field.name.removeprefix(f"{field.role}_")
    sites = [list(each) for each in after.get("sites", [])]
    site = next((each for each in sites if each[0] == field.role), None)
    if site is None:
        site = [field.role, "", None, None, None, None, None, None]
        sites.append(site)
    place = {"address": 1, "longitude": 2, "latitude": 3}[part]
    site[place] = (value or "") if place == 1 else None if value is None else float(value)
    if place > 1 and value is not None:
        site[4] = crs
    after["sites"] = sorted(
        (each for each in sites if any(part not in (None, "") for part in each[1:])),
        key=_entry_order,
    )


def _merge_lists(after: State, values: Mapping[str, Any]) -> None:
    """Names and sites given as lists stand for all there are; relations for all of their roles."""
    for name in PARTS & values.keys():
        given = [
            [_part_value(key, value) for key, value in each.items()]
            for each in read_part(name, values[name])
        ]
        roles = {each[0] for each in given}
        others = [e for e in after.get(name, []) if name == "relations" and e[0] not in roles]
        after[name] = sorted([*others, *given], key=_entry_order)


def _part_value(key: str, value: Any) -> Any:
    if key == "share":
        return None if value is None else f"{Decimal(str(value)):.6f}"
    if key in DEGREES:
        return None if value is None else float(value)
    if key == "address":
        return value or ""
    return as_json(value)


def _keep_former_name(kind: str, before: State | None, after: State, said_on: date | None) -> None:
    """An organization that takes another name stays to be found by the one it had."""
    if kind != "organization" or not before or name_key(before["name"]) == name_key(after["name"]):
        return
    known = {name_key(each[1]) for each in after.get("names", [])}
    if name_key(before["name"]) not in known:
        # Who may not see the record as it was may not learn what it was called.
        seen_by = VISIBILITY_CODES[before.get("visibility", PUBLIC)]
        former = ["former", before["name"], None, as_json(said_on), *name_class(seen_by)]
        after["names"] = sorted([*after.get("names", []), former], key=_entry_order)
