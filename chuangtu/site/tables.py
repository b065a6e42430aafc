"""The tables behind the platform, as administrators look at them."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.terms.viewer import ADMINISTRATOR


class Tables(AdminSite):
    """Django's own, opened by the role and by nothing else."""

    def has_permission(self, request: HttpRequest) -> bool:
        return viewer_of(request.user) == ADMINISTRATOR

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """One's own password; that of a demonstration account is published and stays."""
        if getattr(request.user, "is_demo", False):
            raise PermissionDenied
        return super().password_change(request, extra_context)
