"""Who may use the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.apps.imports.queries import may_import
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def _onward(request: HttpRequest) -> str:
    """Where to go on after signing in: an act that was asked for is not done behind one's back."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    messages.warning(request, _("登录已经失效，刚才的操作没有执行。请登录后再做一次。"))
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.get_host() and came_from.path.startswith("/")
    return came_from._replace(scheme="", netloc="").geturl() if is_ours else reverse("desk:home")


def officers_only(view: View[P]) -> View[P]:
    """Ask strangers to sign in; tell others who are not officers that it is not for them."""
    return _only(view, may_import)


def administrators_only(view: View[P]) -> View[P]:
    """Ask strangers to sign in; tell all but administrators that it is not for them."""
    return _only(view, lambda viewer: viewer == ADMINISTRATOR)


def _only(view: View[P], may: Callable[[Viewer], bool]) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person: Any = request.user
        if not person.is_authenticated:
            return redirect_to_login(_onward(request))
        if not may(viewer_of(person)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
