"""What the tables of all kinds share: the record they belong to."""

from __future__ import annotations

from django.db import models

from chuangtu.apps.registry.models.resource import Resource


class Detail(models.Model):
    """The own fields of one record of a kind. Texts are "" and numbers null when unknown."""

    resource = models.OneToOneField(
        Resource,
        verbose_name="记录",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="as_%(class)s",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
