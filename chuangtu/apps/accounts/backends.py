"""Who may sign in at all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from chuangtu.apps.accounts.queries import viewer_of
from chuangtu.terms.viewer import ADMINISTRATOR


class PersonBackend(ModelBackend):
    """Django's own, except that demonstration accounts open only a demonstration.

    Also asked on every request of a signed-in session, so a demonstration's sessions end when the
    same data is served without CHUANGTU_DEMO.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Administrators look at every table that is shown, and change none."""
        _, _, verb = perm.partition(".")
        if verb.startswith("view_") and viewer_of(user_obj) == ADMINISTRATOR:
            return True
        return super().has_perm(user_obj, perm, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return viewer_of(user_obj) == ADMINISTRATOR or super().has_module_perms(
            user_obj, app_label
        )
