"""Which record a row means, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from chuangtu.apps.registry.facts.finding import Finding, shown
from chuangtu.apps.registry.facts.identity import (
    Key,
    identity_value,
    number_of,
)
from chuangtu.apps.registry.facts.naming import name_key
from chuangtu.apps.registry.facts.state import State
from chuangtu.apps.registry.kinds import KINDS, field_of
from chuangtu.apps.registry.resolve.states import Held
from chuangtu.terms.kind import FieldType


def who_is_meant(
    kind: str,
    own: State,
    keys: Sequence[Key],
    found: Mapping[int, Held],
    index: Mapping[Key, list[int]],
    former: Mapping[str, int],
) -> tuple[int | None, Finding | None]:
    """The id of the record a row means (`None` for a new one), and a doubt if there is one."""
    for key in keys:
        ids = index.get(key, ())
        if len(ids) > 1:
            return None, _several(kind, own, len(ids))
        if ids:
            return ids[0], _disagreement(kind, own, found[ids[0]][1], key[0])
    bearer = former.get(name_key(own.get("name", "")))
    if bearer is not None:
        return bearer, Finding(
            "name",
            shown(own["name"]),
            f"名录中有单位曾用名为“{shown(own['name'])}”（编号 {bearer}）。"
            "请确认是不是同一单位，或填写统一社会信用代码。",
            f"An organization (number {bearer}) once bore the name '{shown(own['name'])}'. "
            "Say whether it is the same, or give the credit code.",
        )
    return None, None


def taken(
    kind: str,
    own: State,
    keys: Sequence[Key],
    index: Mapping[Key, list[int]],
    meant: int | None,
) -> Finding | None:
    """Another record than the one decided on bears the row's credit code."""
    for number, values in keys:
        group = KINDS[kind].identity[number]
        fields = [field_of(kind, name) for name in group]
        others = [each for each in index.get((number, values), ()) if each != meant]
        if others and any(each and each.type is FieldType.USCC for each in fields):
            return Finding(
                group[0],
                shown(own.get(group[0], "")),
                f"所选的记录不能用这个代码，它属于编号 {others[0]} 的记录。请重新选择。",
                f"The chosen record cannot take this code: record {others[0]} bears it. "
                "Choose again.",
            )
    return None


def _several(kind: str, own: State, count: int) -> Finding:
    name = shown(own.get("name", ""))
    return Finding(
        "name",
        name,
        f"名录中有 {count} 个{KINDS[kind].zh}与“{name}”这一行相符。请补充能区分的编号或代码。",
        f"{count} records of the register agree with '{name}'. "
        "Give a number or code that tells them apart.",
    )


def _disagreement(kind: str, own: State, theirs: State, group: int) -> Finding | None:
    """A surer key that both have and that differs."""
    for names in KINDS[kind].identity[:group]:
        for name in names:
            mine = identity_value(kind, name, own)
            other = identity_value(kind, name, theirs)
            if mine is not None and other is not None and mine != other:
                return _differs(kind, name, own, mine, other)
    return None


def _differs(kind: str, name: str, own: State, mine: Any, other: Any) -> Finding:
    field = field_of(kind, name)
    zh, en = (field.zh, field.en) if field else (name, name)
    title = shown(own.get("name", ""))
    return Finding(
        name,
        shown(mine),
        f"“{title}”与名录中的一条记录相符，但“{zh}”不同：名录为 {shown(other)}，"
        f"文件为 {shown(mine)}。请确认是不是同一个。",
        f"'{title}' agrees with a record whose '{en}' differs: {shown(other)} in the register, "
        f"{shown(mine)} in the file. Say whether it is the same.",
    )


def said_twice() -> Finding:
    """Two rows of one file about one record that do not say the same."""
    return Finding(
        "",
        "",
        "文件前面已有一行说的是同一条记录，但内容不同。请只保留正确的一行。",
        "An earlier row of the file speaks of the same record and says something else. "
        "Keep the right one only.",
    )


def gone() -> Finding:
    """A record somebody decided on is not there any more."""
    return Finding(
        "",
        "",
        "所选的记录已不在名录中。请重新选择。",
        "The chosen record is not in the register any more. Choose again.",
    )


def not_yours(
    kind: str, own: State, keys: Sequence[Key], numbers: Collection[Key]
) -> Finding | None:
    """A code or number of the row is one that a record hidden from whoever brings it bears."""
    borne = (number_of(kind, each[0]) for each in keys if each in numbers) if numbers else ()
    name = next((each for each in borne if each is not None), None)
    if name is None:
        return None
    return Finding(
        name,
        shown(own[name]),
        "这个代码或编号属于一条不对您开放的记录，不能由您写入。请交管理员核对。",
        "This code or number is that of a record not open to you, so you cannot write it. "
        "Ask an administrator.",
    )


def replaces_hidden(
    kind: str, before: State, parties: Mapping[str, Collection[int]], hidden: Collection[int]
) -> Finding | None:
    """The row puts another party, or none, in the place of one hidden from whoever gives it."""
    for field in KINDS[kind].fields:
        if field.type is not FieldType.PARTY or field.name not in parties:
            continue
        held = {each[1] for each in before.get("relations", ()) if each[0] == field.role}
        if held & set(hidden) and held != set(parties[field.name]):
            return Finding(
                field.name,
                "",
                f"“{field.zh}”现为一条不对您开放的记录，不能由您改动。请交管理员处理。",
                f"'{field.en}' is a record not open to you now, so you cannot change it. "
                "Ask an administrator.",
            )
    return None


def changed_since() -> Finding:
    """The record was changed after the preview that was agreed to."""
    return Finding(
        "",
        "",
        "预览之后，这条记录又被改过。请重新预览，核对后再导入。",
        "The record was changed after the preview. Preview again, look, and then apply.",
    )
