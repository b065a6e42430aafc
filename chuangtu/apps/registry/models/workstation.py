"""The table of workstations: fields as declared in kinds/workstation.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Workstation(Detail):
    workstation_type = models.CharField("工作站类型", max_length=64, blank=True, default="")
    level = models.CharField("级别", max_length=64, blank=True, default="")
    technology_field = models.CharField("技术领域", max_length=64, blank=True, default="")
    experts: models.JSONField[Any] = models.JSONField("进站专家", default=list, blank=True)
    resident_count = models.BigIntegerField("在站人数", null=True, blank=True)
    founded_on = models.DateField("设立日期", null=True, blank=True)
    closed_on = models.DateField("撤站日期", null=True, blank=True)
    approval_number = models.CharField("批准文号", max_length=300, blank=True, default="")
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "工作站"
