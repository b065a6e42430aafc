"""The tables behind the platform, as administrators look at them."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.terms.viewer import ADMINISTRATOR


class Tables(AdminSite):
    """Django's own, opened by the role and by nothing else."""

    def has_permission(self, request: HttpRequest) -> bool:
        return viewer_of(request.user) == ADMINISTRATOR
