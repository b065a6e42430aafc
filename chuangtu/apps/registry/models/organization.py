"""The table of organizations: fields as declared in kinds/organization.py."""

from __future__ import annotations

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Organization(Detail):
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    organization_type = models.CharField("单位类型", max_length=64, blank=True, default="")
    industry = models.CharField("行业代码", max_length=4, blank=True, default="")
    technology_field = models.CharField("技术领域", max_length=64, blank=True, default="")
    legal_form = models.CharField("法律形式", max_length=64, blank=True, default="")
    operating_status = models.CharField("存续状态", max_length=64, blank=True, default="")
    founded_on = models.DateField("成立日期", null=True, blank=True)
    moved_out_on = models.DateField("迁出日期", null=True, blank=True)
    deregistered_on = models.DateField("注销日期", null=True, blank=True)
    registered_capital_yuan = models.DecimalField(
        "注册资本", max_digits=18, decimal_places=2, null=True, blank=True
    )
    staff_count = models.BigIntegerField("职工人数", null=True, blank=True)
    is_above_size = models.BooleanField("规上企业", null=True, blank=True)
    listing = models.CharField("上市情况", max_length=64, blank=True, default="")
    listed_on = models.DateField("上市日期", null=True, blank=True)
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~models.Q(uscc=""),
                name="registry_organization_uscc_once",
                violation_error_message="这个统一社会信用代码已经登记。请核对，或修改原有记录。",
            )
        ]
