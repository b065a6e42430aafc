"""The table of platforms: fields as declared in kinds/platform.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Platform(Detail):
    platform_type = models.CharField("平台类型", max_length=64, blank=True, default="")
    level = models.CharField("级别", max_length=64, blank=True, default="")
    technology_field = models.CharField("技术领域", max_length=64, blank=True, default="")
    services: models.JSONField[Any] = models.JSONField("服务内容", default=list, blank=True)
    served_count = models.BigIntegerField("年服务企业数", null=True, blank=True)
    invested_yuan = models.DecimalField(
        "建设投入", max_digits=18, decimal_places=2, null=True, blank=True
    )
    founded_on = models.DateField("建立日期", null=True, blank=True)
    approval_number = models.CharField("批准文号", max_length=300, blank=True, default="")
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "创新平台"
