"""The history of a record in words: what was done, by whom, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from chuangtu.apps.registry.queries import Revision
from chuangtu.apps.registry.telling import Pairs, Step, Telling

NOT_TOLD = frozenset({"statements", "kind"})


@dataclass(frozen=True, slots=True)
class Line:
    """One change of the record."""

    at: datetime
    by: str
    title: str
    changes: tuple[Step, ...]


def tell(revisions: Sequence[Revision], telling: Telling) -> list[Line]:
    """The changes in words, in the order given."""
    changes = [_changes(each) for each in revisions]
    telling.meet(changes)
    return [
        Line(each.at, each.by, _title(each), telling.tell(changed))
        for each, changed in zip(revisions, changes, strict=True)
    ]


def _title(revision: Revision) -> str:
    verbs = {
        "import": (_("导入时登记"), _("导入时更新"), _("导入时删除")),
        "merge": (_("登记入册"), _("合并时更改"), _("并入另一条记录")),
        "undo": (_("撤销删除"), _("撤销改动"), _("撤销登记")),
    }
    made, changed, gone = verbs.get(revision.why, (_("登记入册"), _("作了更正"), _("从名册删除")))
    if revision.before is None:
        return made
    return gone if revision.after is None else changed


def _changes(revision: Revision) -> Pairs:
    """Name → before and after; nothing when the record came or went as a whole."""
    if revision.before is None or revision.after is None:
        return {}
    before, after = revision.before, revision.after
    return {
        name: (before.get(name), after.get(name))
        for name in dict.fromkeys((*after, *before))
        if name not in NOT_TOLD
    }
