"""A region of the administrative tree, and an area that can be drawn, each with source and date.

All geometry is GeoJSON text in WGS 84 (CGCS2000, taken as equal, is what boundaries come in).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangtu.terms.coordinates import Crs
from chuangtu.terms.place import Precision


class Region(models.Model):
    """A node of the administrative tree: 31 → 3101 → 310112 → 310112101."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        CITY = "city", _("地级")
        COUNTY = "county", _("县级")
        TOWN = "town", _("乡级")

    code = models.CharField(_("代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级区划")
    )
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    source = models.CharField(_("来源"), max_length=200)
    source_date = models.DateField(_("来源日期"))
    # The districts this platform serves: set by `chuangtu init`, the last one is home.
    set_up_at = models.DateTimeField(_("设立时间"), null=True)

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = pgettext_lazy("plural", "行政区划")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


class Area(models.Model):
    """Something that can be drawn or chosen: a town, zone, park, cluster or boundary."""

    class AreaKind(models.TextChoices):
        TOWN = "town", _("街镇")
        ZONE = "zone", _("重点区域")
        PARK = "park", _("园区")
        CLUSTER = "cluster", _("产业集群")
        BOUNDARY = "boundary", _("行政区域界线")

    class CrsChoice(models.TextChoices):
        WGS84 = Crs.WGS84.value, "WGS 84"
        CGCS2000 = Crs.CGCS2000.value, "CGCS2000"
        GCJ02 = Crs.GCJ02.value, "GCJ-02"
        BD09 = Crs.BD09.value, "BD-09"

    class PrecisionChoice(models.TextChoices):
        EXACT = Precision.EXACT.value, _("精确")
        ROAD = Precision.ROAD.value, _("道路级")
        TOWN = Precision.TOWN.value, _("街镇级")
        DISTRICT = Precision.DISTRICT.value, _("区级")
        NONE = Precision.NONE.value, _("无位置")

    code = models.CharField(_("代码"), max_length=64, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=AreaKind.choices)
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    other_names = models.JSONField(_("其他名称"), default=list, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="areas", verbose_name=_("区划")
    )
    geometry = models.TextField(_("图形（GeoJSON，WGS 84）"), blank=True)
    crs = models.CharField(
        _("原坐标系"), max_length=10, choices=CrsChoice.choices, default=Crs.WGS84.value
    )
    longitude = models.FloatField(_("中心经度（WGS 84）"), null=True, blank=True)
    latitude = models.FloatField(_("中心纬度（WGS 84）"), null=True, blank=True)
    precision = models.CharField(
        _("位置精度"),
        max_length=10,
        choices=PrecisionChoice.choices,
        default=Precision.NONE.value,
    )
    source = models.CharField(_("来源"), max_length=300)
    source_url = models.URLField(_("来源网址"), max_length=300, blank=True)
    source_date = models.DateField(_("来源日期"))

    class Meta:
        verbose_name = _("区域")
        verbose_name_plural = pgettext_lazy("plural", "区域")
        ordering = ["kind", "code"]
        constraints = [
            models.CheckConstraint(
                name="area_has_whole_position",
                condition=models.Q(longitude__isnull=True, latitude__isnull=True)
                | models.Q(
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__range=(-180, 180),
                    latitude__range=(-90, 90),
                ),
                violation_error_message="经度和纬度须同时填写，且在地球范围内。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"
