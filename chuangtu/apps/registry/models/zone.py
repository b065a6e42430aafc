"""The table of zones: fields as declared in kinds/zone.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Zone(Detail):
    zone_type = models.CharField("园区类型", max_length=64, blank=True, default="")
    area_code = models.CharField("区域代码", max_length=300, blank=True, default="")
    level = models.CharField("级别", max_length=64, blank=True, default="")
    orientation = models.TextField("功能定位", blank=True, default="")
    lead_industries: models.JSONField[Any] = models.JSONField("主导产业", default=list, blank=True)
    technology_fields: models.JSONField[Any] = models.JSONField(
        "技术领域", default=list, blank=True
    )
    area_sqkm = models.DecimalField(
        "占地面积", max_digits=20, decimal_places=4, null=True, blank=True
    )
    enterprise_count = models.BigIntegerField("入驻企业数", null=True, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    approval_number = models.CharField("批准文号", max_length=300, blank=True, default="")
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "园区"
        indexes = [
            models.Index(fields=["area_code"], name="registry_area_code"),
        ]
