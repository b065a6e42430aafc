"""Who is asking."""

from __future__ import annotations

from typing import Any

from chuangtu.apps.accounts.models import Person
from chuangtu.terms.viewer import VISITOR, Role, Viewer


def viewer_of(person: Any) -> Viewer:
    """The viewer a signed-in person is; anyone else is a visitor."""
    if isinstance(person, Person) and person.is_active:
        if person.is_superuser:
            return Viewer(Role.ADMINISTRATOR)
        return Viewer(Role(person.role))
    return VISITOR


def list_demo_people() -> list[Person]:
    """The demonstration accounts, for one-click sign-in."""
    return list(Person.objects.filter(username__startswith="demo-").order_by("id"))
