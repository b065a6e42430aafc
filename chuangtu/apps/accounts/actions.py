"""Making people and changing what they may do."""

from __future__ import annotations

import secrets
from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.journal import actions as journal
from chuangtu.terms.errors import ChuangtuError, NotVisibleError
from chuangtu.terms.viewer import Role

DEMO_PASSWORD = "zhanshi-2016"
_DEMO_PEOPLE = (
    ("demo-officer", "示例工作人员", Role.OFFICER),
    ("demo-admin", "示例管理员", Role.ADMINISTRATOR),
)

# No letter or digit that is taken for another when it is read out or copied by hand.
_PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


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
    username = Person.normalize_username(username)
    person = Person.objects.select_for_update().filter(username=username).first()
    if person is not None and person.is_demo:
        raise _demo(username)
    before = None if person is None else _said_of(person)
    changed = person or Person(username=username)
    _set_role(changed, role)
    changed.first_name = name or changed.first_name
    if person is None:
        _set_password(changed, password)
    changed.save()
    _write(changed, before, act=f"grant-{username}", by=by, at=at)
    return person is None


@transaction.atomic
def add(
    *, username: str, name: str, role: Role, password: str, asker: int, by: str, at: datetime
) -> int:
    """Make an account for somebody; return its number.

    Raises:
        AccountError: the name is taken or none an account can have, a weak password, or `asker`
            may not.
    """
    _lock_administrators(asker)
    username = Person.normalize_username(username)
    # Two names that differ by capitals only would be mixed up by people.
    if Person.objects.filter(username__iexact=username).exists():
        raise AccountError(
            f"账号“{username}”已经有了，没有另建。请换一个名称，或在列表中找到它再修改。",
            f"There is an account '{username}' already; none was made. Choose another name, or"
            " find it in the list and change it.",
        )
    person = Person(username=username, first_name=name)
    _set_role(person, role)
    _set_password(person, password)
    person.save()
    _write(person, None, act=f"account-add-{person.pk}", by=by, at=at)
    return int(person.pk)


@transaction.atomic
def change_role(*, number: int, role: Role, asker: int, by: str, at: datetime) -> None:
    """Give an account another role, effective at its next request.

    Raises:
        AccountError: one's own role of administrator, a demonstration account, or `asker` may not.
    """
    person = _lock(number, asker)
    if person.pk == asker and role is not Role.ADMINISTRATOR:
        raise AccountError(
            "不能收回自己的管理员角色，否则可能没有人能管理账号。请由另一位管理员来改。",
            "You cannot take away your own role of administrator: nobody might be left who manages"
            " accounts. Another administrator can.",
        )
    before = _said_of(person)
    _set_role(person, role)
    person.save(update_fields=["role", "is_superuser", "is_staff"])
    _write(person, before, act=f"account-role-{person.pk}", by=by, at=at)


@transaction.atomic
def deactivate(*, number: int, asker: int, by: str, at: datetime) -> None:
    """Let an account do nothing from its next request on; what it did stays under its name.

    Raises:
        AccountError: one's own account, a demonstration account, or `asker` may not.
    """
    person = _lock(number, asker)
    if person.pk == asker:
        raise AccountError(
            "不能停用自己的账号，否则可能没有人能管理账号。请由另一位管理员来停用。",
            "You cannot deactivate your own account: nobody might be left who manages accounts."
            " Another administrator can.",
        )
    _set_active(person, False, by=by, at=at)


@transaction.atomic
def activate(*, number: int, asker: int, by: str, at: datetime) -> None:
    """Let a deactivated account sign in again, with the role and password it had.

    Raises:
        AccountError: a demonstration account, or `asker` may not.
    """
    _set_active(_lock(number, asker), True, by=by, at=at)


@transaction.atomic
def set_password(*, number: int, password: str, asker: int, by: str, at: datetime) -> None:
    """Give an account a new password: its sessions end, and it waits for no guesses before.

    Raises:
        AccountError: a weak password, a demonstration account, or `asker` may not.
    """
    person = _lock(number, asker)
    _set_password(person, password)
    person.save(update_fields=["password"])
    AxesProxyHandler.reset_attempts(username=person.username)
    said = _said_of(person)
    change = journal.Change(
        "accounts.Person", str(person.pk), said, said | {"password": "changed"}
    )
    act = f"account-password-{person.pk}"
    journal.write(changes=[change], why="action", act=act, by=by, at=at)


def invent_password() -> str:
    """A password to be told once: 16 signs in groups of four, 79 bits."""
    signs = [secrets.choice(_PLAIN_SIGNS) for _ in range(16)]
    return "-".join("".join(signs[start : start + 4]) for start in range(0, 16, 4))


def _lock_administrators(asker: int) -> dict[int, Person]:
    """Lock all who manage accounts; whoever asks must still be one, so one is always left.

    Of two who take the role from one another at the same moment, the second finds his own gone.
    """
    manages = Q(role=Role.ADMINISTRATOR) | Q(is_superuser=True)
    people = Person.objects.select_for_update().filter(manages, is_active=True).order_by("pk")
    found = {each.pk: each for each in people}
    if asker not in found:
        raise AccountError(
            "您已不是管理员，没有改动任何账号。如需权限，请联系管理员。",
            "You are no administrator any more; no account was changed. Ask an administrator if"
            " you need the right.",
        )
    if found[asker].is_demo:
        raise AccountError(
            "演示账号的口令是公开的，只能查看账号，不能建立或改动。请用正式的管理员账号登录。",
            "A demonstration account has a published password: it looks at accounts, and makes and"
            " changes none. Sign in as an administrator with an account of your own.",
        )
    return found


def _lock(number: int, asker: int) -> Person:
    administrators = _lock_administrators(asker)
    person = administrators.get(number)
    person = person or Person.objects.select_for_update().filter(pk=number).first()
    if person is None:
        raise NotVisibleError("没有这个账号。", "There is no such account.")
    if person.is_demo:
        raise _demo(person.username)
    return person


def _demo(username: str) -> AccountError:
    return AccountError(
        f"“{username}”是演示账号，口令是公开的，不能授予权限。请另开账号。",
        f"'{username}' is a demonstration account with a published password and is given"
        " nothing. Make another account.",
    )


def _set_role(person: Person, role: Role) -> None:
    person.role = role
    if role is not Role.ADMINISTRATOR:
        # Django's own marks would keep what the role takes back.
        person.is_superuser = person.is_staff = False


def _set_active(person: Person, is_active: bool, *, by: str, at: datetime) -> None:
    before = _said_of(person)
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    _write(person, before, act=f"account-active-{person.pk}", by=by, at=at)


def _write(
    person: Person, before: dict[str, object] | None, *, act: str, by: str, at: datetime
) -> None:
    after = _said_of(person)
    if after != before:
        change = journal.Change("accounts.Person", str(person.pk), before, after)
        journal.write(changes=[change], why="action", act=act[:64], by=by, at=at)


def _said_of(person: Person) -> dict[str, object]:
    return {
        "username": person.username,
        "name": person.first_name,
        "role": str(person.role),
        "is_superuser": person.is_superuser,
        "is_active": person.is_active,
    }


def _set_password(person: Person, password: str) -> None:
    zh, en = ("改动", "changed") if person.pk else ("建立", "made")
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
            f"账号“{person.username}”没有{zh}：口令至少 8 个字符，不能全是数字，不能是常见口令，"
            "也不能与名称相近。",
            f"The account '{person.username}' was not {en}: a password has at least 8 characters,"
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
