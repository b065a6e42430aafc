"""Selections that people keep under a name of their own."""

from __future__ import annotations

from django.db import models


class SavedSelection(models.Model):
    """One question kept by its owner; `query` is its canonical form in an address."""

    owner = models.ForeignKey(
        "accounts.Person", models.CASCADE, related_name="+", verbose_name="保存者"
    )
    name = models.CharField("名称", max_length=60)
    query = models.TextField("条件", blank=True)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = verbose_name_plural = "保存的条件"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_selection_has_one_name",
                violation_error_message="您已有同名的保存条件。请换一个名称。",
            )
        ]

    def __str__(self) -> str:
        return self.name
