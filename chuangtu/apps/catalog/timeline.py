"""The history of a record in words: what was done, by whom, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chuangtu.apps.catalog.sheet import Words, value_words
from chuangtu.apps.registry.kinds import field_of
from chuangtu.apps.registry.queries import Revision
from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Field, FieldType

Names = Mapping[int | str, str]
NOT_TOLD = frozenset({"statements", "kind"})


@dataclass(frozen=True, slots=True)
class Step:
    """One field of one change; `field` is None for lists of names, sites and relations."""

    field: Field | None
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One change of the record."""

    at: datetime
    by: str
    title: str
    changes: tuple[Step, ...]


def tell(kind: str, revisions: Iterable[Revision], names: Names, *, label: Words) -> list[Line]:
    """The changes in words, in the order given.

    `names` are those of related records by id, and of towns and zones by code.
    """
    return [
        Line(each.at, each.by, _title(each), tuple(_steps(kind, each, names, label)))
        for each in revisions
    ]


def _title(revision: Revision) -> str:
    verbs = {
        "import": (_("导入时登记"), _("导入时更新"), _("导入时删除")),
        "undo": (_("撤销删除"), _("撤销改动"), _("撤销登记")),
    }
    made, changed, gone = verbs.get(revision.why, (_("登记入册"), _("作了更正"), _("从名册删除")))
    if revision.before is None:
        return made
    return gone if revision.after is None else changed


def _steps(kind: str, revision: Revision, names: Names, label: Words) -> Iterable[Step]:
    if revision.before is None or revision.after is None:
        return
    before, after = revision.before, revision.after
    for name in dict.fromkeys((*after, *before)):
        if name in NOT_TOLD or before.get(name) == after.get(name):
            continue
        field = field_of(kind, name)
        lists = {"names": _("其他名称"), "sites": _("场所"), "relations": _("相关记录")}
        yield Step(
            field,
            label(field) if field else lists.get(name, name),
            _words(field, name, before.get(name), names, label),
            _words(field, name, after.get(name), names, label),
        )


def _words(field: Field | None, name: str, value: Any, names: Names, label: Words) -> str:
    if value is None or value == "" or value == []:
        return ""
    if field is not None:
        if field.type in (FieldType.TOWN, FieldType.AREA):
            return names.get(value, str(value))
        return value_words(field, value, label)
    if name == "relations":
        return _("、").join(names.get(each[1], f"#{each[1]}") for each in value)
    if name == "names":
        return _("、").join(str(each[1]) for each in value)
    if name == "sites":
        roles = {each.code: label(each) for each in choices("site_role")}
        return _("；").join(
            f"{roles.get(each[0], each[0])} {each[1] or ''}".strip() for each in value
        )
    return str(value)
