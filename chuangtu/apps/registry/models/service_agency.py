"""The table of service agencies: fields as declared in kinds/service_agency.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class ServiceAgency(Detail):
    service_types: models.JSONField[Any] = models.JSONField("服务类别", default=list, blank=True)
    level = models.CharField("级别", max_length=64, blank=True, default="")
    services: models.JSONField[Any] = models.JSONField("服务内容", default=list, blank=True)
    qualifications: models.JSONField[Any] = models.JSONField("资质", default=list, blank=True)
    technology_field = models.CharField("技术领域", max_length=64, blank=True, default="")
    fee_terms = models.TextField("收费说明", blank=True, default="")
    served_count = models.BigIntegerField("年服务企业数", null=True, blank=True)
    staff_count = models.BigIntegerField("从业人数", null=True, blank=True)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("停业日期", null=True, blank=True)
    contact = models.CharField("联系方式", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "科技服务机构"
