"""The table of recognitions: fields as declared in kinds/recognition.py."""

from __future__ import annotations

from django.db import models

from chuangtu.apps.registry.models.detail import Detail


class Recognition(Detail):
    title = models.CharField("认定名称", max_length=64, blank=True, default="")
    level = models.CharField("级别", max_length=64, blank=True, default="")
    certificate_number = models.CharField("证书编号", max_length=300, blank=True, default="")
    issuer = models.CharField("认定机关", max_length=300, blank=True, default="")
    issued_on = models.DateField("发证日期", null=True, blank=True)
    recognition_year = models.BigIntegerField("认定年度", null=True, blank=True)
    batch = models.CharField("批次", max_length=300, blank=True, default="")
    moved_in_on = models.DateField("迁入日期", null=True, blank=True)
    moved_out_on = models.DateField("迁出日期", null=True, blank=True)
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    revoked_because = models.TextField("撤销原因", blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "资质认定"
        indexes = [
            models.Index(fields=["certificate_number"], name="registry_certificate_number"),
        ]
