"""The table of funds: fields as declared in kinds/fund.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Fund(Detail):
    fund_type = models.CharField("基金类型", max_length=64, blank=True, default="")
    level = models.CharField("级别", max_length=64, blank=True, default="")
    size_yuan = models.DecimalField(
        "基金规模", max_digits=18, decimal_places=2, null=True, blank=True
    )
    invested_yuan = models.DecimalField(
        "已投资金额", max_digits=18, decimal_places=2, null=True, blank=True
    )
    invested_count = models.BigIntegerField("投资项目数", null=True, blank=True)
    fund_stages: models.JSONField[Any] = models.JSONField("投资阶段", default=list, blank=True)
    technology_fields: models.JSONField[Any] = models.JSONField(
        "投资领域", default=list, blank=True
    )
    filing_number = models.CharField("备案编号", max_length=300, blank=True, default="")
    founded_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("清算日期", null=True, blank=True)
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "基金"
