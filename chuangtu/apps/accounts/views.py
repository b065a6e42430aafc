"""Signing in and out."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from chuangtu.apps.accounts import lockout, queries
from chuangtu.apps.accounts.passers_by import is_page_for_all


def locked_out(
    request: HttpRequest, answer: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """What axes answers instead of a sign-in that has to wait: for how long, and why."""
    now = timezone.now()
    wait = lockout.Slowing().find_wait(request, credentials)
    seconds = max(1, ceil((wait.until - now).total_seconds())) if wait else 1
    context = {"why": wait.why if wait else "", "minutes": ceil(seconds / 60)}
    answer = render(request, "accounts/locked_out.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer


class SignInView(LoginView):
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(demo_people=queries.list_demo_people(), **kwargs)


class SignOutView(LogoutView):
    """Leads back to the page where one was, if a visitor sees it too; else home."""

    def get_success_url(self) -> str:
        onward = self.get_redirect_url()
        is_seen = bool(onward) and is_page_for_all(onward, self.request)
        return onward if is_seen else self.get_default_redirect_url()


def sign_in_to_tables(request: HttpRequest) -> HttpResponse:
    """The platform's own sign-in before its tables; who is signed in without the right is told."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", reverse("admin:index")))


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a demonstration account with one click; only in a demonstration."""
    person = queries.find_demo_person(request.POST.get("username", ""))
    if person is None:
        raise Http404
    login(request, person, backend="chuangtu.apps.accounts.backends.PersonBackend")
    onward = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        return redirect(onward)
    return redirect("portal:home")
