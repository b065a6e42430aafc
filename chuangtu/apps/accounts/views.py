"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from chuangtu.apps.accounts import queries


class SignInView(LoginView):
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(demo_people=queries.list_demo_people(), **kwargs)


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
