"""One file that somebody brought, and how far it has come."""

from __future__ import annotations

from typing import Any

from django.db import models

from chuangtu.terms.viewer import Role


class ImportBatch(models.Model):
    """A file on its way into the register; its rows lie in files beside it, not in this table."""

    class State(models.TextChoices):
        READ = "read", "已读取"
        PREVIEWED = "previewed", "已预览"
        APPLIED = "applied", "已导入"
        UNDONE = "undone", "已撤销"
        REFUSED = "refused", "未能读取"

    class Wish(models.TextChoices):
        """What the background worker is asked to do next."""

        NOTHING = "", "无"
        READ = "read", "读取"
        PREVIEW = "preview", "预览"
        APPLY = "apply", "导入"
        UNDO = "undo", "撤销"

    file_name = models.CharField("文件名", max_length=255)
    content_hash = models.CharField("内容哈希", max_length=64, db_index=True)
    size_bytes = models.BigIntegerField("大小")
    kind = models.CharField("类别", max_length=64)
    crs = models.CharField("坐标系", max_length=32, blank=True)
    source = models.CharField("数据来源", max_length=300)
    source_date = models.DateField("来源日期")
    source_url = models.CharField("来源网址", max_length=500, blank=True)
    # Pairs of header and field (null: left out) in the file's order; JSON objects have no order.
    columns: models.JSONField[Any] = models.JSONField("列对应", default=list, db_column="mapping")
    # What was found when the file was read: tables, suggestions, notices.
    reading: models.JSONField[Any] = models.JSONField("读取情况", default=dict)
    # Row → number of the record meant, or null for a new one, where somebody has looked.
    decisions: models.JSONField[Any] = models.JSONField("存疑处理", default=dict)
    creates_parties = models.BooleanField("登记未知单位", default=False)
    skips_bad_rows = models.BooleanField("略过有误和存疑的行", default=False)
    state = models.CharField("状态", max_length=16, choices=State.choices)
    wish = models.CharField(
        "待办", max_length=16, choices=Wish.choices, default="", blank=True, db_index=True
    )
    wished_by = models.CharField("待办提出人", max_length=150, blank=True)
    wished_role = models.CharField("待办提出人角色", max_length=16, blank=True)
    attempts = models.IntegerField("已尝试次数", default=0)
    row_count = models.IntegerField("行数", default=0)
    counts: models.JSONField[Any] = models.JSONField("计数", default=dict)
    refusal_zh = models.TextField("未成功的原因", blank=True)
    refusal_en = models.TextField("未成功的原因（英文）", blank=True)
    # Text, not foreign keys: deleting a person deletes no event.
    by = models.CharField("上传人", max_length=150)
    # What the file holds was for the eyes of this role; a lesser one does not see the import.
    role = models.CharField("上传人角色", max_length=16, default=Role.ADMINISTRATOR.value)
    at = models.DateTimeField("上传时间")
    applied_by = models.CharField("导入人", max_length=150, blank=True)
    applied_at = models.DateTimeField("导入时间", null=True, blank=True)
    undone_by = models.CharField("撤销人", max_length=150, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.file_name}"

    @property
    def mapping(self) -> dict[str, str | None]:
        """Header → field, or `None` for a column that is left out, in the file's order."""
        return dict(self.columns)

    @mapping.setter
    def mapping(self, meaning: dict[str, str | None]) -> None:
        self.columns = [[header, field] for header, field in meaning.items()]

    @property
    def act(self) -> str:
        """The journal's name for the writing of this file's rows."""
        return f"import:{self.pk}"
