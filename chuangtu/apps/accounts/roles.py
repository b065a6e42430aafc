"""The roles there are: one line each says what people see of it. Another role is another line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from chuangtu.terms.viewer import Role


@dataclass(frozen=True, slots=True)
class RoleSaid:
    """A role in the words of the interface: its name, and what it may do."""

    role: Role
    name: Any
    may: Any


ROLES = (
    RoleSaid(Role.VISITOR, _("访客"), _("只看公开内容")),
    RoleSaid(Role.OFFICER, _("科委工作人员"), _("查看内部字段，导入和更正记录")),
    RoleSaid(Role.ADMINISTRATOR, _("管理员"), _("另可查看受限字段，管理账号")),
)
SAID = {each.role: each for each in ROLES}
