"""One line for each change of a row, chained by hash; and the outbox that readers follow."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangtu.terms.errors import ChuangtuError


class JournalError(ChuangtuError):
    """Somebody tried to change or remove a line of the journal."""

    def __init__(self) -> None:
        super().__init__(
            "日志只能追加，不能修改或删除。更正请另写一条。",
            "The journal is append-only: a line is never changed or removed. Append a new one.",
        )


class AppendOnly(models.QuerySet["Entry"]):
    """Lines can be read and appended; the database refuses the rest as well."""

    def update(self, **values: Any) -> NoReturn:
        raise JournalError

    def delete(self) -> NoReturn:
        raise JournalError

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise JournalError


class Entry(models.Model):
    """One change: who, when, which row, before and after. Never edited, never deleted."""

    class Why(models.TextChoices):
        IMPORT = "import", _("导入")
        EDIT = "edit", _("编辑")
        UNDO = "undo", _("撤销")
        MERGE = "merge", _("合并")
        ACTION = "action", _("业务操作")
        SETUP = "setup", _("初始化")

    at = models.DateTimeField(_("时间"))
    # Text, not a foreign key: deleting a person deletes no event.
    by = models.CharField(_("操作人"), max_length=150)
    why = models.CharField(_("缘由"), max_length=16, choices=Why.choices)
    act = models.CharField(_("同一次操作"), max_length=64, db_index=True)
    table = models.CharField(_("表"), max_length=64)
    row = models.CharField(_("行"), max_length=64)
    before = models.JSONField(_("改前"), null=True)
    after = models.JSONField(_("改后"), null=True)
    previous_hash = models.CharField(_("上一条哈希"), max_length=64)
    hash = models.CharField(_("哈希"), max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("日志条目")
        verbose_name_plural = pgettext_lazy("plural", "日志条目")
        ordering = ["id"]
        indexes = [models.Index(fields=["table", "row", "id"], name="journal_entry_row")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.table}/{self.row}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise JournalError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise JournalError


class Head(models.Model):
    """The one row that holds the last hash; locked while the chain grows."""

    last_hash = models.CharField("最后哈希", max_length=64)
    last_sequence = models.BigIntegerField("发件箱末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "日志链首"

    def __str__(self) -> str:
        return self.last_hash


class Outbox(models.Model):
    """One record that readers must look at again, written with the change itself.

    `sequence` grows by one for each line and is given under the lock of `Head`, so that a reader
    who has seen sequence n will never find a smaller one afterwards (auto-increment ids of two
    concurrent transactions may become visible out of order).
    """

    sequence = models.BigIntegerField("序号", primary_key=True)
    resource = models.BigIntegerField("记录")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "发件箱"
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.resource}"
