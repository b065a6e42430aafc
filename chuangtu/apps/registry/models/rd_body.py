"""The table of R&D bodies: fields as declared in kinds/rd_body.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class RdBody(Detail):
    body_titles: models.JSONField[Any] = models.JSONField("机构类型", default=list, blank=True)
    levels: models.JSONField[Any] = models.JSONField("级别", default=list, blank=True)
    technology_field = models.CharField("技术领域", max_length=64, blank=True, default="")
    research_directions: models.JSONField[Any] = models.JSONField(
        "研究方向", default=list, blank=True
    )
    area_sqm = models.DecimalField(
        "科研场地面积", max_digits=18, decimal_places=2, null=True, blank=True
    )
    staff_count = models.BigIntegerField("人员总数", null=True, blank=True)
    rd_staff_count = models.BigIntegerField("研发人员数", null=True, blank=True)
    equipment_yuan = models.DecimalField(
        "设备原值", max_digits=18, decimal_places=2, null=True, blank=True
    )
    recognized_on = models.DateField("认定日期", null=True, blank=True)
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    approval_number = models.CharField("批准文号", max_length=300, blank=True, default="")
    issuer = models.CharField("认定机关", max_length=300, blank=True, default="")
    director = models.CharField("负责人", max_length=300, blank=True, default="")
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "研发机构"
