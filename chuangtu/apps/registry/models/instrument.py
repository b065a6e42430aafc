"""The table of instruments: fields as declared in kinds/instrument.py."""

from __future__ import annotations

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Instrument(Detail):
    instrument_category = models.CharField("仪器类别", max_length=64, blank=True, default="")
    instrument_model = models.CharField("规格型号", max_length=300, blank=True, default="")
    manufacturer = models.CharField("生产厂商", max_length=300, blank=True, default="")
    made_in = models.CharField("产地", max_length=300, blank=True, default="")
    asset_number = models.CharField("资产编号", max_length=300, blank=True, default="")
    placed_at = models.CharField("安放地点", max_length=300, blank=True, default="")
    is_shared = models.BooleanField("对外开放", null=True, blank=True)
    open_hours_count = models.BigIntegerField("年开放机时", null=True, blank=True)
    open_times = models.CharField("开放时间", max_length=300, blank=True, default="")
    fee_yuan_per_hour = models.DecimalField(
        "机时费", max_digits=18, decimal_places=2, null=True, blank=True
    )
    fee_terms = models.TextField("收费说明", blank=True, default="")
    purchase_price_yuan = models.DecimalField(
        "购置原值", max_digits=18, decimal_places=2, null=True, blank=True
    )
    purchased_on = models.DateField("启用日期", null=True, blank=True)
    retired_on = models.DateField("报废日期", null=True, blank=True)
    functions = models.TextField("主要功能", blank=True, default="")
    technology_field = models.CharField("技术领域", max_length=64, blank=True, default="")
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "科学仪器"
        indexes = [
            models.Index(fields=["asset_number"], name="registry_asset_number"),
        ]
