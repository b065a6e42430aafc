"""Making people and changing what they may do."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.journal import actions as journal
from chuangtu.terms.viewer import Role

DEMO_PASSWORD = "zhanshi-2016"
_DEMO_PEOPLE = (
    ("demo-officer", "示例工作人员", Role.OFFICER),
    ("demo-admin", "示例管理员", Role.ADMINISTRATOR),
)


@transaction.atomic
def ensure_demo_people(*, by: str, at: datetime) -> None:
    """Make the demonstration accounts that are missing; those there are left as they are."""
    there = set(Person.objects.filter(is_demo=True).values_list("username", flat=True))
    made = []
    for username, name, role in _DEMO_PEOPLE:
        if username in there:
            continue
        is_staff = role is Role.ADMINISTRATOR
        person = Person(
            username=username, first_name=name, role=role, is_demo=True, is_staff=is_staff
        )
        person.set_password(DEMO_PASSWORD)
        person.save()
        after = {"username": username, "role": role.value, "is_demo": True}
        made.append(journal.Change("accounts.Person", str(person.pk), None, after))
    if made:
        journal.write(changes=made, why="setup", act="demo-people", by=by, at=at)
