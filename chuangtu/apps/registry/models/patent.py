"""The table of patents: fields as declared in kinds/patent.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Patent(Detail):
    patent_type = models.CharField("专利类型", max_length=64, blank=True, default="")
    application_number = models.CharField("申请号", max_length=300, blank=True, default="")
    publication_number = models.CharField("公开（公告）号", max_length=300, blank=True, default="")
    inventors: models.JSONField[Any] = models.JSONField("发明人", default=list, blank=True)
    ipc: models.JSONField[Any] = models.JSONField("IPC 分类号", default=list, blank=True)
    applied_on = models.DateField("申请日", null=True, blank=True)
    published_on = models.DateField("公开日", null=True, blank=True)
    granted_on = models.DateField("授权日", null=True, blank=True)
    lapsed_on = models.DateField("失效日", null=True, blank=True)
    patent_status = models.CharField("法律状态", max_length=64, blank=True, default="")
    status_on = models.DateField("法律状态日期", null=True, blank=True)
    is_high_value = models.BooleanField("高价值发明专利", null=True, blank=True)
    agency = models.CharField("代理机构", max_length=300, blank=True, default="")
    abstract = models.TextField("摘要", blank=True, default="")
    technology_field = models.CharField("技术领域", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "专利"
        indexes = [
            models.Index(fields=["application_number"], name="registry_application_number"),
            models.Index(fields=["publication_number"], name="registry_publication_number"),
        ]
