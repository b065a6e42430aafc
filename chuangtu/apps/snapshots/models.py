"""A published version of everything readers read: what it covers and where it lies."""

from __future__ import annotations

from django.db import models


class Snapshot(models.Model):
    """One built version. The pointer file says which is read; this row says what it was."""

    class State(models.TextChoices):
        BUILDING = "building", "生成中"
        READY = "ready", "使用中"
        SUPERSEDED = "superseded", "已被替换"
        ABANDONED = "abandoned", "未完成"
        SWEPT = "swept", "已清理"

    version = models.CharField("版本", max_length=64, unique=True)
    sequence = models.BigIntegerField("包含到的发件箱序号")
    built_at = models.DateTimeField("生成时间")
    state = models.CharField("状态", max_length=16, choices=State.choices)
    count = models.BigIntegerField("记录数", default=0)
    folder = models.CharField("文件夹", max_length=255)

    class Meta:
        verbose_name = verbose_name_plural = "发布版本"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version} ({self.get_state_display()})"
