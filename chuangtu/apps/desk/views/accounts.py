"""Accounts, as administrators look at and change them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chuangtu.apps.accounts import actions, queries
from chuangtu.apps.accounts.roles import ROLES
from chuangtu.apps.desk.forms import AccountForm, PasswordForm, RoleForm
from chuangtu.apps.desk.guard import administrators_only
from chuangtu.apps.registry.telling import is_chinese
from chuangtu.terms.numbers import whole_number
from chuangtu.terms.viewer import Role

ON_A_PAGE = 50


@require_safe
@administrators_only
def listed(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:150]
    found = queries.count_accounts(words)
    last = max(1, -(-found // ON_A_PAGE))
    page = min(last, max(1, whole_number(request.GET.get("page", ""), digits=6) or 1))
    accounts = queries.list_accounts(words, start=(page - 1) * ON_A_PAGE, limit=ON_A_PAGE)
    context = {
        "accounts": accounts,
        "words": words,
        "found": found,
        "page": page,
        "is_last": page == last,
    }
    return render(request, "desk/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, initial={"role": Role.OFFICER})
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    said = form.cleaned_data
    password = said["password"] or actions.invent_password()
    try:
        number = actions.add(
            username=said["username"],
            name=said["name"],
            role=Role(said["role"]),
            password=password,
            **_asked(request),
        )
    except actions.AccountError as error:
        form.add_error(None, _said(error))
        return _form(request, form)
    if not said["password"]:
        return _tell_password(request, number, password)
    messages.success(request, _("已建立账号。"))
    return redirect("desk:account", number)


def _form(request: HttpRequest, form: Form) -> HttpResponse:
    context = {"form": form, "roles": ROLES}
    return render(request, "desk/account_new.html", context, status=422 if form.errors else 200)


@require_safe
@administrators_only
def show(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@require_POST
@administrators_only
def change_role(request: HttpRequest, number: int) -> HttpResponse:
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, number, _("请选一个角色。"))
    role = Role(form.cleaned_data["role"])
    try:
        actions.change_role(number=number, role=role, **_asked(request))
    except actions.AccountError as error:
        return _page(request, number, _said(error))
    messages.success(request, _("已改为新的角色，从这个账号的下一次操作起生效。"))
    return redirect("desk:account", number)


@require_POST
@administrators_only
def deactivate(request: HttpRequest, number: int) -> HttpResponse:
    try:
        actions.deactivate(number=number, **_asked(request))
    except actions.AccountError as error:
        return _page(request, number, _said(error))
    messages.success(request, _("已停用，从这个账号的下一次操作起生效。"))
    return redirect("desk:account", number)


@require_POST
@administrators_only
def activate(request: HttpRequest, number: int) -> HttpResponse:
    try:
        actions.activate(number=number, **_asked(request))
    except actions.AccountError as error:
        return _page(request, number, _said(error))
    messages.success(request, _("已启用，可以用原来的密码登录。"))
    return redirect("desk:account", number)


@require_POST
@administrators_only
def set_password(request: HttpRequest, number: int) -> HttpResponse:
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _page(request, number, _("这个密码不能用。请换一个，或留空由系统生成。"))
    typed = form.cleaned_data["password"]
    password = typed or actions.invent_password()
    try:
        actions.set_password(number=number, password=password, **_asked(request))
    except actions.AccountError as error:
        return _page(request, number, _said(error))
    person: Any = request.user
    if person.pk == number:
        # One's other sessions end, the one at hand goes on.
        person.refresh_from_db()
        update_session_auth_hash(request, person)
    if not typed:
        return _tell_password(request, number, password)
    messages.success(request, _("已设新密码，这个账号原来的登录都已失效。"))
    return redirect("desk:account", number)


def _asked(request: HttpRequest) -> dict[str, Any]:
    person: Any = request.user
    return {"asker": person.pk, "by": queries.signature(person), "at": timezone.now()}


def _page(request: HttpRequest, number: int, refusal: str = "") -> HttpResponse:
    context = {"account": queries.get_account(number), "roles": ROLES, "refusal": refusal}
    return render(request, "desk/account.html", context, status=422 if refusal else 200)


def _tell_password(request: HttpRequest, number: int, password: str) -> HttpResponse:
    context = {"account": queries.get_account(number), "password": password}
    answer = render(request, "desk/account_password.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _said(error: actions.AccountError) -> str:
    return error.zh if is_chinese() else error.en
