"""One thing that somebody says is wrong in a record."""

from __future__ import annotations

from django.db import models


class Report(models.Model):
    """What is wrong, and what was answered. Nobody is asked who they are.

    The token is the address under which whoever wrote it reads the answer. The record is a number,
    not a foreign key: a report outlives a record that was merged or removed.
    """

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        ACCEPTED = "accepted", "已采纳"
        REFUSED = "refused", "未采纳"

    record = models.BigIntegerField("报错的记录", db_index=True)
    kind = models.CharField("类别", max_length=32)
    field = models.CharField("有误的项目", max_length=64, blank=True, default="")
    text = models.CharField("错在哪里", max_length=1000)
    token = models.CharField("回执", max_length=32, unique=True)
    # Who sees less than the reporter did does not read what was said of it.
    seen_by = models.PositiveSmallIntegerField("报错人所见范围")
    state = models.CharField(
        "状态", max_length=16, choices=State.choices, default=State.OPEN, db_index=True
    )
    at = models.DateTimeField("报错时间", db_index=True)
    answer = models.CharField("答复", max_length=1000, blank=True, default="")
    decided_by = models.CharField("处理人", max_length=150, blank=True, default="")
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报错记录"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.record}: {self.text[:40]}"
