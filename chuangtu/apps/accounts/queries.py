"""Who is asking."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from chuangtu.apps.accounts.facts import Account, account_of
from chuangtu.apps.accounts.models import Person
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import VISITOR, Role, Viewer


def viewer_of(person: Any) -> Viewer:
    """The viewer a signed-in person is; anyone else is a visitor."""
    if isinstance(person, Person) and person.is_active and (settings.DEMO or not person.is_demo):
        if person.is_superuser:
            return Viewer(Role.ADMINISTRATOR)
        return Viewer(Role(person.role))
    return VISITOR


def list_demo_people() -> list[Person]:
    """The demonstration accounts, for one-click sign-in; none outside a demonstration."""
    if not settings.DEMO:
        return []
    return list(Person.objects.filter(is_demo=True, is_active=True).order_by("id"))


def find_demo_person(username: str) -> Person | None:
    """One demonstration account by name; none outside a demonstration."""
    return next((each for each in list_demo_people() if each.username == username), None)


def signature(person: Any) -> str:
    """How a person is named in the journal: the full name, and the account that is unique."""
    account = str(person.get_username())
    name = str(person.get_full_name()).strip()
    return f"{name}（{account}）"[:150] if name else account


def is_account(username: str) -> bool:
    """Say whether somebody signs in by this name."""
    return Person.objects.filter(username=username).exists()


def list_accounts(words: str, *, start: int, limit: int) -> list[Account]:
    """Accounts whose name, or whose person's, has these words; all without any."""
    people = _with(words).order_by("username")[start : start + limit]
    return [account_of(each) for each in people]


def count_accounts(words: str) -> int:
    """How many accounts have these words."""
    return _with(words).count()


def get_account(number: int) -> Account:
    """One account.

    Raises:
        NotVisibleError: there is none of this number.
    """
    person = Person.objects.filter(pk=number).first()
    if person is None:
        raise NotVisibleError("没有这个账号。", "There is no such account.")
    return account_of(person)


def _with(words: str) -> QuerySet[Person]:
    people = Person.objects.all()
    for each in words.replace("\0", "").split()[:8]:
        said = (
            Q(username__icontains=each)
            | Q(first_name__icontains=each)
            | Q(last_name__icontains=each)
        )
        people = people.filter(said)
    return people
