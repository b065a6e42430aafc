"""The table of alliances: fields as declared in kinds/alliance.py."""

from __future__ import annotations

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Alliance(Detail):
    level = models.CharField("级别", max_length=64, blank=True, default="")
    member_count = models.BigIntegerField("成员数", null=True, blank=True)
    technology_field = models.CharField("技术领域", max_length=64, blank=True, default="")
    mission = models.TextField("联盟任务", blank=True, default="")
    founded_on = models.DateField("成立日期", null=True, blank=True)
    dissolved_on = models.DateField("解散日期", null=True, blank=True)
    approval_number = models.CharField("批准文号", max_length=300, blank=True, default="")
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "产业技术创新联盟"
