"""Who may use the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.imports.queries import may_import

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def officers_only(view: View[P]) -> View[P]:
    """Ask strangers to sign in; tell others who are not officers that it is not for them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person: Any = request.user
        if not person.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_import(viewer_of(person)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
