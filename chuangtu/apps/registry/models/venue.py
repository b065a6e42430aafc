"""The table of science venues: fields as declared in kinds/venue.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Venue(Detail):
    venue_type = models.CharField("场馆类型", max_length=64, blank=True, default="")
    level = models.CharField("级别", max_length=64, blank=True, default="")
    themes: models.JSONField[Any] = models.JSONField("科普主题", default=list, blank=True)
    area_sqm = models.DecimalField(
        "展示面积", max_digits=18, decimal_places=2, null=True, blank=True
    )
    open_times = models.CharField("开放时间", max_length=300, blank=True, default="")
    is_free = models.BooleanField("免费开放", null=True, blank=True)
    ticket_terms = models.CharField("门票说明", max_length=300, blank=True, default="")
    booking_phone = models.CharField("预约电话", max_length=300, blank=True, default="")
    visitor_count = models.BigIntegerField("年接待人次", null=True, blank=True)
    opened_on = models.DateField("开放日期", null=True, blank=True)
    closed_on = models.DateField("关闭日期", null=True, blank=True)
    recognized_on = models.DateField("认定日期", null=True, blank=True)
    approval_number = models.CharField("批准文号", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "科普场馆"
