"""Who may sign in at all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class PersonBackend(ModelBackend):
    """Django's own, except that demonstration accounts open only a demonstration.

    Also asked on every request of a signed-in session, so a demonstration's sessions end when the
    same data is served without CHUANGTU_DEMO.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
