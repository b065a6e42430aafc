"""Refusals of the register, told to whom they may be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chuangtu.apps.registry.facts.finding import Finding, Findings
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Relation
from chuangtu.apps.registry.resolve.parties import names_of
from chuangtu.apps.registry.resolve.states import visible_ids
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Viewer


class RefusedError(ChuangtuError):
    """A record cannot be written as it was given; `findings` say what to mend."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        fatal = [each for each in findings if each.is_fatal] or list(findings)
        super().__init__("".join(each.zh for each in fatal), " ".join(each.en for each in fatal))


@dataclass(frozen=True, slots=True)
class Reference:
    """One record, the `subject`, names another by a field that a viewer may see or may not."""

    subject: int
    named: int
    may_be_told: bool = True


def refuse_named(ids: Sequence[int], going: Collection[int], viewer: Viewer) -> None:
    """Raise when one of these is named by a record that is not `going` too."""
    rows = Relation.objects.filter(object_id__in=ids).order_by("id")
    hidden = _hidden_roles(viewer)
    refuse_references(
        [
            Reference(subject, named, (kind, role) not in hidden)
            for subject, named, kind, role in rows.values_list(
                "subject_id", "object_id", "subject__kind", "role"
            )
            if subject not in going
        ],
        viewer,
    )


def refuse_references(found: Sequence[Reference], viewer: Viewer) -> None:
    """Raise when there are any.

    Records that the viewer may not see are not named, nor is it told how many there are.
    """
    if not found:
        return
    seen = visible_ids({one for each in found for one in (each.subject, each.named)}, viewer)
    told = [each for each in found if each.may_be_told and {each.subject, each.named} <= seen]
    named = next((each.named for each in (*told, *found) if each.named in seen), None)
    told = [each for each in told if each.named == named]
    subjects = list(dict.fromkeys(each.subject for each in told))
    names = names_of([*subjects[:1], *([] if named is None else [named])])
    are_others = len({each.subject for each in found}) > len(subjects)
    zh, en = _who(names[subjects[0]] if subjects else "", len(subjects), are_others)
    name = "" if named is None else names[named]
    whom = f"“{name}”" if name else "一条不对您开放的记录"
    whom_en = f"'{name}'" if name else "A record not open to you"
    remedy = "请先处理这些记录。" if subjects else "请交管理员处理。"
    remedy_en = "Deal with those first." if subjects else "Ask an administrator."
    sentence = f"{whom}还被{zh}引用，不能删除。{remedy}"
    raise RefusedError((Finding("", name, sentence, f"{whom_en} is named by {en}. {remedy_en}"),))


def _who(first: str, count: int, are_others: bool) -> tuple[str, str]:
    """Who names a record: the first by name, how many more, and whether there are others still."""
    if not first:
        return "您看不到的记录", "records that you cannot see"
    zh = f"“{first}”" if count == 1 else f"“{first}”等 {count} 条记录"
    en = f"'{first}'" if count == 1 else f"'{first}' and others ({count} in all)"
    if are_others:
        return f"{zh}以及其他您看不到的记录", f"{en}, and by others you cannot see"
    return zh, en


def _hidden_roles(viewer: Viewer) -> set[tuple[str, str | None]]:
    return {
        (kind.name, field.role)
        for kind in KINDS.values()
        for field in kind.fields
        if field.role and not viewer.can_see(field.visibility)
    }
