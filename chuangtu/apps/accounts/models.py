"""People who sign in, and the role each plays."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from chuangtu.terms.viewer import Role


class Person(AbstractUser):
    """One who signs in. The role decides what may be seen and done."""

    class RoleChoice(models.TextChoices):
        VISITOR = Role.VISITOR.value, "访客"
        OFFICER = Role.OFFICER.value, "科委工作人员"
        ADMINISTRATOR = Role.ADMINISTRATOR.value, "管理员"

    role = models.CharField(
        "角色", max_length=16, choices=RoleChoice.choices, default=Role.VISITOR.value
    )
    # Demonstration accounts have published passwords: they open nothing outside a demonstration.
    is_demo = models.BooleanField("演示账号", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
