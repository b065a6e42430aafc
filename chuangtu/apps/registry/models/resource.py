"""The one row every record has, whatever its kind, and what may be many of one record."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangtu.terms.place import Precision
from chuangtu.terms.viewer import Visibility


class Resource(models.Model):
    """One record of the register. Its own fields stand in the table of its kind.

    `longitude` and `latitude` are WGS 84 and derived; what the source said is kept in the
    `given_` columns. `starts_on` and `ends_on` are derived by the kind's rule, the end excluded.
    A name that nobody gave follows what it is made of: `has_derived_name`.
    `statements` says where the values come from: key (see `facts.citing`) → statement.
    """

    class VisibilityChoice(models.IntegerChoices):
        PUBLIC = Visibility.PUBLIC.value, _("公开")
        INTERNAL = Visibility.INTERNAL.value, _("内部")
        RESTRICTED = Visibility.RESTRICTED.value, _("受限")

    kind = models.CharField(_("类别"), max_length=32)
    name = models.CharField(_("名称"), max_length=300)
    name_key = models.CharField(_("名称（规范）"), max_length=300, db_index=True)
    name_en = models.CharField(_("英文名称"), max_length=300, blank=True, default="")
    description = models.TextField(_("简介"), blank=True, default="")
    town = models.CharField(_("街镇"), max_length=64, blank=True, default="")
    zone = models.CharField(_("所属园区"), max_length=64, blank=True, default="")
    address = models.CharField(_("地址"), max_length=500, blank=True, default="")
    given_longitude = models.FloatField(_("经度（来源）"), null=True, blank=True)
    given_latitude = models.FloatField(_("纬度（来源）"), null=True, blank=True)
    crs = models.CharField(_("坐标系"), max_length=16, blank=True, default="")
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    given_precision = models.CharField(
        _("位置精度（来源）"), max_length=16, blank=True, default=""
    )
    precision = models.CharField(_("位置精度"), max_length=16, default=Precision.NONE.value)
    placed_by = models.CharField(_("位置所属场所"), max_length=16, blank=True, default="")
    url = models.CharField(_("网址"), max_length=500, blank=True, default="")
    valid_from = models.DateField(_("生效日期"), null=True, blank=True)
    valid_until = models.DateField(_("失效日期"), null=True, blank=True)
    starts_on = models.DateField(_("起算日"), null=True, blank=True)
    ends_on = models.DateField(_("终止日"), null=True, blank=True)
    visibility = models.PositiveSmallIntegerField(
        _("公开范围"), choices=VisibilityChoice.choices, default=VisibilityChoice.PUBLIC
    )
    is_example = models.BooleanField(_("示例数据"), null=True, blank=True)
    statements: models.JSONField[Any] = models.JSONField(_("来源"), default=dict)
    has_derived_name = models.BooleanField(_("名称由系统组成"), default=False, db_default=False)
    version = models.PositiveIntegerField(_("版本"), default=1)
    changed_at = models.DateTimeField(_("更改时间"))

    class Meta:
        verbose_name = _("记录")
        verbose_name_plural = pgettext_lazy("plural", "记录")
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "id"], name="registry_resource_kind")]

    def __str__(self) -> str:
        return self.name


class Name(models.Model):
    """A name of a record beside the one it bears: short, former, brand, English.

    One that the record bore while it was hidden stays as hidden when the record is shown.
    """

    resource = models.ForeignKey(
        Resource, verbose_name="记录", on_delete=models.CASCADE, related_name="names"
    )
    kind = models.CharField("名称类别", max_length=16)
    text = models.CharField("名称", max_length=300)
    text_key = models.CharField("名称（规范）", max_length=300, db_index=True)
    since = models.DateField("起用日期", null=True, blank=True)
    until = models.DateField("停用日期", null=True, blank=True)
    visibility = models.PositiveSmallIntegerField(
        "公开范围",
        choices=Resource.VisibilityChoice.choices,
        default=Visibility.PUBLIC.value,
        db_default=0,
    )

    class Meta:
        verbose_name = verbose_name_plural = "其他名称"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class Site(models.Model):
    """A place of a record beside the one in its own row: registered, laboratory or plant."""

    resource = models.ForeignKey(
        Resource, verbose_name="记录", on_delete=models.CASCADE, related_name="sites"
    )
    role = models.CharField("场所类别", max_length=16)
    address = models.CharField("地址", max_length=500, blank=True, default="")
    given_longitude = models.FloatField("经度（来源）", null=True, blank=True)
    given_latitude = models.FloatField("纬度（来源）", null=True, blank=True)
    crs = models.CharField("坐标系", max_length=16, blank=True, default="")
    longitude = models.FloatField("经度", null=True, blank=True)
    latitude = models.FloatField("纬度", null=True, blank=True)
    precision = models.CharField("位置精度", max_length=16, default=Precision.NONE.value)
    since = models.DateField("起用日期", null=True, blank=True)
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "场所"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.role}: {self.address}"


class Relation(models.Model):
    """One record plays a part in another: `object` is the `role` of `subject`."""

    subject = models.ForeignKey(
        Resource, verbose_name="记录", on_delete=models.CASCADE, related_name="relations"
    )
    object = models.ForeignKey(
        Resource, verbose_name="相关记录", on_delete=models.PROTECT, related_name="roles"
    )
    role = models.CharField("角色", max_length=32)
    share = models.DecimalField(
        "份额", max_digits=9, decimal_places=6, null=True, blank=True, help_text="0 至 1"
    )
    since = models.DateField("起始日期", null=True, blank=True)
    until = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "关系"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.role} {self.object_id}"
