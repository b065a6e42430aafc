"""Who waits before trying another password: one who guesses, and an account that is guessed at.

Counted in the database, so that all processes of the platform count together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessFailureLog, AccessLog
from django.db.models import Max, Q
from django.http import HttpRequest

Credentials = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Limit:
    """So many wrong passwords that share a field of the log within so long; then all wait."""

    field: str
    failures: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Wait:
    """Until when no password is looked at, and why: `guesses`, `ip_address` or `username`."""

    why: str
    until: datetime


# One password tried on many accounts: no account of them is guessed at often.
ADDRESS = Limit("ip_address", failures=30, within=timedelta(minutes=15))
# One account tried from many addresses: no address of them guesses often.
ACCOUNT = Limit("username", failures=50, within=timedelta(hours=1))
KNOWN_FOR = timedelta(days=90)
"""How long an address remains one that its account has signed in from: strangers who guess from
elsewhere do not lock out the owner there."""
KEPT_FOR = timedelta(days=1)
"""How long a wrong password is remembered: longer than any limit looks back."""
CLEARED_EVERY = 100


class Slowing(AxesDatabaseHandler):
    """Adds to eight guesses at one account from one address, which axes counts, the two limits.

    A sign-in that has to wait is not looked at and not counted, so a wait ends when it says.
    """

    def is_locked(self, request: HttpRequest, credentials: Credentials = None) -> bool:
        return self.find_wait(request, credentials) is not None

    def find_wait(self, request: HttpRequest, credentials: Credentials = None) -> Wait | None:
        """The longest wait before this sign-in; none when its password may be looked at."""
        username = get_client_username(request, credentials)
        waits = [
            self._wait_of_guesser(request, credentials),
            _wait_of(ADDRESS, request, _address(request)),
            None if _is_known(request, username) else _wait_of(ACCOUNT, request, username),
        ]
        told = [each for each in waits if each is not None]
        return max(told, key=lambda each: each.until, default=None)

    def _wait_of_guesser(self, request: HttpRequest, credentials: Credentials) -> Wait | None:
        if not super().is_locked(request, credentials):
            return None
        (attempts,) = self.get_user_attempts(request, credentials)
        last = attempts.aggregate(at=Max("attempt_time"))["at"]
        return Wait("guesses", last + get_cool_off(request))

    def user_login_failed(
        self,
        sender: Any,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> None:
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None:
            return
        asked: Any = request
        if not asked.axes_locked_out and self.is_locked(request, credentials):
            asked.axes_locked_out, asked.axes_credentials = True, credentials
        _forget(asked.axes_attempt_time - KEPT_FOR)

    def reset_attempts(
        self,
        *,
        ip_address: str | None = None,
        username: str | None = None,
        ip_or_username: bool = False,
    ) -> int:
        """Let an address, an account or, without either, everybody try again at once."""
        given = {"ip_address": ip_address, "username": username}
        meant = [Q(**{field: value}) for field, value in given.items() if value]
        which = Q()
        for each in meant:
            which = which | each if ip_or_username else which & each
        AccessFailureLog.objects.filter(which).delete()
        freed: int = super().reset_attempts(
            ip_address=ip_address, username=username, ip_or_username=ip_or_username
        )
        return freed


def _wait_of(limit: Limit, request: HttpRequest, value: str | None) -> Wait | None:
    """Whoever the limit is about waits until so few failures are left that one more may be."""
    now: datetime = request.axes_attempt_time  # type: ignore[attr-defined]  # set by axes
    failures = AccessFailureLog.objects.filter(
        **{limit.field: value}, attempt_time__gt=now - limit.within
    ).order_by("-attempt_time")
    times = failures.values_list("attempt_time", flat=True)
    deciding = times[limit.failures - 1 : limit.failures]
    return next((Wait(limit.field, each + limit.within) for each in deciding), None)


def _is_known(request: HttpRequest, username: str | None) -> bool:
    now: datetime = request.axes_attempt_time  # type: ignore[attr-defined]  # set by axes
    signed_in = AccessLog.objects.filter(username=username, ip_address=_address(request))
    return bool(signed_in.filter(attempt_time__gt=now - KNOWN_FOR).exists())


def _address(request: HttpRequest) -> str | None:
    address: str | None = request.axes_ip_address  # type: ignore[attr-defined]  # set by axes
    return address


def _forget(before: datetime) -> None:
    """Drop old failures now and then: their table has no index by time."""
    newest = AccessFailureLog.objects.order_by("-id").values_list("id", flat=True).first()
    if newest and newest % CLEARED_EVERY == 0:
        AccessFailureLog.objects.filter(attempt_time__lt=before).delete()
