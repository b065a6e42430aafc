"""The table of carriers: fields as declared in kinds/carrier.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Carrier(Detail):
    carrier_type = models.CharField("载体类型", max_length=64, blank=True, default="")
    level = models.CharField("级别", max_length=64, blank=True, default="")
    ownership = models.CharField("投资主体", max_length=64, blank=True, default="")
    specialty = models.CharField("孵化方向", max_length=64, blank=True, default="")
    technology_fields: models.JSONField[Any] = models.JSONField(
        "专业领域", default=list, blank=True
    )
    area_sqm = models.DecimalField("面积", max_digits=18, decimal_places=2, null=True, blank=True)
    capacity_count = models.BigIntegerField("可容纳企业数", null=True, blank=True)
    seat_count = models.BigIntegerField("工位数", null=True, blank=True)
    incubatee_count = models.BigIntegerField("在孵企业数", null=True, blank=True)
    incubatee_total_count = models.BigIntegerField("累计孵化数", null=True, blank=True)
    graduate_count = models.BigIntegerField("毕业企业数", null=True, blank=True)
    seed_fund_yuan = models.DecimalField(
        "孵化资金", max_digits=18, decimal_places=2, null=True, blank=True
    )
    services: models.JSONField[Any] = models.JSONField("服务内容", default=list, blank=True)
    opened_on = models.DateField("开业日期", null=True, blank=True)
    closed_on = models.DateField("停办日期", null=True, blank=True)
    recognized_on = models.DateField("认定日期", null=True, blank=True)
    approval_number = models.CharField("批准文号", max_length=300, blank=True, default="")
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "孵化载体"
