"""Two records that may be one organization, and the searches that found them."""

from __future__ import annotations

from typing import Any

from django.db import models


class Pair(models.Model):
    """Two records by their numbers; the smaller one is `first`.

    Numbers, not foreign keys: a pair outlives the record that went when the two became one.
    """

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        UNITED = "united", "已合并"
        APART = "apart", "不是同一家"
        SETTLED = "settled", "已不相似"

    first = models.BigIntegerField("第一条")
    second = models.BigIntegerField("第二条", db_index=True)
    verdict = models.CharField("判断", max_length=16)
    # What speaks for and against, weightiest first: leaning, Chinese, English.
    reasons: models.JSONField[Any] = models.JSONField("理由", default=list)
    state = models.CharField(
        "状态", max_length=16, choices=State.choices, default=State.OPEN, db_index=True
    )
    found_at = models.DateTimeField("发现时间")
    decided_by = models.CharField("处理人", max_length=150, blank=True, default="")
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    note = models.CharField("处理说明", max_length=500, blank=True, default="")
    act = models.CharField("合并操作", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "可能重复的单位"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicates_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"


class Search(models.Model):
    """One search through all organizations; the newest says how far the queue is true."""

    # The newest line of the journal when the search began.
    entry = models.BigIntegerField("日志条目")
    compared = models.IntegerField("比对单位数")
    found = models.IntegerField("待处理对数")
    by = models.CharField("操作人", max_length=150)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "查重记录"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.found}/{self.compared}"
