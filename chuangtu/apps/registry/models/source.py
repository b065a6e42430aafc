"""Where values come from: documents, and what was said when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.Model):
    """A document, list, return or person that states facts."""

    title = models.CharField(_("来源名称"), max_length=300)
    url = models.CharField(_("来源网址"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("数据来源")
        verbose_name_plural = pgettext_lazy("plural", "数据来源")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "url"],
                name="registry_source_once",
                violation_error_message="这个来源已经登记。请直接选用。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """One act of saying: a source, the day it speaks of, and who recorded it when."""

    source = models.ForeignKey(
        Source, verbose_name=_("数据来源"), on_delete=models.PROTECT, related_name="statements"
    )
    stated_on = models.DateField(_("来源日期"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    by = models.CharField(_("登记人"), max_length=150)
    act = models.CharField(_("同一次操作"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("来源陈述")
        verbose_name_plural = pgettext_lazy("plural", "来源陈述")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.stated_on}"
