"""Who may import, and which fields they may fill in."""

from __future__ import annotations

from chuangtu.apps.registry.kinds import all_fields
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.kind import Field
from chuangtu.terms.viewer import Role, Viewer


def may_import(viewer: Viewer) -> bool:
    """Say whether this viewer brings files at all."""
    return viewer.role in (Role.OFFICER, Role.ADMINISTRATOR)


def refuse_strangers(viewer: Viewer) -> None:
    """Raise for those who bring no files: for them there are no imports."""
    if not may_import(viewer):
        raise NotVisibleError(
            "导入只对工作人员开放。请用有权限的账号登录。",
            "Importing is for officers. Sign in with an account that may.",
        )


def may_see(viewer: Viewer, role: str) -> bool:
    """Say whether an import that somebody of this role brought may be shown to the viewer.

    A file may hold columns that only its uploader's role may see.
    """
    return viewer.sees >= Viewer(Role(role)).sees


def judging(viewer: Viewer, role: str) -> Viewer:
    """With whose eyes an import brought by this role is read, previewed and written.

    What is found is kept beside the import, for everybody who may see it: nobody's work on it
    may find more than the role that brought it sees.
    """
    return min(viewer, Viewer(Role(role)), key=lambda each: each.sees)


def roles_seen(viewer: Viewer) -> list[str]:
    """The roles whose imports the viewer may see."""
    return [each.value for each in Role if may_see(viewer, each.value)]


def no_such(number: int) -> NotVisibleError:
    """The refusal of an import that is not there."""
    return NotVisibleError(
        f"没有编号为 {number} 的导入。请从导入列表进入。",
        f"There is no import {number}. Choose one from the list of imports.",
    )


def fields_for(kind: str, viewer: Viewer) -> list[Field]:
    """The fields of a kind that this viewer may fill in, in the order people do."""
    return [each for each in all_fields(kind) if viewer.can_see(each.visibility)]
