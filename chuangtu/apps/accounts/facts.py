"""An account as pages tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.accounts.roles import SAID, RoleSaid
from chuangtu.terms.viewer import Role


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `role` is what it may do while it is active."""

    id: int
    username: str
    name: str
    role: Role
    is_active: bool
    is_demo: bool
    last_login_at: datetime | None

    @property
    def said(self) -> RoleSaid:
        return SAID[self.role]


def account_of(person: Person) -> Account:
    """Whoever was made with Django's own createsuperuser is an administrator."""
    return Account(
        person.pk,
        person.username,
        person.get_full_name().strip(),
        Role.ADMINISTRATOR if person.is_superuser else Role(person.role),
        person.is_active,
        person.is_demo,
        person.last_login,
    )
