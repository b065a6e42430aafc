"""Making people and changing what they may do."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.journal import actions as journal
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Role

DEMO_PASSWORD = "zhanshi-2016"
_DEMO_PEOPLE = (
    ("demo-officer", "示例工作人员", Role.OFFICER),
    ("demo-admin", "示例管理员", Role.ADMINISTRATOR),
)


class AccountError(ChuangtuError):
    """An account that cannot be made or changed."""


@transaction.atomic
def grant(
    *, username: str, role: Role, name: str = "", password: str = "", by: str, at: datetime
) -> bool:
    """Give an account a role, effective at its next request; make the account if there is none.

    Args:
        username: of the account.
        role: what it may see and do from now on; a visitor's is none.
        name: the person's full name; empty leaves what there is.
        password: of a new account; that of one that is there is not touched.
        by: who grants it.
        at: the moment.

    Returns:
        Whether the account is new.

    Raises:
        AccountError: a demonstration account, a name no account can have, a weak password.
    """
    person = Person.objects.select_for_update().filter(username=username).first()
    if person is not None and person.is_demo:
        raise AccountError(
            f"“{username}”是演示账号，口令是公开的，不能授予权限。请另开账号。",
            f"'{username}' is a demonstration account with a published password and is given"
            " nothing. Make another account.",
        )
    before = None if person is None else _said_of(person)
    changed = person or Person(username=username)
    changed.role = role
    changed.first_name = name or changed.first_name
    if person is None:
        _set_password(changed, password)
    changed.save()
    after = _said_of(changed)
    if after != before:
        change = journal.Change("accounts.Person", str(changed.pk), before, after)
        journal.write(changes=[change], why="action", act=f"grant-{username}", by=by, at=at)
    return person is None


def _said_of(person: Person) -> dict[str, object]:
    return {"username": person.username, "name": person.first_name, "role": str(person.role)}


def _set_password(person: Person, password: str) -> None:
    try:
        person.clean_fields(exclude=["password"])
    except ValidationError as fault:
        raise AccountError(
            f"账号“{person.username}”没有建立：名称只能有文字、数字和 @.+-_，最多 150 个字。",
            f"The account '{person.username}' was not made: a name has letters, digits and"
            " @ . + - _ only, 150 at most.",
        ) from fault
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise AccountError(
            f"账号“{person.username}”没有建立：口令至少 8 个字符，不能全是数字，不能是常见口令，"
            "也不能与名称相近。",
            f"The account '{person.username}' was not made: a password has at least 8 characters,"
            " not only digits, and is neither a common one nor like the name.",
        ) from fault
    person.set_password(password)


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
